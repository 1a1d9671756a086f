"""Rolls the demo's calendar to today: three months behind, four weeks ahead, and one paid visit about to begin."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.billing import service as billing
from portal.clinic.outbox import OutboxItem
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import queries as calendar
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.service.hold import occupy, seat
from portal.clinic.scheduling.tables import Appointment, Occupancy, Seat
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import service as visits
from portal.demo.seed import cast
from portal.demo.seed.calendar import Planned, rhythm
from portal.demo.seed.intake import fill_packet
from portal.demo.seed.people import bring_on, is_on, patients
from portal.demo.seed.play import as_patient, book, pay, play_out, set_stage
from portal.demo.seed.till import Register
from portal.storage.work import SYSTEM, Database, UnitOfWork

Say = Callable[[str], None]
_SOON = (timedelta(minutes=4), timedelta(minutes=15))
_BATCH = 60


@dataclass(frozen=True)
class SignIns:
    """One person of each kind, by email; all share one password."""

    patient: str
    therapist: str
    owner: str
    password: str


def roll_forward(database: Database, register: Register, say: Say = lambda _: None) -> SignIns:
    """Bring the demo's practice to now; what is there stays. Takes seconds the first time, little after that."""
    if not database.run_read(SYSTEM, is_on):
        say("people and services")
        database.run(SYSTEM, bring_on)
    missing = database.run_read(SYSTEM, _missing)
    for first in range(0, len(missing), _BATCH):
        say(f"visits {first} of {len(missing)}")
        database.run(SYSTEM, _play, register, missing[first : first + _BATCH])
    database.run(SYSTEM, _catch_up)
    database.run(SYSTEM, _soon, register)
    return SignIns(patients()[0].email, cast.therapist_email(cast.SIGN_IN_THERAPIST), cast.OWNER[1], cast.PASSWORD)


def _missing(work: UnitOfWork) -> list[Planned]:
    """Visits of the rhythm that have no appointment yet, of whatever status."""
    taken = select(Clinician.slug, Appointment.starts_at).join(
        Appointment, col(Appointment.clinician_id) == col(Clinician.id)
    )
    known = set(work.db.exec(taken).all())
    return [visit for visit in rhythm(work.now) if (visit.slug, visit.starts_at) not in known]


def _play(work: UnitOfWork, register: Register, planned: list[Planned]) -> None:
    stage = set_stage(work, register)
    for visit in planned:
        public_id = book(work, stage, visit)
        if public_id is None:
            continue
        row = calendar.appointment_row(work, public_id)
        assert row is not None
        visits.ensure_visit(work, row)
        over = row.ends_at < work.now
        fill_packet(work, row, visit.number, over=over)
        if over:
            recent = row.ends_at > work.now - timedelta(days=3)
            play_out(work, row, visit.chance, note_open=recent and visit.chance > 0.6)
    _silence(work)


def _catch_up(work: UnitOfWork) -> None:
    """Visits that an earlier start left in the future and that are over by now."""
    past = select(Appointment).where(Appointment.status == "confirmed", col(Appointment.ends_at) < work.now)
    for row in work.db.exec(past).all():
        play_out(work, row, random.Random(row.public_id).uniform(0.1, 1), note_open=True)
    _silence(work)


def _silence(work: UnitOfWork) -> None:
    """Nobody of the demo waits for mail about what was long ago."""
    work.db.flush()
    work.db.exec(
        sa.update(OutboxItem).where(col(OutboxItem.done_at).is_(None)).values(done_at=work.now, problem="seeded")
    )


def _soon(work: UnitOfWork, register: Register) -> None:
    """One paid visit of the two who sign in that begins within a quarter of an hour."""
    stage = set_stage(work, register)
    patient_id, clinician = stage.patients[0], stage.clinicians[cast.SIGN_IN_THERAPIST]
    earliest, latest = (work.now + span for span in _SOON)
    there = select(Appointment).where(
        Appointment.patient_id == patient_id,
        Appointment.clinician_id == clinician.id,
        Appointment.status == "confirmed",
        col(Appointment.starts_at).between(earliest, latest),
    )
    if work.db.exec(there).first() is not None:
        return
    offer = work.db.exec(select(Offer).where(Offer.public_id == stage.services["follow"])).one()
    starts_at = (latest - timedelta(minutes=1)).replace(second=0, microsecond=0)
    starts_at -= timedelta(minutes=starts_at.minute % 5)
    ends_at = starts_at + timedelta(minutes=offer.minutes)
    _clear(work, clinician.id, patient_id, (starts_at - timedelta(hours=1), ends_at + timedelta(hours=1)))
    row = Appointment(
        clinician_id=clinician.id,
        offer_id=offer.id,
        status="held",
        starts_at=starts_at,
        ends_at=ends_at,
        price_minor=offer.price_minor,
        currency=cast.PRACTICE["currency"],
        held_until=work.now + timedelta(minutes=15),
        created_at=work.now,
    )
    work.db.add(row)
    work.db.flush()
    occupy(work, row, offer)
    seat(work, row, patient_id)
    pay(replace(work, viewer=as_patient(patient_id)), register)
    visits.ensure_visit(work, row)
    fill_packet(work, row, 0, over=False)


def _clear(work: UnitOfWork, clinician_id: int, patient_id: int, span: tuple[datetime, datetime]) -> None:
    """Make room: what stands in the way is cancelled as it would have been a minute before it began."""
    busy = select(Occupancy.appointment_id).where(
        Occupancy.clinician_id == clinician_id,
        col(Occupancy.is_active),
        col(Occupancy.blocked_from) < span[1],
        col(Occupancy.blocked_to) > span[0],
    )
    seats = select(Seat.appointment_id).where(
        Seat.person_id == patient_id,
        col(Seat.is_active),
        col(Seat.starts_at) < span[1],
        col(Seat.ends_at) > span[0],
    )
    ids = {*work.db.exec(busy).all(), *work.db.exec(seats).all()}
    for row in work.db.exec(select(Appointment).where(col(Appointment.id).in_(ids))).all():
        if row.status == "confirmed":
            before = min(work.now, row.starts_at - timedelta(minutes=1))
            billing.cancel_visit(replace(work, now=before), row.public_id)
        elif row.status == "held":
            scheduling.free(work, row, AppointmentStatus.EXPIRED)
        else:
            _free_finished(work, row)
    work.db.flush()


def _free_finished(work: UnitOfWork, row: Appointment) -> None:
    """A visit that ended early gives the rest of its time back."""
    calendar.occupancy_of(work, row.id).is_active = False
    for taken in calendar.seats_of(work, row.id):
        taken.is_active = False
