"""Free times as days, parts of days and buttons, in the zone of the one who reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from portal.clinic.scheduling.values import Slot
from portal.components.cards import SlotDay, SlotPart, SlotTime
from portal.texts import LOCALE, say, say_n
from portal.texts import formats as f

_NOON, _EVENING = 12, 17
_DAY = timedelta(days=1)


def part_of(at: datetime, zone: str) -> str:
    """`morning`, `afternoon` or `evening`, by the reader's clock."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    return "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"


def part_words(part: str) -> str:
    """The name of a part of the day."""
    words = {
        "morning": say(LOCALE, "Morning"),
        "afternoon": say(LOCALE, "Afternoon"),
        "evening": say(LOCALE, "Evening"),
    }
    return words[part]


def short_time(slot: Slot, zone: str, now: datetime) -> SlotTime:
    """A time with its day beneath it."""
    on, today = f.day_of(slot.starts_at, zone), f.day_of(now, zone)
    return SlotTime(id=slot.slot_id, time=f.clock(slot.starts_at, zone), note=f.day_word(on, today))


def first_days(slots: Sequence[Slot], zone: str, now: datetime, most: int) -> tuple[list[SlotDay], date | None]:
    """The first `most` days that have times, with the empty ones before and between; and the last day of them."""
    by_day = {on: list(some) for on, some in groupby(slots, lambda slot: f.day_of(slot.starts_at, zone))}
    if not by_day:
        return [], None
    today, last = f.day_of(now, zone), sorted(by_day)[:most][-1]
    days: list[SlotDay] = []
    on = min(today, *by_day)
    while on <= last:
        if on in by_day:
            days.append(full_day(on, by_day[on], zone, today))
            on += _DAY
            continue
        until = min(day for day in by_day if day > on) - _DAY
        days.append(_empty_day(on, until))
        on = until + _DAY
    return days, last


def full_day(on: date, slots: Sequence[Slot], zone: str, today: date) -> SlotDay:
    """One day with its times in rows."""
    rows = groupby(slots, lambda slot: part_of(slot.starts_at, zone))
    parts = [
        SlotPart(part_words(part), [SlotTime(slot.slot_id, f.clock(slot.starts_at, zone)) for slot in some])
        for part, some in rows
    ]
    count = say_n(LOCALE, "{n} time", "{n} times", len(slots))
    near = (on - today).days in {0, 1}
    note = say(LOCALE, "{day} · {times}", day=f.day_word(on, today), times=count) if near else count
    return SlotDay(on.isoformat(), f.day_long(on), note, parts)


def _empty_day(on: date, until: date) -> SlotDay:
    days = (
        f.day_long(on) if on == until else say(LOCALE, "{start} to {end}", start=f.day_long(on), end=f.day_long(until))
    )
    return SlotDay(on.isoformat(), days, say(LOCALE, "No free times"))


def nearest_days(slots: Sequence[Slot], at: datetime, zone: str, now: datetime) -> list[SlotDay]:
    """The two days with times that lie nearest to `at`."""
    by_day = {on: list(some) for on, some in groupby(slots, lambda slot: f.day_of(slot.starts_at, zone))}
    wanted = f.day_of(at, zone)
    nearest = sorted(sorted(by_day, key=lambda on: abs((on - wanted).days))[:2])
    return [full_day(on, by_day[on], zone, f.day_of(now, zone)) for on in nearest]


def clock_change(zone: str, first: date, last: date) -> tuple[date, bool] | None:
    """The day after `first`, up to `last`, on which clocks change in that zone, and whether they go forward."""
    here = ZoneInfo(zone)
    on = first
    while on <= last:
        before, after = (datetime(day.year, day.month, day.day, tzinfo=here).utcoffset() for day in (on, on + _DAY))
        if before != after and before is not None and after is not None:
            return on, after > before
        on += _DAY
    return None


def clock_words(zone: str, first: date, last: date) -> str:
    """What to know about a clock change between those days; empty when there is none."""
    found = clock_change(zone, first, last)
    if found is None:
        return ""
    day, city = f.day_long(found[0]), f.zone_city(zone)
    if found[1]:
        return say(
            LOCALE,
            "On {day} the clocks go forward in {city}. Times after that day already count with it.",
            day=day,
            city=city,
        )
    return say(
        LOCALE, "On {day} the clocks go back in {city}. Times after that day already count with it.", day=day, city=city
    )
