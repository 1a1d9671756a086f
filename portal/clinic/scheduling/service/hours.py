"""A clinician's weekly hours and the dates that differ: set by the owner, or by the clinician for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col

from portal.clinic import audit
from portal.clinic.access import Permission, may
from portal.clinic.errors import Invalid, NotAllowed, NotFound
from portal.clinic.people.rules import clean_line
from portal.clinic.practice import queries as practice
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling import queries
from portal.clinic.scheduling.rules import checking
from portal.clinic.scheduling.rules.opening import openings
from portal.clinic.scheduling.tables import DayOverride, WorkingHours
from portal.clinic.scheduling.values import OverrideKind, OverrideView, Standing, WeeklyHours
from portal.storage.work import UnitOfWork

_DAY = timedelta(days=1)
_AHEAD = timedelta(days=400)  # nothing is booked further ahead


def weekly_hours(work: UnitOfWork, clinician_id: str) -> list[WeeklyHours]:
    """The weekly habit, by weekday and start."""
    row = kept_by_viewer(work, clinician_id)
    rows = queries.hour_rows(work, row.id)
    return [WeeklyHours(one.weekday, one.start_minute, one.end_minute) for one in rows]


def save_weekly_hours(work: UnitOfWork, clinician_id: str, wanted: Sequence[WeeklyHours]) -> list[Standing]:
    """Replace the weekly habit. What is booked stays booked; returns the visits to come that now lie outside the hours.

    Raises:
        Invalid: hours that end before they begin, lie outside a day, or overlap; `fields` names the weekday.
    """
    row = kept_by_viewer(work, clinician_id)
    if problems := checking.week_problems(wanted):
        raise Invalid(fields={str(weekday): code for weekday, code in problems.items()})
    for old in queries.hour_rows(work, row.id):
        work.db.delete(old)
    for one in wanted:
        work.db.add(
            WorkingHours(
                clinician_id=row.id, weekday=one.weekday, start_minute=one.start_minute, end_minute=one.end_minute
            )
        )
    work.db.flush()
    audit.record(work, "hours.save", ("clinician", clinician_id), detail={"count": len(wanted)})
    return _standing(work, row, work.now, work.now + _AHEAD)


def overrides(work: UnitOfWork, clinician_id: str, since: date) -> list[OverrideView]:
    """Dates from `since` on that differ from the habit."""
    row = kept_by_viewer(work, clinician_id)
    return [
        OverrideView(one.public_id, one.on, OverrideKind(one.kind), one.start_minute, one.end_minute, one.note)
        for one in queries.override_rows(work, row.id, col(DayOverride.on) >= since)
    ]


def add_override(
    work: UnitOfWork, clinician_id: str, wanted: OverrideView, until: date | None = None
) -> list[Standing]:
    """Add a day off or other hours; returns the visits of those dates that now lie outside, for they stay booked.

    Args:
        work: the unit of work.
        clinician_id: whose hours.
        wanted: the date and what differs.
        until: the last date of several, all alike; dates that say the same already are passed over.

    Raises:
        Invalid: `fields` says `hours`: they end before they begin or lie outside a day; `on`: `date_past`, `date_far`,
            or `date_twice` when the same stands there already; or `until`: `date_reversed` or `date_many`.
    """
    row = kept_by_viewer(work, clinician_id)
    zone = ZoneInfo(row.zone)
    last = until or wanted.on
    dates = [wanted.on + timedelta(days=n) for n in range(min((last - wanted.on).days + 1, checking.MOST_DATES))]
    new = [on for on in dates if not _stands(work, row, wanted, on)]
    problems = {
        "hours": checking.override_problem(wanted.kind, wanted.start_minute, wanted.end_minute),
        "on": checking.date_problem(wanted.on, work.now.astimezone(zone).date())
        or (None if new or not dates else "date_twice"),
        "until": checking.range_problem(wanted.on, last),
    }
    if found := {name: code for name, code in problems.items() if code}:
        raise Invalid(fields=found)
    for on in new:
        work.db.add(
            DayOverride(
                clinician_id=row.id,
                on=on,
                kind=wanted.kind,
                start_minute=wanted.start_minute,
                end_minute=wanted.end_minute,
                note=clean_line(wanted.note, 120),
            )
        )
    work.db.flush()
    detail: dict[str, str | int | bool] = {"kind": wanted.kind.value, "count": len(new)}
    audit.record(work, "hours.override", ("clinician", clinician_id), detail=detail)
    begin, after = (datetime.combine(on, time(), zone).astimezone(UTC) for on in (wanted.on, last + _DAY))
    return _standing(work, row, max(begin, work.now), after)


def remove_override(work: UnitOfWork, clinician_id: str, override_id: str) -> None:
    """Take an override away.

    Raises:
        NotFound: there is no such override of this clinician.
    """
    row = kept_by_viewer(work, clinician_id)
    found = queries.override_rows(work, row.id, col(DayOverride.public_id) == override_id)
    if not found:
        raise NotFound
    work.db.delete(found[0])
    audit.record(work, "hours.override_removed", ("clinician", clinician_id))


def _stands(work: UnitOfWork, row: Clinician, wanted: OverrideView, on: date) -> bool:
    return any(
        (one.kind, one.start_minute, one.end_minute) == (wanted.kind, wanted.start_minute, wanted.end_minute)
        for one in queries.override_rows(work, row.id, col(DayOverride.on) == on)
    )


def _standing(work: UnitOfWork, row: Clinician, start: datetime, end: datetime) -> list[Standing]:
    """Visits booked from `start` until before `end` that do not lie inside the hours as they are now."""
    booked = queries.booked_between(work, row, start, end)
    if not booked:
        return []
    first, last = (start - _DAY).date(), (datetime.fromtimestamp(booked[-1][1], UTC) + _DAY).date()
    habit, exceptions = queries.weekly_hours(work, [row.id]), queries.overrides(work, [row.id], first, last)
    working = openings(row.zone, habit[row.id], exceptions[row.id], first, last).spans
    return [
        Standing(datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC))
        for since, until in checking.outside(booked, working)
    ]


def kept_by_viewer(work: UnitOfWork, clinician_id: str) -> Clinician:
    """The clinician whose hours the viewer may keep: anybody's for the owner, one's own for a clinician.

    Raises:
        NotFound: there is no such clinician.
        NotAllowed: neither.
    """
    row = practice.clinician_row(work, clinician_id)
    if row is None:
        raise NotFound
    own = work.viewer.person_id == row.person_id and may(work.viewer, Permission.CLINICIAN_DAY)
    if not own and not may(work.viewer, Permission.MANAGE_PRACTICE):
        raise NotAllowed
    return row
