"""The packet of forms that belongs to a booked visit: opened, described, counted. The law: docs/rules/intake.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from portal.clinic.access import Permission, require, signed_in
from portal.clinic.errors import NotFound
from portal.clinic.intake import queries, rules
from portal.clinic.intake.forms import ABOUT_YOU, CONSENT_TELEHEALTH, PACKET, TELEHEALTH_WORDS, find_form
from portal.clinic.intake.queries import SENT, Placed
from portal.clinic.intake.tables import ConsentSignature, ConsentText, FormResponse, Packet
from portal.clinic.intake.values import Form, FormState, FormView, PacketMark, PacketProgress
from portal.clinic.people.tables import Person
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus
from portal.storage.work import UnitOfWork

Signed = tuple[ConsentSignature, ConsentText]


@dataclass(frozen=True)
class Contents:
    """A packet with all that lies in it.

    `signed` is the consent in force, `gone` the one that was taken back and not given again, `told` the patient's
    earlier "about you".
    """

    placed: Placed
    forms: tuple[FormView, ...]
    signed: Signed | None
    gone: Signed | None
    told: tuple[tuple[FormResponse, Appointment], ...]
    progress: PacketProgress

    def form(self, key: str) -> FormView:
        """One of the forms that the packet asks.

        Raises:
            NotFound: it does not ask that one.
        """
        found = next((view for view in self.forms if view.form.key == key), None)
        if found is None:
            raise NotFound
        return found


def open_packet(work: UnitOfWork, appointment: Appointment) -> Packet:
    """The packet of a booked visit, made when there is none yet."""
    found = queries.packet_of(work, appointment.id)
    if found is not None:
        return found
    packet = Packet(patient_id=appointment.patient_id or 0, appointment_id=appointment.id, created_at=work.now)
    work.db.add(packet)
    work.db.flush()
    return packet


def own(work: UnitOfWork, packet_id: str, *, lock: bool = False) -> Placed:
    """A packet of the patient who asks.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    require(work, Permission.OWN_INTAKE)
    found = queries.own_packet(work, packet_id, lock=lock)
    if found is None:
        raise NotFound
    return found


def marks_of_mine(work: UnitOfWork, appointment_ids: Sequence[str]) -> dict[str, PacketMark]:
    """How far the viewer's own packets are, by appointment; no answer leaves."""
    require(work, Permission.OWN_INTAKE)
    wanted = [one for one in queries.own_packets(work) if one.appointment.public_id in appointment_ids]
    found: dict[str, PacketMark] = {}
    for inside in contents(work, wanted):
        sent = {view.form.key: view.submitted_at for view in inside.forms if view.submitted_at}
        if inside.signed:
            sent[CONSENT_TELEHEALTH.key] = inside.signed[0].signed_at
        place = inside.placed
        found[place.appointment.public_id] = PacketMark(place.packet.public_id, inside.progress, sent)
    return found


def contents(work: UnitOfWork, many: Sequence[Placed]) -> list[Contents]:
    """Which forms each packet asks, and how each of them stands; four queries for any number of packets."""
    patients = {placed.packet.patient_id for placed in many}
    rows = queries.responses(work, [placed.packet.id for placed in many])
    signed = queries.signatures(work, patients)
    told = queries.sent_versions(work, patients, [ABOUT_YOU.key])
    text = queries.newest_text(work, TELEHEALTH_WORDS.key)
    found: list[Contents] = []
    for placed in many:
        packet = placed.packet
        own_signed = [one for one in signed if one[0].person_id == packet.patient_id]
        own_told = tuple(one for one in told if one[1].patient_id == packet.patient_id)
        versions = by_form([row for row in rows if row.packet_id == packet.id])
        found.append(_contents(placed, versions, standing(own_signed, text), own_signed, own_told))
    return found


def _contents(
    placed: Placed,
    versions: Mapping[str, Sequence[FormResponse]],
    in_force: Signed | None,
    signed: Sequence[Signed],
    told: tuple[tuple[FormResponse, Appointment], ...],
) -> Contents:
    asks = {
        ABOUT_YOU.key: rules.asks_about_you(
            begun_here=ABOUT_YOU.key in versions,
            known_to_therapist=any(
                row.form_version == ABOUT_YOU.version and visit.clinician_id == placed.clinician.id
                for row, visit in told
            ),
        ),
        CONSENT_TELEHEALTH.key: rules.asks_consent(
            signed_here=any(one.packet_id == placed.packet.id for one, _ in signed), in_force=in_force is not None
        ),
    }
    asked = tuple(form for form in PACKET if asks.get(form.key, True))
    views = tuple(_view(form, versions.get(form.key, ()), told) for form in asked)
    sent = {view.form.key for view in views if view.submitted_at}
    sent |= {CONSENT_TELEHEALTH.key} if in_force else set()
    progress = rules.packet_progress(asked, {view.form.key: view.answers for view in views}, sent)
    return Contents(placed, views, in_force, taken_back(signed, in_force), told, progress)


def _view(form: Form, versions: Sequence[FormResponse], told: Sequence[tuple[FormResponse, Appointment]]) -> FormView:
    if not versions:
        return FormView(form, FormState.OPEN, 0, _begins_with(form, told))
    newest = versions[-1]
    sent = next((row for row in reversed(versions) if row.status == SENT), None)
    return FormView(
        form=find_form(form.key, newest.form_version),
        state=FormState.SENT if newest is sent else FormState.CHANGED if sent else FormState.OPEN,
        version=newest.version,
        answers=dict(newest.answers),
        saved_at=newest.saved_at,
        submitted_at=sent.submitted_at if sent else None,
    )


def _begins_with(form: Form, told: Sequence[tuple[FormResponse, Appointment]]) -> dict[str, str]:
    """What nobody should have to type twice: "about you" begins with what the patient told us last, for whomever."""
    if form.key != ABOUT_YOU.key or not told or told[-1][0].form_version != form.version:
        return {}
    return dict(told[-1][0].answers)


def standing(signed: Sequence[Signed], text: ConsentText | None) -> Signed | None:
    """The signature in force: not taken back, and under the text that is asked for now."""
    for signature, under in signed:
        if signature.withdrawn_at is None and text is not None and under.id == text.id:
            return signature, under
    return None


def taken_back(signed: Sequence[Signed], in_force: Signed | None) -> Signed | None:
    """The newest signature, when it was taken back and nothing is in force since."""
    newest = signed[0] if signed and in_force is None else None
    return newest if newest and newest[0].withdrawn_at is not None else None


def settle(work: UnitOfWork, inside: Contents) -> None:
    """Note when the packet became complete, or that it no longer is."""
    packet = inside.placed.packet
    if not inside.progress.is_done:
        packet.completed_at = None
    elif packet.completed_at is None:
        packet.completed_at = work.now


def is_open(placed: Placed, form: Form) -> bool:
    """Whether a form of the packet still takes answers."""
    booked = placed.appointment.status == AppointmentStatus.CONFIRMED
    return rules.takes_answers(is_booked=booked, is_measure=form.measure is not None)


def today_of(work: UnitOfWork) -> date:
    """The date where the viewer is."""
    zone = work.db.get_one(Person, signed_in(work)).zone
    return work.now.astimezone(ZoneInfo(zone)).date()


def by_form(rows: Sequence[FormResponse]) -> dict[str, list[FormResponse]]:
    """Versions by form, oldest first."""
    found: dict[str, list[FormResponse]] = {}
    for row in rows:
        found.setdefault(row.form_key, []).append(row)
    return found
