"""From wall-clock habits to instants, right through clock changes. The law: docs/rules/slots.md."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.clinic.scheduling.rules.intervals import Span, normal, without
from portal.clinic.scheduling.values import Override, OverrideKind, WeeklyHours

WHOLE_DAY = 24 * 60


class Stretch(NamedTuple):
    """Working hours of one date as somebody stated them, in minutes of that date's wall clock.

    `midnight` is the instant at which the date begins, None on one whose clocks change.
    """

    on: date
    midnight: int | None
    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class Openings:
    """When a clinician works: `spans` is a normal list of seconds; `stretches`, in order, are what starts count from.

    A day off takes time out of `spans` only: the hours around it keep their starts.
    """

    zone: str
    spans: list[Span]
    stretches: list[Stretch]


def openings(
    zone: str, habit: Sequence[WeeklyHours], exceptions: Iterable[Override], first: date, last: date
) -> Openings:
    """When a clinician works from `first` to `last`, both dates included. `zone` is a known IANA name.

    Overrides with hours replace the habit of their date; a day off closes it, or only the hours that it names.
    The answer follows from the arguments alone and is remembered by them: leave it as it is.
    """
    return _openings(zone, tuple(habit), tuple(exceptions), first, last)


@functools.lru_cache(maxsize=2_000)
def _openings(
    zone: str, habit: tuple[WeeklyHours, ...], exceptions: tuple[Override, ...], first: date, last: date
) -> Openings:
    usual = _by_weekday(habit)
    by_date: dict[date, list[Override]] = {}
    for exception in exceptions:
        by_date.setdefault(exception.on, []).append(exception)
    spans: list[Span] = []
    stretches: list[Stretch] = []
    for on, midnight in _dates(zone, first, last):
        stated, closed = usual[on.weekday()], _NOTHING
        if on in by_date:
            stated, closed = _exceptional(stated, by_date[on])
        stretches += [Stretch(on, midnight, start, end) for start, end in stated]
        spans += _instants(zone, on, midnight, without(stated, closed) if closed else stated)
    return Openings(zone, normal(spans), stretches)


def wall_second(zone: str, on: date, minute: int) -> int:
    """The instant, in seconds since 1970, at which a wall clock in `zone` shows this minute of this date.

    A minute that the clock skips counts as the instant of the change; one that it shows twice, as the first
    (PEP 495, fold 0). Minute 1440 is midnight at the end of the day.
    """
    plain = plain_midnight(zone, on)
    return plain + minute * 60 if plain is not None else _wall_second(zone, on, minute)


def is_shown(zone: str, on: date, minute: int) -> bool:
    """Whether the wall clock shows this minute of this date at all; some are skipped."""
    if plain_midnight(zone, on) is not None:
        return True
    shown = datetime.fromtimestamp(_wall_second(zone, on, minute), ZoneInfo(zone))
    return shown.date() == on and shown.hour * 60 + shown.minute == minute


@functools.lru_cache(maxsize=50_000)
def plain_midnight(zone: str, on: date) -> int | None:
    """The instant at which a date begins, if the clocks do not change on it; else None.

    Nearly all dates are plain, and on those wall time is addition. Every clinician of a zone shares the answer.
    """
    begin = _wall_second(zone, on, 0)
    place = ZoneInfo(zone)
    offsets = {datetime.fromtimestamp(begin + hour * 3600, place).utcoffset() for hour in range(25)}
    starts_plainly = datetime.fromtimestamp(begin, place).replace(tzinfo=None) == datetime.combine(on, time())
    return begin if starts_plainly and len(offsets) == 1 else None


@functools.lru_cache(maxsize=500)
def _dates(zone: str, first: date, last: date) -> list[tuple[date, int | None]]:
    """Each date with its plain midnight."""
    dates = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    return [(on, plain_midnight(zone, on)) for on in dates]


@functools.lru_cache(maxsize=50_000)
def _wall_second(zone: str, on: date, minute: int) -> int:
    day = on + timedelta(days=minute // WHOLE_DAY)
    hour, rest = divmod(minute % WHOLE_DAY, 60)
    wall = datetime.combine(day, time(hour, rest), ZoneInfo(zone))
    seconds = int(wall.timestamp())
    shown = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown == wall.replace(tzinfo=None):
        return seconds
    return _end_of_gap(zone, wall)


def _end_of_gap(zone: str, wall: datetime) -> int:
    """The instant at which the clocks jump over `wall`: fold 1 and fold 0 lie on its two sides."""
    low = int(wall.replace(fold=1).timestamp()) - 1
    high = int(wall.replace(fold=0).timestamp())
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: str, seconds: int) -> timedelta | None:
    return datetime.fromtimestamp(seconds, ZoneInfo(zone)).utcoffset()


_NOTHING: list[Span] = []


def _by_weekday(habit: Sequence[WeeklyHours]) -> list[list[Span]]:
    days: list[list[Span]] = [[] for _ in range(7)]
    for hours in habit:
        days[hours.weekday].append((hours.start_minute, hours.end_minute))
    return [normal(day) for day in days]


def _exceptional(usual: list[Span], exceptions: Sequence[Override]) -> tuple[list[Span], list[Span]]:
    """The hours stated for a date with overrides, and what days off take out of them, in minutes."""
    replaced = [(one.start_minute, one.end_minute) for one in exceptions if one.kind is OverrideKind.HOURS]
    closed = [
        (one.start_minute, one.end_minute) if one.end_minute > one.start_minute else (0, WHOLE_DAY)
        for one in exceptions
        if one.kind is OverrideKind.OFF
    ]
    return normal(replaced) if replaced else usual, normal(closed)


def _instants(zone: str, on: date, midnight: int | None, minutes: Sequence[Span]) -> list[Span]:
    if midnight is not None:
        return [(midnight + start * 60, midnight + end * 60) for start, end in minutes]
    return [(_wall_second(zone, on, start), _wall_second(zone, on, end)) for start, end in minutes]
