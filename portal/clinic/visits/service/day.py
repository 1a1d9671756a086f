"""A clinician's day: who comes when, what is paid and filled in, who waits, what is left to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import PaidStatus
from portal.clinic.errors import NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import IntakeMark
from portal.clinic.people.rules import goes_by
from portal.clinic.people.tables import Person
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteMark
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import queries, rules
from portal.clinic.visits.queries import Booked
from portal.clinic.visits.service.rooms import progress
from portal.clinic.visits.values import (
    DayEntry,
    DaySummary,
    DayView,
    Knock,
    OpenNote,
    Party,
    Progress,
    RoomState,
    ToTalk,
    VisitState,
)
from portal.storage.work import UnitOfWork

_LOOK_BACK = timedelta(days=14)
_MOST_OPEN = 5


def open_day(work: UnitOfWork, on: date | None = None) -> DayView:
    """A day of the viewer's own calendar (today, without a date) as a reading of what patients answered.

    Raises:
        NotFound: the viewer has no calendar.
    """
    view = day(work, on)
    for booked in _of(work, view.on, view.zone):
        subject = ("visit", booked.appointment.public_id)
        audit.record(work, "day.read", subject, patient_id=booked.patient.id)
    shown = {one.appointment_id for one in view.entries}
    for booked in queries.to_talk_about(work):
        if booked.appointment.public_id not in shown:
            subject = ("visit", booked.appointment.public_id)
            audit.record(work, "day.read", subject, patient_id=booked.patient.id)
    return view


def day(work: UnitOfWork, on: date | None = None) -> DayView:
    """The same day again while its page stays open; it was read when it was opened.

    Raises:
        NotFound: the viewer has no calendar.
    """
    require(work, Permission.CLINICIAN_DAY)
    zone = queries.zone_of_clinician(work)
    if zone is None:
        raise NotFound
    today = work.now.astimezone(ZoneInfo(zone)).date()
    shown = on or today
    return DayView(
        on=shown,
        today=today,
        zone=zone,
        entries=tuple(entries(work, _of(work, shown, zone))),
        to_finish=tuple(to_finish(work)),
        following=_summary(work, shown + timedelta(days=1), zone),
        to_talk=tuple(
            ToTalk(one.appointment.public_id, one.patient.name, one.appointment.starts_at)
            for one in queries.to_talk_about(work)
        ),
    )


def waiting(work: UnitOfWork) -> list[Knock]:
    """Who is in the waiting room for the viewer now, whoever came first comes first."""
    require(work, Permission.CLINICIAN_DAY)
    found = [
        Knock(
            appointment_id=one.appointment.public_id,
            patient_name=one.patient.name,
            starts_at=one.appointment.starts_at,
            waiting_since=one.visit.waiting_since,
            patient_called=goes_by(one.patient.name, one.patient.preferred),
        )
        for one in queries.waiting(work, rules.HEARTBEAT_STALE)
        if one.visit and one.visit.waiting_since and rules.is_waiting(progress(one), work.now)
    ]
    return sorted(found, key=lambda knock: knock.waiting_since)


def entries(work: UnitOfWork, found: Sequence[Booked]) -> list[DayEntry]:
    """Visits with all that a row of the day says of them."""
    marks = intake.marks(work, [one.appointment.public_id for one in found])
    notes = records.marks(work, [one.appointment.id for one in found])
    return [
        _entry(work, one, marks.get(one.appointment.public_id), notes.get(one.appointment.id, NoteMark()))
        for one in found
    ]


def to_finish(work: UnitOfWork) -> list[OpenNote]:
    """Visits of the last two weeks that were held and whose notes are not signed, and older drafts; newest first."""
    drafts = records.drafts(work, _MOST_OPEN)
    begun = [OpenNote(row.public_id, _name(work, row.patient_id), row.starts_at, saved_at) for row, saved_at in drafts]
    held = queries.held_since(work, work.now - _LOOK_BACK)
    noted = records.marks(work, [one.appointment.id for one in held])
    missing = [
        OpenNote(one.appointment.public_id, one.patient.name, one.appointment.starts_at, None)
        for one in held
        if one.appointment.id not in noted
    ]
    return sorted((*begun, *missing), key=lambda one: one.starts_at, reverse=True)[:_MOST_OPEN]


def _entry(work: UnitOfWork, booked: Booked, mark: IntakeMark | None, note: NoteMark) -> DayEntry:
    row, visit, now = booked.appointment, booked.visit, progress(booked)
    cancelled = row.status == AppointmentStatus.CANCELLED
    waits = rules.is_waiting(now, work.now) and not cancelled
    return DayEntry(
        appointment_id=row.public_id,
        status=AppointmentStatus(row.status),
        state=now.state,
        room=RoomState.FINISHED if cancelled else rules.room_state(now, work.now),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        patient_name=booked.patient.name,
        patient_called=goes_by(booked.patient.name, booked.patient.preferred),
        patient_zone=booked.patient.zone,
        offer_name=booked.offer.name,
        number=_number(work, booked),
        paid=billing.paid_state(work, row.public_id),
        intake=mark,
        note=note,
        is_waiting=waits,
        waiting_since=now.waiting_since if waits else None,
        admitted_at=visit.admitted_at if visit else None,
        finished_at=visit.finished_at if visit else None,
        cancelled_at=row.cancelled_at,
        patient_present=_present(work, booked, now),
        may_phone=row.status == AppointmentStatus.CONFIRMED and rules.may_finish_by_phone(now, work.now),
        by_phone=visit is not None and rules.took_place_by_phone(now, visit.admitted_at),
        may_miss=row.status == AppointmentStatus.CONFIRMED and rules.may_miss(now, work.now),
    )


def _present(work: UnitOfWork, booked: Booked, now: Progress) -> bool:
    inside = booked.visit is not None and now.state is VisitState.ADMITTED
    return inside and booked.visit is not None and queries.present(work, booked.visit.id, Party.PATIENT)


def _number(work: UnitOfWork, booked: Booked) -> int:
    course = [key for key, _ in queries.course(work, booked.patient.id, booked.clinician.id)]
    return course.index(booked.appointment.id) + 1 if booked.appointment.id in course else 0


def _of(work: UnitOfWork, on: date, zone: str) -> list[Booked]:
    return queries.of_clinician(work, *rules.day_span(on, zone))


def _summary(work: UnitOfWork, on: date, zone: str) -> DaySummary:
    found = [one for one in _of(work, on, zone) if one.appointment.status == AppointmentStatus.CONFIRMED]
    marks = intake.marks(work, [one.appointment.public_id for one in found])
    states = [billing.paid_state(work, one.appointment.public_id).status for one in found]
    return DaySummary(
        on=on,
        visits=len(found),
        first_at=found[0].appointment.starts_at if found else None,
        unpaid=sum(state in {PaidStatus.UNPAID, PaidStatus.PAYS_LATER} for state in states),
        forms_open=sum(mark.completed_at is None for mark in marks.values()),
    )


def _name(work: UnitOfWork, person_id: int | None) -> str:
    person = work.db.get(Person, person_id) if person_id else None
    return person.name if person else ""
