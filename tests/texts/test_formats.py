"""Dates, zones and money read as the design writes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.texts import formats

AT = datetime(2026, 3, 19, 10, 30, tzinfo=UTC)
DAY = date(2026, 3, 19)


def test_days():
    assert formats.day_long(DAY) == "Thursday 19 March"
    assert formats.day_full(DAY) == "Thursday 19 March 2026"
    assert formats.day_short(DAY) == "Thu 19 Mar"
    assert formats.day_plain(DAY) == "19 March 2026"
    assert formats.day_brief(DAY) == "19 Mar"
    assert formats.day_long(DAY, "es").startswith("jue")


def test_day_words():
    assert formats.day_word(DAY, DAY) == "Today"
    assert formats.day_word(DAY, DAY - timedelta(days=1)) == "Tomorrow"
    assert formats.day_word(DAY, DAY + timedelta(days=1)) == "Yesterday"
    assert formats.day_word(DAY, date(2026, 3, 1)) == "Thu 19 Mar"


def test_clock_is_that_of_the_zone():
    assert formats.clock(AT, "Europe/London") == "10:30"
    assert formats.clock(AT, "Europe/Oslo") == "11:30"
    assert formats.clock_range(AT, AT + timedelta(minutes=50), "Europe/London") == "10:30 to 11:20"
    assert formats.moment(AT, "America/New_York") == "Thursday 19 March, 06:30"
    assert formats.moment_short(AT, "Asia/Tokyo") == "Thu 19 Mar, 19:30"
    assert formats.stamp(AT, "Europe/London") == "19 Mar 2026, 10:30:00"


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="zone"):
        formats.clock(datetime(2026, 3, 19, 10, 30), "Europe/London")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "London time"),
        ("Asia/Calcutta", "Kolkata time"),
        ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("Etc/GMT+3", "UTC−3"),
    ],
)
def test_zones_have_words(zone, words):
    assert formats.zone_words(zone) == words


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (6500, "GBP", "£65.00"),
        (6500, "JPY", "JP¥6,500"),
        (6500, "KWD", "KWD6.500"),
        (-3250, "GBP", "−£32.50"),
        (0, "EUR", "€0.00"),
    ],
)
def test_money(minor, currency, words):
    assert formats.money(minor, currency).replace("\xa0", "") == words


def test_durations():
    assert formats.minutes_words(50) == "50 minutes"
    assert formats.minutes_words(75) == "1 hour and 15 minutes"
    assert formats.minutes_words(60) == "1 hour"
    assert formats.minutes_words(0) == "0 minutes"
    assert formats.minutes_words(3 * 1440 + 120 + 5) == "3 days and 2 hours"
    assert formats.lasting(90) == "90 minutes"
    assert formats.until_words(AT, AT + timedelta(hours=4, minutes=37, seconds=1)) == "4 hours and 38 minutes"
    assert formats.until_words(AT, AT - timedelta(hours=1)) == "0 minutes"


@given(st.integers(-(10**12), 10**12))
def test_money_keeps_every_penny(minor):
    said = formats.money(minor, "GBP")
    digits = "".join(c for c in said if c.isdigit())
    assert int(digits) == abs(minor)
    assert said.startswith("−") == (minor < 0)
