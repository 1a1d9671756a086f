"""What may be entered as weekly hours and as dates that differ. The law: docs/rules/slots.md.

Problems are codes: the rooms above put them into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from portal.clinic.scheduling.rules.intervals import Span
from portal.clinic.scheduling.rules.opening import WHOLE_DAY
from portal.clinic.scheduling.values import OverrideKind, WeeklyHours

MOST_DATES = 92
_FARTHEST = timedelta(days=731)


def week_problems(week: Sequence[WeeklyHours]) -> dict[int, str]:
    """What is wrong with a week, by weekday: `hours_reversed` (no stretch inside one date) or `hours_overlap`."""
    problems: dict[int, str] = {}
    latest: dict[int, int] = {}
    for hours in sorted(week, key=lambda one: (one.weekday, one.start_minute)):
        if not 0 <= hours.weekday <= 6 or not _is_stretch(hours.start_minute, hours.end_minute):
            problems[hours.weekday] = "hours_reversed"
        elif hours.start_minute < latest.get(hours.weekday, 0):
            problems[hours.weekday] = "hours_overlap"
        latest[hours.weekday] = max(latest.get(hours.weekday, 0), hours.end_minute)
    return problems


def override_problem(kind: OverrideKind, start_minute: int, end_minute: int) -> str | None:
    """The code of what is wrong with one date's override, or None. A day off without hours closes the whole date."""
    if kind is OverrideKind.OFF and (start_minute, end_minute) == (0, 0):
        return None
    return None if _is_stretch(start_minute, end_minute) else "hours_reversed"


def date_problem(on: date, today: date) -> str | None:
    """The code of what is wrong with the date of an override, or None: it has not passed, and lies within two years."""
    if on < today:
        return "date_past"
    return "date_far" if on > today + _FARTHEST else None


def range_problem(first: date, last: date) -> str | None:
    """The code of what is wrong with several dates at once, or None: in order, and no more than a quarter of a year."""
    if last < first:
        return "date_reversed"
    return "date_many" if (last - first).days >= MOST_DATES else None


def outside(visits: Sequence[Span], working: Sequence[Span]) -> list[Span]:
    """The visits that do not lie inside working hours as a whole."""
    return [visit for visit in visits if not any(start <= visit[0] and visit[1] <= end for start, end in working)]


def _is_stretch(start_minute: int, end_minute: int) -> bool:
    return 0 <= start_minute < end_minute <= WHOLE_DAY
