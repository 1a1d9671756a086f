"""Which times are offered, and whether one may be booked: the same question. The law: docs/rules/slots.md.

Inside, everything is whole seconds since 1970 and sorted lists, so that a month of a busy clinician is one sweep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.clinic.scheduling.rules.intervals import Span, covers, without
from portal.clinic.scheduling.rules.opening import Openings, Stretch, is_shown, plain_midnight, wall_second
from portal.clinic.scheduling.values import Offering


@dataclass(frozen=True)
class Plan:
    """One clinician's time for one service. `busy` is in order and holds what is booked with its buffers."""

    zone: str
    open: Openings
    busy: list[Span]
    offering: Offering


def offered(plan: Plan, first: date, last: date, now: datetime) -> list[datetime]:
    """Every start that may be booked on the clinician's dates `first` to `last`, sorted, each once."""
    return [datetime.fromtimestamp(start, UTC) for start in starts(plan, first, last, now)]


def may_book(plan: Plan, start: datetime, now: datetime) -> bool:
    """Whether this very start is among those offered on its date."""
    if start.microsecond:
        return False
    on = start.astimezone(ZoneInfo(plan.zone)).date()
    return int(start.timestamp()) in starts(plan, on, on, now)


def starts(plan: Plan, first: date, last: date, now: datetime) -> Iterator[int]:
    """`offered` in seconds, one by one: whoever needs the first few stops there."""
    today, horizon = bookable_dates(plan, now)
    first, last = max(first, today), min(last, horizon)
    room = _room(plan, _whole_second(now) + plan.offering.notice * 60)
    at = 0
    for stretch in plan.open.stretches:
        if not first <= stretch.on <= last:
            continue
        begin = wall_second(plan.zone, stretch.on, stretch.start_minute)
        while at < len(room) and room[at][1] <= begin:
            at += 1
        if at == len(room):
            return
        yield from _on_steps(plan, stretch, room, at)


def bookable_dates(plan: Plan, now: datetime) -> tuple[date, date]:
    """The clinician's dates, both included, between which anything can be offered at all."""
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    return today, today + timedelta(days=plan.offering.window_days)


def _room(plan: Plan, earliest: int) -> list[Span]:
    """Every second, on a step or not, at which a visit could start: open until its end, free with its buffers."""
    rules = plan.offering
    length, before, after = rules.minutes * 60, rules.buffer_before * 60, rules.buffer_after * 60
    fits = [(max(start, earliest), end - length + 1) for start, end in plan.open.spans]
    blocked = [(start - after - length + 1, end + before) for start, end in plan.busy]
    return without([span for span in fits if span[0] < span[1]], blocked)


def _on_steps(plan: Plan, stretch: Stretch, room: list[Span], at: int) -> Iterator[int]:
    """The steps of a stretch that lie in `room`, whose spans before `at` are past."""
    midnight = plain_midnight(plan.zone, stretch.on)
    if midnight is None:
        yield from _on_changed_steps(plan, stretch, room)
        return
    begin, end, step = midnight + stretch.start_minute * 60, midnight + stretch.end_minute * 60, plan.offering.step * 60
    while at < len(room) and room[at][0] < end:
        since, until = room[at]
        first = begin if since <= begin else begin + -((begin - since) // step) * step
        yield from range(first, min(until, end), step)
        at += 1


def _on_changed_steps(plan: Plan, stretch: Stretch, room: list[Span]) -> Iterator[int]:
    """The same on a date whose clocks change: minute by wall minute, those that the clock skips left out."""
    for minute in range(stretch.start_minute, stretch.end_minute, plan.offering.step):
        start = wall_second(plan.zone, stretch.on, minute)
        if is_shown(plan.zone, stretch.on, minute) and covers(room, start, start + 1):
            yield start


def _whole_second(now: datetime) -> int:
    """The first whole second that is not before `now`."""
    return int(now.replace(microsecond=0).timestamp()) + (now.microsecond > 0)
