"""A clinician's weekly hours and the dates that differ: set by the owner, or by the clinician for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from portal.clinic import audit
from portal.clinic.access import Permission, may
from portal.clinic.errors import Invalid, NotAllowed, NotFound
from portal.clinic.people.rules import clean_line
from portal.clinic.practice import queries as practice
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling import queries
from portal.clinic.scheduling.rules import checking
from portal.clinic.scheduling.tables import DayOverride, WorkingHours
from portal.clinic.scheduling.values import OverrideKind, OverrideView, WeeklyHours
from portal.storage.work import UnitOfWork


def weekly_hours(work: UnitOfWork, clinician_id: str) -> list[WeeklyHours]:
    """The weekly habit, by weekday and start."""
    row = _theirs(work, clinician_id)
    wanted = select(WorkingHours).where(WorkingHours.clinician_id == row.id)
    rows = work.db.exec(wanted.order_by(col(WorkingHours.weekday), col(WorkingHours.start_minute)))
    return [WeeklyHours(one.weekday, one.start_minute, one.end_minute) for one in rows]


def save_weekly_hours(work: UnitOfWork, clinician_id: str, wanted: Sequence[WeeklyHours]) -> None:
    """Replace the weekly habit. What is booked already stays booked.

    Raises:
        Invalid: hours that end before they begin, lie outside a day, or overlap; `fields` names the weekday.
    """
    row = _theirs(work, clinician_id)
    if problems := checking.week_problems(wanted):
        raise Invalid(fields={str(weekday): code for weekday, code in problems.items()})
    for old in work.db.exec(select(WorkingHours).where(WorkingHours.clinician_id == row.id)).all():
        work.db.delete(old)
    for one in wanted:
        work.db.add(
            WorkingHours(
                clinician_id=row.id, weekday=one.weekday, start_minute=one.start_minute, end_minute=one.end_minute
            )
        )
    audit.record(work, "hours.save", ("clinician", clinician_id), detail={"count": len(wanted)})


def overrides(work: UnitOfWork, clinician_id: str, since: date) -> list[OverrideView]:
    """Dates from `since` on that differ from the habit."""
    row = _theirs(work, clinician_id)
    wanted = select(DayOverride).where(DayOverride.clinician_id == row.id, col(DayOverride.on) >= since)
    return [
        OverrideView(one.public_id, one.on, OverrideKind(one.kind), one.start_minute, one.end_minute, one.note)
        for one in work.db.exec(wanted.order_by(col(DayOverride.on), col(DayOverride.start_minute)))
    ]


def add_override(work: UnitOfWork, clinician_id: str, wanted: OverrideView) -> int:
    """Add a day off or other hours; returns how many booked visits lie on that date, for they stay booked.

    Raises:
        Invalid: hours that end before they begin or lie outside a day.
    """
    row = _theirs(work, clinician_id)
    if problem := checking.override_problem(wanted.kind, wanted.start_minute, wanted.end_minute):
        raise Invalid(fields={"hours": problem})
    work.db.add(
        DayOverride(
            clinician_id=row.id,
            on=wanted.on,
            kind=wanted.kind,
            start_minute=wanted.start_minute,
            end_minute=wanted.end_minute,
            note=clean_line(wanted.note, 120),
        )
    )
    audit.record(work, "hours.override", ("clinician", clinician_id), detail={"kind": wanted.kind.value})
    return queries.confirmed_on(work, row, wanted.on)


def remove_override(work: UnitOfWork, clinician_id: str, override_id: str) -> None:
    """Take an override away.

    Raises:
        NotFound: there is no such override of this clinician.
    """
    row = _theirs(work, clinician_id)
    wanted = select(DayOverride).where(DayOverride.public_id == override_id, DayOverride.clinician_id == row.id)
    found = work.db.exec(wanted).first()
    if found is None:
        raise NotFound
    work.db.delete(found)
    audit.record(work, "hours.override_removed", ("clinician", clinician_id))


def _theirs(work: UnitOfWork, clinician_id: str) -> Clinician:
    row = practice.clinician_row(work, clinician_id)
    if row is None:
        raise NotFound
    own = work.viewer.person_id == row.person_id and may(work.viewer, Permission.CLINICIAN_DAY)
    if not own and not may(work.viewer, Permission.MANAGE_PRACTICE):
        raise NotAllowed
    return row
