"""Texts that people sign: kept in versions, signed by a typed name, taken back at will."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.errors import Conflict, Invalid, NotFound, TooLate
from portal.clinic.intake import queries, rules
from portal.clinic.intake.forms import CONSENT_TELEHEALTH, TELEHEALTH_WORDS
from portal.clinic.intake.service.packets import (
    Signed,
    contents,
    is_open,
    own,
    settle,
    standing,
    taken_back,
    today_of,
)
from portal.clinic.intake.tables import ConsentSignature, ConsentText
from portal.clinic.intake.values import ConsentView, SignatureView
from portal.clinic.people.tables import Person
from portal.clinic.scheduling.values import AppointmentStatus
from portal.storage.work import UnitOfWork


def ensure_consent_text(work: UnitOfWork) -> ConsentView:
    """The text that is to be signed now; the first version is the one that the practice begins with."""
    found = queries.newest_text(work, TELEHEALTH_WORDS.key)
    if found is None:
        words = TELEHEALTH_WORDS
        found = ConsentText(
            key=words.key,
            version=words.version,
            title=words.title,
            body=words.body,
            fingerprint=rules.fingerprint(words),
            created_at=work.now,
        )
        work.db.add(found)
        work.db.flush()
    return text_view(found)


def sign_consent(
    work: UnitOfWork, packet_id: str, fingerprint: str, entered: Mapping[str, object], *, sure: bool = False
) -> SignatureView:
    """Put a typed name under the text that was shown. Signing again changes nothing.

    Args:
        work: the unit of work.
        packet_id: the packet that asks for it.
        fingerprint: of the text as it was shown.
        entered: `agree` and `typed_name`.
        sure: they said that the name is right although the account has another one.

    Raises:
        NotFound: no such packet of theirs, or it does not ask for consent.
        Invalid: not ticked, or no name; `fields` says which.
        Conflict: `text_changed`: another text is to be signed by now; `name_differs`: the account has another name.
    """
    placed = own(work, packet_id, lock=True)
    inside = contents(work, [placed])[0]
    form = inside.form(CONSENT_TELEHEALTH.key).form
    if inside.signed is not None:
        return signature_view(*inside.signed)
    if not is_open(placed, form):
        raise TooLate("packet_closed")
    text = ensure_consent_text(work)
    if fingerprint != text.fingerprint:
        raise Conflict("text_changed")
    checked = rules.check(form, entered, today_of(work))
    if checked.problems:
        raise Invalid(fields=checked.fields)
    name = checked.answers["typed_name"]
    if not sure and not rules.same_name(name, work.db.get_one(Person, placed.packet.patient_id).name):
        raise Conflict("name_differs")
    row = _sign(work, placed.packet.id, name)
    _settle_coming(work)
    found = queries.newest_text(work, TELEHEALTH_WORDS.key)
    assert found is not None
    return signature_view(row, found)


def withdraw_consent(work: UnitOfWork, signature_id: str) -> None:
    """Take a consent back; it then holds for no visit to come. Again changes nothing.

    Raises:
        NotFound: no signature of theirs.
    """
    require(work, Permission.OWN_INTAKE)
    row = queries.own_signature(work, signature_id)
    if row is None:
        raise NotFound
    if row.withdrawn_at is None:
        row.withdrawn_at = work.now
        audit.record(work, "consent.withdraw", ("signature", row.public_id), patient_id=row.person_id)
        work.db.flush()
        _settle_coming(work)


def consent_gone_at(work: UnitOfWork, patient_key: int) -> datetime | None:
    """Since when a patient's consent to video is taken back; None while it stands or was never given.

    Who asks has shown that the patient is theirs.
    """
    signed = queries.signatures(work, [patient_key])
    gone = taken_back(signed, standing(signed, queries.newest_text(work, TELEHEALTH_WORDS.key)))
    return gone[0].withdrawn_at if gone else None


def signature_view(row: ConsentSignature, text: ConsentText) -> SignatureView:
    """A signature as a value."""
    return SignatureView(row.public_id, text_view(text), row.typed_name, row.signed_at, row.withdrawn_at)


def text_view(text: ConsentText) -> ConsentView:
    """A text as a value."""
    return ConsentView(text.public_id, text.title, text.body, text.version, text.fingerprint, text.created_at)


def signed_view(signed: Signed | None) -> SignatureView | None:
    """The signature in force as a value."""
    return None if signed is None else signature_view(*signed)


def _sign(work: UnitOfWork, packet_key: int, typed_name: str) -> ConsentSignature:
    text = queries.newest_text(work, TELEHEALTH_WORDS.key)
    assert text is not None
    assert work.viewer.person_id is not None
    row = ConsentSignature(
        person_id=work.viewer.person_id,
        packet_id=packet_key,
        text_id=text.id,
        fingerprint=text.fingerprint,
        signed_at=work.now,
    )
    row.typed_name = typed_name
    work.db.add(row)
    work.db.flush()
    detail: dict[str, str | int | bool] = {"version": text.version, "fingerprint": text.fingerprint[:16]}
    audit.record(work, "consent.sign", ("signature", row.public_id), patient_id=row.person_id, detail=detail)
    return row


def _settle_coming(work: UnitOfWork) -> None:
    """A consent counts for every visit to come."""
    coming = [one for one in queries.own_packets(work) if one.appointment.status == AppointmentStatus.CONFIRMED]
    for inside in contents(work, coming):
        settle(work, inside)
