"""All SQL of visits. A patient finds their own, a clinician those of their own calendar, the practice's jobs all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.intake.tables import Packet, RiskFlag
from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling.queries import visible_to
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits.tables import Presence, Visit
from portal.storage.work import UnitOfWork

BOOKED = (AppointmentStatus.CONFIRMED, AppointmentStatus.FINISHED, AppointmentStatus.NO_SHOW)
_READABLE = (*BOOKED, AppointmentStatus.CANCELLED)


@dataclass(frozen=True)
class Booked:
    """A booked appointment with everything around it; the visit's row may not be there yet."""

    appointment: Appointment
    clinician: Clinician
    offer: Offer
    patient: Person
    visit: Visit | None


def booked(work: UnitOfWork, appointment_id: str, *, lock: bool = False, cancelled: bool = False) -> Booked | None:
    """One booked appointment that the viewer takes part in; `cancelled` for what only reads."""
    if lock:
        held = select(Appointment.id).where(Appointment.public_id == appointment_id, visible_to(work.viewer))
        work.db.exec(held.with_for_update()).first()
    shown = _READABLE if cancelled else BOOKED
    found = _all(work, col(Appointment.public_id) == appointment_id, col(Appointment.status).in_(shown))
    return found[0] if found else None


def of_clinician(work: UnitOfWork, since: datetime, until: datetime) -> list[Booked]:
    """What begins in a span in the viewer's own calendar, cancelled ones included."""
    return _all(
        work,
        col(Clinician.person_id) == work.viewer.person_id,
        col(Appointment.status).in_(_READABLE),
        col(Appointment.starts_at) >= since,
        col(Appointment.starts_at) < until,
    )


def waiting(work: UnitOfWork, patience: timedelta) -> list[Booked]:
    """Whose patient has knocked a moment ago, in the viewer's own calendar."""
    knocking = select(Visit.appointment_id).where(
        Visit.state == "waiting", col(Visit.waiting_seen_at) >= work.now - patience
    )
    return _all(
        work,
        col(Clinician.person_id) == work.viewer.person_id,
        col(Appointment.status) == AppointmentStatus.CONFIRMED,
        col(Appointment.id).in_(knocking),
    )


def to_talk_about(work: UnitOfWork) -> list[Booked]:
    """Cancelled visits of the viewer's calendar whose patient gave an answer that nobody has talked about yet."""
    flagged = (
        select(Packet.appointment_id)
        .join(RiskFlag, col(RiskFlag.packet_id) == col(Packet.id))
        .where(col(RiskFlag.seen_at).is_(None))
    )
    return _all(
        work,
        col(Clinician.person_id) == work.viewer.person_id,
        col(Appointment.status) == AppointmentStatus.CANCELLED,
        col(Appointment.id).in_(flagged),
    )


def held_since(work: UnitOfWork, since: datetime) -> list[Booked]:
    """Finished visits of the viewer's calendar that began since then."""
    return _all(
        work,
        col(Clinician.person_id) == work.viewer.person_id,
        col(Appointment.status) == AppointmentStatus.FINISHED,
        col(Appointment.starts_at) >= since,
    )


def before(work: UnitOfWork, patient_id: int, clinician_id: int, at: datetime) -> list[Booked]:
    """Booked appointments of these two that began before an instant, newest first."""
    found = _all(
        work,
        col(Appointment.patient_id) == patient_id,
        col(Appointment.clinician_id) == clinician_id,
        col(Appointment.status).in_(BOOKED),
        col(Appointment.starts_at) < at,
    )
    return found[::-1]


def zone_of_clinician(work: UnitOfWork) -> str | None:
    """The zone of the viewer's own calendar."""
    return work.db.exec(select(Clinician.zone).where(Clinician.person_id == work.viewer.person_id)).first()


def course(work: UnitOfWork, patient_id: int, clinician_id: int) -> list[tuple[int, str]]:
    """Appointments of these two, oldest first, as row id and public id; cancelled ones and no-shows do not count."""
    counted = (AppointmentStatus.CONFIRMED, AppointmentStatus.FINISHED)
    wanted = (
        select(Appointment.id, Appointment.public_id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.clinician_id == clinician_id,
            col(Appointment.status).in_(counted),
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    return list(work.db.exec(wanted))


def visit_of(work: UnitOfWork, appointment_key: int) -> Visit | None:
    """The visit of an appointment."""
    return work.db.exec(select(Visit).where(Visit.appointment_id == appointment_key)).first()


def visit_row(work: UnitOfWork, public_id: str) -> Visit:
    """A visit by its own public id; for the practice's own jobs."""
    return work.db.exec(select(Visit).where(Visit.public_id == public_id)).one()


def visit_in(work: UnitOfWork, room: str) -> tuple[Visit, Appointment, Clinician] | None:
    """The visit whose room has this name; for the practice's own jobs."""
    wanted = (
        select(Visit, Appointment, Clinician)
        .join(Appointment, col(Appointment.id) == col(Visit.appointment_id))
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id))
        .where(Visit.room == room)
    )
    return work.db.exec(wanted).first()


def open_rooms(work: UnitOfWork) -> list[tuple[Visit, Appointment]]:
    """Visits whose room was opened on the video server and not closed since."""
    wanted = (
        select(Visit, Appointment)
        .join(Appointment, col(Appointment.id) == col(Visit.appointment_id))
        .where(col(Visit.opened_at).is_not(None), col(Visit.closed_at).is_(None))
        .order_by(col(Visit.opened_at))
    )
    return list(work.db.exec(wanted))


def presences(work: UnitOfWork, visit_key: int) -> list[Presence]:
    """Every connection that the video server told of, oldest first."""
    wanted = select(Presence).where(Presence.visit_id == visit_key)
    return list(work.db.exec(wanted.order_by(col(Presence.joined_at), col(Presence.id))))


def present(work: UnitOfWork, visit_key: int, party: str) -> bool:
    """Whether a party is connected now, as far as we were told."""
    wanted = select(Presence.id).where(
        Presence.visit_id == visit_key,
        Presence.party == party,
        col(Presence.joined_at).is_not(None),
        col(Presence.left_at).is_(None),
    )
    return work.db.exec(wanted).first() is not None


def clinician_elsewhere(work: UnitOfWork, clinician_key: int, appointment_key: int) -> bool:
    """Whether a clinician is connected to the room of another visit that goes on; nothing of that visit leaves."""
    wanted = (
        select(Presence.id)
        .join(Visit, col(Visit.id) == col(Presence.visit_id))
        .join(Appointment, col(Appointment.id) == col(Visit.appointment_id))
        .where(
            Appointment.clinician_id == clinician_key,
            Appointment.id != appointment_key,
            Visit.state == "admitted",
            col(Visit.closed_at).is_(None),
            Presence.party == "clinician",
            col(Presence.joined_at).is_not(None),
            col(Presence.left_at).is_(None),
        )
    )
    return work.db.exec(wanted).first() is not None


def _all(work: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> list[Booked]:
    wanted = (
        select(Appointment, Clinician, Offer, Person)
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id))
        .join(Offer, col(Offer.id) == col(Appointment.offer_id))
        .join(Person, col(Person.id) == col(Appointment.patient_id))
        .where(visible_to(work.viewer), *conditions)
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    rows = work.db.exec(wanted).all()
    visits = _visits(work, [row.id for row, *_ in rows])
    return [Booked(*row, visits.get(row[0].id)) for row in rows]


def _visits(work: UnitOfWork, appointment_keys: Sequence[int]) -> dict[int, Visit]:
    found = work.db.exec(select(Visit).where(col(Visit.appointment_id).in_(appointment_keys)))
    return {visit.appointment_id: visit for visit in found}
