"""Dates, times, zones, money and durations as the reader's language writes them; instants are aware."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone, get_timezone_location
from babel.numbers import format_currency, get_currency_precision

from portal.texts.catalogue import LOCALE, say, say_n

_SHAPES: Final = {
    "long": ("EEEE d MMMM", "MMMMEEEEd"),
    "full": ("EEEE d MMMM y", "yMMMMEEEEd"),
    "short": ("EEE d MMM", "MMMEd"),
    "plain": ("d MMMM y", "yMMMMd"),
    "brief": ("d MMM", "MMMd"),
    "dated": ("d MMM y", "yMMMd"),
}
"""English patterns as the design writes them (no commas), and the skeleton for every other language."""


def day_of(at: datetime, zone: str) -> date:
    """The calendar day on which that instant falls in that zone."""
    return _local(at, zone).date()


def day_long(on: date, locale: str = LOCALE) -> str:
    """`Thursday 19 March`."""
    return _day(on, "long", locale)


def day_full(on: date, locale: str = LOCALE) -> str:
    """`Thursday 19 March 2026`."""
    return _day(on, "full", locale)


def day_short(on: date, locale: str = LOCALE) -> str:
    """`Thu 19 Mar`."""
    return _day(on, "short", locale)


def day_plain(on: date, locale: str = LOCALE) -> str:
    """`19 March 2026`, for documents."""
    return _day(on, "plain", locale)


def day_brief(on: date, locale: str = LOCALE) -> str:
    """`19 Mar`, under a chart."""
    return _day(on, "brief", locale)


def day_word(on: date, today: date, locale: str = LOCALE) -> str:
    """`Today`, `Tomorrow`, `Yesterday`, else the short date."""
    match (on - today).days:
        case 0:
            return say(locale, "Today")
        case 1:
            return say(locale, "Tomorrow")
        case -1:
            return say(locale, "Yesterday")
        case _:
            return day_short(on, locale)


def clock(at: datetime, zone: str, locale: str = LOCALE) -> str:
    """`10:30`."""
    return format_time(_local(at, zone), "short", locale=locale)


def clock_range(start: datetime, end: datetime, zone: str, locale: str = LOCALE) -> str:
    """`10:30 to 11:20`."""
    return say(locale, "{start} to {end}", start=clock(start, zone, locale), end=clock(end, zone, locale))


def moment(at: datetime, zone: str, locale: str = LOCALE) -> str:
    """`Thursday 19 March, 10:30`."""
    return say(locale, "{day}, {time}", day=day_long(day_of(at, zone), locale), time=clock(at, zone, locale))


def moment_short(at: datetime, zone: str, locale: str = LOCALE) -> str:
    """`Thu 19 Mar, 10:30`."""
    return say(locale, "{day}, {time}", day=day_short(day_of(at, zone), locale), time=clock(at, zone, locale))


def stamp(at: datetime, zone: str, locale: str = LOCALE) -> str:
    """`17 Mar 2026, 14:53:06`, for trails and saved notes."""
    local = _local(at, zone)
    seconds = format_time(local, "medium", locale=locale)
    return say(locale, "{day}, {time}", day=_day(local.date(), "dated", locale), time=seconds)


def zone_city(zone: str, locale: str = LOCALE) -> str:
    """`London`, `New York`, `UTC`; old aliases get their present name."""
    place = get_timezone_location(get_timezone(zone), locale=locale, return_city=True)
    return place.rsplit("/", 1)[-1]


def zone_words(zone: str, locale: str = LOCALE, at: datetime | None = None) -> str:
    """`London time`; a zone without a place is told by its distance from UTC at that instant."""
    if "/" in zone and not zone.startswith("Etc/"):
        return say(locale, "{city} time", city=zone_city(zone, locale))
    ahead = ZoneInfo(zone).utcoffset(at or datetime.fromtimestamp(0, ZoneInfo("UTC"))) or timedelta()
    if not ahead:
        return say(locale, "UTC")
    hours, rest = divmod(abs(ahead) // timedelta(minutes=1), 60)
    sign = "+" if ahead > timedelta() else "−"
    return say(locale, "UTC{offset}", offset=f"{sign}{hours}" + (f":{rest:02}" if rest else ""))


def money(minor: int, currency: str, locale: str = LOCALE) -> str:
    """`£65.00`, `¥6,500`: from minor units, with as many decimals as the currency has."""
    major = Decimal(minor).scaleb(-get_currency_precision(currency))
    return format_currency(major, currency, locale=locale, format_type="standard").replace("-", "−", 1)


def decimals(currency: str) -> int:
    """How many decimals the currency has: 2 for GBP, 0 for JPY."""
    return get_currency_precision(currency)


def minutes_words(minutes: int, locale: str = LOCALE) -> str:
    """`50 minutes`, `1 hour and 15 minutes`, `3 days and 2 hours`: the two largest units."""
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [
        say_n(locale, "{n} day", "{n} days", days) if days else "",
        say_n(locale, "{n} hour", "{n} hours", hours) if hours else "",
        say_n(locale, "{n} minute", "{n} minutes", rest) if rest or not (days or hours) else "",
    ]
    largest = [part for part in parts if part][:2]
    if len(largest) == 1:
        return largest[0]
    return say(locale, "{one} and {other}", one=largest[0], other=largest[1])


def lasting(minutes: int, locale: str = LOCALE) -> str:
    """The length of a visit: `50 minutes`, `90 minutes`."""
    return say_n(locale, "{n} minute", "{n} minutes", minutes)


def until_words(now: datetime, at: datetime, locale: str = LOCALE) -> str:
    """How long from now, rounded up to whole minutes: `4 hours and 38 minutes`."""
    left = max(at - now, timedelta())
    return minutes_words(-(-left // timedelta(minutes=1)), locale)


def _local(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant has a zone")
    return at.astimezone(ZoneInfo(zone))


def _day(on: date, shape: str, locale: str) -> str:
    english, skeleton = _SHAPES[shape]
    language = Locale.parse(locale)
    if language.language == "en" and language.territory != "US":
        return format_date(on, english, locale=language)
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("UTC"))
    return format_skeleton(skeleton, noon, locale=language)
