"""Days, parts of days and clock changes, as the reader's own clock shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.clinic.scheduling.values import Slot
from portal.pages.public.times import clock_change, clock_words, first_days, nearest_days, part_of

NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)  # a Tuesday


def slot(day: int, hour: int, minute: int = 0) -> Slot:
    begin = datetime(2026, 3, day, hour, minute, tzinfo=UTC)
    return Slot(begin, begin + timedelta(minutes=50), "c", "s")


SLOTS = [slot(18, 10, 30), slot(18, 14), slot(19, 9), slot(19, 18, 30), slot(23, 15, 30)]


def test_days_without_times_say_so_and_stand_together():
    days, last = first_days(SLOTS, "Europe/London", NOW, 9)
    assert [(day.title, day.note) for day in days] == [
        ("Tuesday 17 March", "No free times"),
        ("Wednesday 18 March", "Tomorrow · 2 times"),
        ("Thursday 19 March", "2 times"),
        ("Friday 20 March to Sunday 22 March", "No free times"),
        ("Monday 23 March", "1 time"),
    ]
    assert [part.name for part in days[2].parts] == ["Morning", "Evening"]
    assert last == date(2026, 3, 23)


def test_only_so_many_days_with_times_are_shown():
    days, last = first_days(SLOTS, "Europe/London", NOW, 2)
    assert (days[-1].key, last) == ("2026-03-19", date(2026, 3, 19))


def test_a_time_stands_on_the_day_of_the_reader():
    days, _ = first_days([slot(18, 14)], "Pacific/Auckland", NOW, 9)
    assert (days[-1].title, days[-1].parts[0].times[0].time) == ("Thursday 19 March", "03:00")


def test_nothing_free_is_no_day_at_all():
    assert first_days([], "Europe/London", NOW, 9) == ([], None)


@pytest.mark.parametrize(("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "evening")])
def test_the_day_has_three_parts(hour, part):
    assert part_of(datetime(2026, 1, 5, hour, 59, tzinfo=UTC), "UTC") == part


def test_the_nearest_days_are_shown_in_their_order():
    days = nearest_days(SLOTS, datetime(2026, 3, 19, 10, 30, tzinfo=UTC), "Europe/London", NOW)
    assert [day.title for day in days] == ["Wednesday 18 March", "Thursday 19 March"]


@pytest.mark.parametrize(
    ("zone", "first", "last", "expected"),
    [
        ("Europe/London", date(2026, 3, 17), date(2026, 4, 1), (date(2026, 3, 29), True)),
        ("Europe/London", date(2026, 10, 20), date(2026, 10, 26), (date(2026, 10, 25), False)),
        ("Europe/London", date(2026, 3, 30), date(2026, 5, 1), None),
        ("Australia/Lord_Howe", date(2026, 10, 1), date(2026, 10, 9), (date(2026, 10, 4), True)),
        ("Africa/Cairo", date(2026, 4, 20), date(2026, 4, 27), (date(2026, 4, 24), True)),
        ("UTC", date(2026, 1, 1), date(2026, 12, 31), None),
    ],
)
def test_a_clock_change_is_found(zone, first, last, expected):
    assert clock_change(zone, first, last) == expected


def test_a_clock_change_is_told():
    assert clock_words("Europe/London", date(2026, 3, 17), date(2026, 3, 31)) == (
        "On Sunday 29 March the clocks go forward in London. Times after that day already count with it."
    )
    assert "go back in London" in clock_words("Europe/London", date(2026, 10, 1), date(2026, 10, 31))
    assert clock_words("Europe/London", date(2026, 5, 1), date(2026, 6, 1)) == ""
