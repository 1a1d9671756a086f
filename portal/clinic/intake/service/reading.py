"""What a patient reads of their own: a packet to fill in, and what was sent and signed."""

from __future__ import annotations

from portal.clinic import audit
from portal.clinic.access import Permission, require, signed_in
from portal.clinic.errors import NotFound
from portal.clinic.intake import queries, rules
from portal.clinic.intake.forms import ABOUT_YOU, find_form
from portal.clinic.intake.queries import SENT
from portal.clinic.intake.service.consent import ensure_consent_text, signature_view, signed_view, text_view
from portal.clinic.intake.service.packets import contents, is_open, own
from portal.clinic.intake.values import ConsentView, PacketView, SentForm, SignatureView
from portal.storage.work import UnitOfWork


def packet_view(work: UnitOfWork, packet_id: str) -> PacketView:
    """A packet with its answers, for the patient who fills it in; audited once a minute.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    placed = own(work, packet_id)
    inside = contents(work, [placed])[0]
    if rules.tells(queries.last_told(work, "intake.read", packet_id, work.now - rules.TELL_EVERY), work.now):
        audit.record(work, "intake.read", ("packet", packet_id), patient_id=placed.packet.patient_id)
    return PacketView(
        public_id=packet_id,
        appointment_id=placed.appointment.public_id,
        starts_at=placed.appointment.starts_at,
        clinician_name=placed.clinician.name,
        is_open=any(is_open(placed, view.form) and view.form.measure is not None for view in inside.forms),
        forms=inside.forms,
        consent=ensure_consent_text(work),
        signature=signed_view(inside.signed),
        progress=inside.progress,
    )


def sent_forms(work: UnitOfWork) -> list[SentForm]:
    """Every version that the viewer sent, newest first, without an answer."""
    require(work, Permission.OWN_INTAKE)
    found: list[SentForm] = []
    packets = {placed.packet.id: placed for placed in queries.own_packets(work)}
    for row in queries.responses(work, packets):
        if row.status != SENT or row.submitted_at is None:
            continue
        placed = packets[row.packet_id]
        title = find_form(row.form_key, row.form_version).title
        found.append(
            SentForm(
                packet_id=placed.packet.public_id,
                form_key=row.form_key,
                title=title,
                version=row.version,
                submitted_at=row.submitted_at,
                starts_at=placed.appointment.starts_at,
                clinician_name=placed.clinician.name,
                is_open=is_open(placed, find_form(row.form_key)),
            )
        )
    return sorted(found, key=lambda one: one.submitted_at, reverse=True)


def told_of_me(work: UnitOfWork, clinician_key: int) -> dict[str, str]:
    """What the viewer sent last under "about you" for a visit with this clinician; audited once a minute."""
    require(work, Permission.OWN_INTAKE)
    sent = queries.sent_versions(work, [signed_in(work)], [ABOUT_YOU.key])
    row = next((one for one, visit in reversed(sent) if visit.clinician_id == clinician_key), None)
    if row is None:
        return {}
    packet = next(placed.packet for placed in queries.own_packets(work) if placed.packet.id == row.packet_id)
    if rules.tells(queries.last_told(work, "intake.read", packet.public_id, work.now - rules.TELL_EVERY), work.now):
        audit.record(work, "intake.read", ("packet", packet.public_id), patient_id=packet.patient_id)
    return dict(row.answers)


def my_signatures(work: UnitOfWork) -> list[SignatureView]:
    """Everything that the viewer signed, newest first."""
    require(work, Permission.OWN_INTAKE)
    return [signature_view(*one) for one in queries.signatures(work, [signed_in(work)])]


def signature(work: UnitOfWork, signature_id: str) -> SignatureView:
    """A signature of the viewer, with its text, to be saved as a copy; audited.

    Raises:
        NotFound: no signature of theirs.
    """
    found = next((one for one in my_signatures(work) if one.public_id == signature_id), None)
    if found is None:
        raise NotFound
    audit.record(work, "consent.read", ("signature", signature_id), patient_id=work.viewer.person_id)
    return found


def consent_text(work: UnitOfWork, text_id: str) -> ConsentView:
    """A text that patients sign or have signed, to be saved as a copy.

    Raises:
        NotFound: there is none.
    """
    require(work, Permission.OWN_INTAKE)
    found = queries.text(work, text_id)
    if found is None:
        raise NotFound
    return text_view(found)
