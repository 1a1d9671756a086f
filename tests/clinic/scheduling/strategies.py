"""Made-up hours, services and calendars for the properties of the slot rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

from hypothesis import strategies as st

from portal.clinic.scheduling.rules.intervals import Span, normal
from portal.clinic.scheduling.rules.opening import openings
from portal.clinic.scheduling.rules.slots import Plan
from portal.clinic.scheduling.values import Offering, Override, OverrideKind, WeeklyHours

ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right"))
)
QUARTERS = st.integers(0, 95).map(lambda quarter: quarter * 15)
DATES = st.dates(date(2020, 1, 1), date(2037, 12, 1))


def is_normal(spans: list[Span]) -> bool:
    """Sorted, no span empty, none touching the next."""
    lasts = all(start < end for start, end in spans)
    return lasts and all(one[1] < two[0] for one, two in pairwise(spans))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(QUARTERS)
    return start, min(24 * 60, start + draw(st.integers(1, 48)) * 15)


weeks = st.lists(st.builds(lambda day, span: WeeklyHours(day, *span), st.integers(0, 6), stretches()), max_size=10)
offerings = st.builds(
    Offering,
    minutes=st.sampled_from([5, 20, 50, 60, 90, 180]),
    buffer_before=st.sampled_from([0, 5, 10, 30]),
    buffer_after=st.sampled_from([0, 5, 10, 30]),
    notice=st.sampled_from([0, 7, 60, 1440, 4320]),
    window_days=st.integers(0, 12),
    step=st.sampled_from([5, 15, 30, 45, 60, 100]),
)


@st.composite
def exceptions(draw: st.DrawFn, first: date) -> list[Override]:
    def one() -> Override:
        on = first + timedelta(days=draw(st.integers(0, 10)))
        kind = draw(st.sampled_from(OverrideKind))
        if kind is OverrideKind.OFF and draw(st.booleans()):
            return Override(on, kind)
        return Override(on, kind, *draw(stretches()))

    return [one() for _ in range(draw(st.integers(0, 4)))]


@st.composite
def calendars(draw: st.DrawFn, around: int) -> list[Span]:
    spans = st.tuples(st.integers(-200, 2000), st.integers(1, 30))
    return normal((around + at * 420, around + (at + long) * 420) for at, long in draw(st.lists(spans, max_size=25)))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, date, datetime]:
    """A plan, the date it begins on, and a now near that date."""
    zone, first = draw(st.sampled_from(ZONES)), draw(DATES)
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    now = midnight + timedelta(minutes=draw(st.integers(-2000, 4000)), microseconds=draw(st.sampled_from([0, 1])))
    open_time = openings(
        zone, draw(weeks), draw(exceptions(first)), first - timedelta(days=1), first + timedelta(days=12)
    )
    return Plan(zone, open_time, draw(calendars(int(midnight.timestamp()))), draw(offerings)), first, now
