"""Which times are offered, and whether one may be booked: the same question. The law: docs/rules/slots.md.

Inside, everything is whole seconds since 1970 and sorted lists, so that a month of a busy clinician is one sweep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from portal.clinic.scheduling.rules.intervals import Span, covers, without
from portal.clinic.scheduling.rules.opening import WHOLE_DAY, Openings, Stretch, is_shown, wall_second
from portal.clinic.scheduling.values import Offering


@dataclass(frozen=True)
class Plan:
    """One clinician's time for one service. `busy` is normal and holds what is booked with its buffers."""

    zone: str
    open: Openings
    busy: list[Span]
    offering: Offering


def offered(plan: Plan, first: date, last: date, now: datetime) -> list[datetime]:
    """Every start that may be booked on the clinician's dates `first` to `last`, sorted, each once."""
    since, until = wall_second(plan.zone, first, 0), wall_second(plan.zone, last, WHOLE_DAY)
    return [datetime.fromtimestamp(start, UTC) for start in starts(plan, since, until, now)]


def may_book(plan: Plan, start: datetime, now: datetime) -> bool:
    """Whether this very start is among those offered."""
    at = int(start.timestamp())
    return not start.microsecond and at in starts(plan, at, at + 1, now)


def starts(plan: Plan, since: int, until: int, now: datetime) -> Iterator[int]:
    """Every start that may be booked in [since, until), one by one: whoever needs the first few stops there."""
    earliest = _whole_second(now) + plan.offering.notice * 60
    horizon = wall_second(plan.zone, bookable_dates(plan, now)[1], WHOLE_DAY)
    return chain.from_iterable(_runs(plan, _room(plan, max(since, earliest), min(until, horizon))))


def bookable_dates(plan: Plan, now: datetime) -> tuple[date, date]:
    """The clinician's dates, both included, between which anything can be offered at all."""
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    return today, today + timedelta(days=plan.offering.window_days)


def _room(plan: Plan, since: int, until: int) -> list[Span]:
    """Every second of [since, until), on a step or not, at which a visit could start: open until its end, and free."""
    rules = plan.offering
    length, before, after = rules.minutes * 60, rules.buffer_before * 60, rules.buffer_after * 60
    fits = [(max(start, since), min(end - length + 1, until)) for start, end in plan.open.spans]
    blocked = [(start - after - length + 1, end + before) for start, end in plan.busy]
    return without([span for span in fits if span[0] < span[1]], blocked)


def _runs(plan: Plan, room: list[Span]) -> Iterator[Sequence[int]]:
    """The steps of every stretch of hours that lie in `room`, run by run."""
    step, at, most = plan.offering.step * 60, 0, len(room)
    for stretch in plan.open.stretches:
        if stretch.midnight is None:
            yield _changed_steps(plan, stretch, room)
            continue
        begin, end = stretch.midnight + stretch.start_minute * 60, stretch.midnight + stretch.end_minute * 60
        while at < most and room[at][1] <= begin:
            at += 1
        look = at
        while look < most and room[look][0] < end:
            since, until = room[look]
            first = begin if since <= begin else since + (begin - since) % step
            if first < until:
                yield range(first, min(end, until), step)
            look += 1


def _changed_steps(plan: Plan, stretch: Stretch, room: list[Span]) -> list[int]:
    """The same on a date whose clocks change: minute by wall minute, those that the clock skips left out."""
    minutes = range(stretch.start_minute, stretch.end_minute, plan.offering.step)
    steps = (
        wall_second(plan.zone, stretch.on, minute) for minute in minutes if is_shown(plan.zone, stretch.on, minute)
    )
    return [start for start in steps if covers(room, start, start + 1)]


def _whole_second(now: datetime) -> int:
    """The first whole second that is not before `now`."""
    return int(now.replace(microsecond=0).timestamp()) + (now.microsecond > 0)
