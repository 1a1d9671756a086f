"""What the therapists page shows; times of day as people type them (HH:MM)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import get_day_names

from portal.clinic.scheduling.values import OverrideKind, OverrideView, WeeklyHours
from portal.texts.catalogue import LOCALE, say
from portal.texts.formats import day_full


@dataclass(frozen=True)
class TherapistCard:
    """A therapist in the list and in the form; needs and languages separated by commas."""

    public_id: str = ""
    name: str = ""
    title: str = ""
    quote: str = ""
    about: str = ""
    portrait: str = ""
    needs: str = ""
    languages: str = ""
    zone: str = ""
    is_active: bool = True
    given: str = ""


@dataclass(frozen=True)
class GivenCard:
    """A service and whether the therapist gives it."""

    public_id: str
    name: str
    is_given: bool


@dataclass(frozen=True)
class SpanCard:
    """Hours of one weekday."""

    key: str
    weekday: str
    day: str
    start: str
    end: str


@dataclass(frozen=True)
class OverrideCard:
    """A date that differs."""

    public_id: str
    date: str
    what: str
    note: str


def minutes_of(text: str) -> int | None:
    """`09:30` as 570; None when it is no time. `24:00` ends a day."""
    hour, colon, minute = text.strip().partition(":")
    if not colon or not (hour + minute).isascii() or not (hour + minute).isdigit() or len(minute) != 2:
        return None
    total = int(hour[:3]) * 60 + int(minute)
    return total if int(minute) < 60 and 0 <= total <= 24 * 60 else None


def typed(minute: int) -> str:
    """570 as `09:30`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day_name(weekday: int) -> str:
    """Monday is 0."""
    return str(get_day_names("wide", locale=LOCALE)[weekday])


def span_cards(hours: Sequence[WeeklyHours]) -> list[SpanCard]:
    """Weekly hours as rows of a form."""
    return [
        SpanCard(f"{place}", str(one.weekday), day_name(one.weekday), typed(one.start_minute), typed(one.end_minute))
        for place, one in enumerate(hours)
    ]


def override_card(one: OverrideView) -> OverrideCard:
    """An override in words."""
    span = say(LOCALE, "{start} to {end}", start=typed(one.start_minute), end=typed(one.end_minute))
    if one.kind is OverrideKind.HOURS:
        what = say(LOCALE, "works {span}", span=span)
    else:
        what = say(LOCALE, "off {span}", span=span) if one.end_minute else say(LOCALE, "off all day")
    return OverrideCard(one.public_id, day_full(one.on), what, one.note)


def read_spans(sent: dict[str, str], rows: Sequence[SpanCard]) -> tuple[list[WeeklyHours], list[SpanCard], str]:
    """The form's rows as hours, the rows as typed, and what is wrong with them in words."""
    hours: list[WeeklyHours] = []
    kept: list[SpanCard] = []
    problem = ""
    for row in rows:
        weekday = sent.get(f"weekday-{row.key}", row.weekday)
        start, end = sent.get(f"start-{row.key}", row.start), sent.get(f"end-{row.key}", row.end)
        number = int(weekday) if weekday in {"0", "1", "2", "3", "4", "5", "6"} else 0
        kept.append(SpanCard(row.key, str(number), day_name(number), start, end))
        begin, until = minutes_of(start), minutes_of(end)
        if begin is None or until is None:
            problem = say(LOCALE, "{day}: write times like 09:00. Nothing was saved yet.", day=day_name(number))
        else:
            hours.append(WeeklyHours(number, begin, until))
    return hours, kept, problem
