"""Wall-clock hours become instants, through every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.clinic.scheduling.rules.intervals import covers
from portal.clinic.scheduling.rules.opening import is_shown, openings, plain_midnight, wall_second
from portal.clinic.scheduling.values import Override, OverrideKind, WeeklyHours
from tests.clinic.scheduling.strategies import DATES, ZONES, exceptions, is_normal, weeks

EVERY_DAY = tuple(range(7))


def instants(zone: str, on: date, *hours: tuple[int, int]) -> list[str]:
    habit = [WeeklyHours(on.weekday(), start, end) for start, end in hours]
    spans = openings(zone, habit, [], on, on).spans
    return [f"{datetime.fromtimestamp(a, UTC):%d %H:%M}-{datetime.fromtimestamp(b, UTC):%d %H:%M}" for a, b in spans]


class TestLiteralDays:
    @pytest.mark.parametrize(
        ("zone", "on", "hours", "expected"),
        [
            # London, 29 March 2026: 01:00 GMT becomes 02:00 BST
            ("Europe/London", date(2026, 3, 28), (540, 1020), ["28 09:00-28 17:00"]),
            ("Europe/London", date(2026, 3, 29), (540, 1020), ["29 08:00-29 16:00"]),
            ("Europe/London", date(2026, 3, 29), (780, 1020), ["29 12:00-29 16:00"]),  # afternoon of the change
            ("Europe/London", date(2026, 3, 29), (0, 240), ["29 00:00-29 03:00"]),  # 00:00 to 04:00 lasts 3 hours
            ("Europe/London", date(2026, 3, 29), (60, 120), []),  # 01:00 to 02:00 does not exist
            ("Europe/London", date(2026, 3, 29), (90, 180), ["29 01:00-29 02:00"]),  # opens when the gap ends
            ("Europe/London", date(2026, 3, 29), (0, 90), ["29 00:00-29 01:00"]),  # closes when the gap begins
            # London, 25 October 2026: 02:00 BST becomes 01:00 GMT
            ("Europe/London", date(2026, 10, 25), (0, 240), ["24 23:00-25 04:00"]),
            ("Europe/London", date(2026, 10, 25), (780, 1080), ["25 13:00-25 18:00"]),
            ("Europe/London", date(2026, 10, 25), (60, 120), ["25 00:00-25 02:00"]),  # 01:00 to 02:00 lasts 2 hours
            # New York, 8 March and 1 November 2026
            ("America/New_York", date(2026, 3, 8), (780, 1200), ["08 17:00-09 00:00"]),
            ("America/New_York", date(2026, 11, 1), (780, 1200), ["01 18:00-02 01:00"]),
            # Lord Howe moves by half an hour: 4 October 2026, 02:00 becomes 02:30; 5 April, 02:00 becomes 01:30
            ("Australia/Lord_Howe", date(2026, 10, 4), (0, 180), ["03 13:30-03 16:00"]),
            ("Australia/Lord_Howe", date(2026, 10, 4), (120, 150), []),
            ("Australia/Lord_Howe", date(2026, 4, 5), (0, 180), ["04 13:00-04 16:30"]),
            # Kathmandu, UTC+05:45, never changes
            ("Asia/Kathmandu", date(2026, 3, 29), (540, 600), ["29 03:15-29 04:15"]),
            # Cairo, 24 April 2026: midnight becomes 01:00
            ("Africa/Cairo", date(2026, 4, 24), (0, 120), ["23 22:00-23 23:00"]),
            ("Africa/Cairo", date(2026, 4, 23), (1380, 1440), ["23 21:00-23 22:00"]),
            # Cairo, 29 October 2026: the hour before midnight comes twice
            ("Africa/Cairo", date(2026, 10, 29), (1380, 1440), ["29 20:00-29 22:00"]),
            # Havana, 1 November 2026: 01:00 becomes midnight again
            ("America/Havana", date(2026, 11, 1), (0, 120), ["01 04:00-01 07:00"]),
            # Samoa had no 30 December 2011
            ("Pacific/Apia", date(2011, 12, 30), (0, 1440), []),
            ("Pacific/Apia", date(2011, 12, 29), (0, 1440), ["29 10:00-30 10:00"]),
            ("Pacific/Apia", date(2011, 12, 31), (0, 1440), ["30 10:00-31 10:00"]),
        ],
    )
    def test_hours_are_those_of_the_wall_clock(
        self, zone: str, on: date, hours: tuple[int, int], expected: list[str]
    ) -> None:
        assert instants(zone, on, hours) == expected

    @pytest.mark.parametrize(
        ("zone", "on", "gap", "change"),
        [
            ("Europe/London", date(2026, 3, 29), range(60, 120), datetime(2026, 3, 29, 1, tzinfo=UTC)),
            ("Australia/Lord_Howe", date(2026, 10, 4), range(120, 150), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
            ("Africa/Cairo", date(2026, 4, 24), range(60), datetime(2026, 4, 23, 22, tzinfo=UTC)),
            ("Pacific/Apia", date(2011, 12, 30), range(1440), datetime(2011, 12, 30, 10, tzinfo=UTC)),
        ],
    )
    def test_each_skipped_minute_is_the_very_second_of_the_change(
        self, zone: str, on: date, gap: range, change: datetime
    ) -> None:
        assert {wall_second(zone, on, minute) for minute in gap} == {int(change.timestamp())}
        assert not any(is_shown(zone, on, minute) for minute in gap)

    def test_hours_past_midnight_join_at_midnight(self) -> None:
        habit = [WeeklyHours(0, 1320, 1440), WeeklyHours(1, 0, 120)]
        spans = openings("Europe/London", habit, [], date(2026, 3, 23), date(2026, 3, 24)).spans
        begin = wall_second("Europe/London", date(2026, 3, 23), 1320)
        assert spans == [(begin, begin + 4 * 3600)]


class TestOverrides:
    WEEK = [WeeklyHours(day, 540, 1020) for day in EVERY_DAY]
    ON = date(2026, 5, 4)

    def minutes(self, *overrides: Override) -> list[tuple[int, int]]:
        midnight = wall_second("UTC", self.ON, 0)
        spans = openings("UTC", self.WEEK, overrides, self.ON, self.ON).spans
        return [((start - midnight) // 60, (end - midnight) // 60) for start, end in spans]

    def test_a_day_off_closes_the_date(self) -> None:
        assert self.minutes(Override(self.ON, OverrideKind.OFF)) == []
        around_the_clock = [WeeklyHours(day, 0, 1440) for day in EVERY_DAY]
        assert openings("UTC", around_the_clock, [Override(self.ON, OverrideKind.OFF)], self.ON, self.ON).spans == []

    def test_a_day_off_with_hours_closes_those_hours(self) -> None:
        assert self.minutes(Override(self.ON, OverrideKind.OFF, 600, 660)) == [(540, 600), (660, 1020)]

    def test_other_hours_replace_the_habit(self) -> None:
        hours = [Override(self.ON, OverrideKind.HOURS, 60, 120), Override(self.ON, OverrideKind.HOURS, 1200, 1260)]
        assert self.minutes(*hours) == [(60, 120), (1200, 1260)]

    def test_a_day_off_wins_over_other_hours(self) -> None:
        both = [Override(self.ON, OverrideKind.OFF), Override(self.ON, OverrideKind.HOURS, 60, 120)]
        assert self.minutes(*both) == []

    def test_other_hours_that_last_no_time_close_the_date(self) -> None:
        assert self.minutes(Override(self.ON, OverrideKind.HOURS, 0, 0)) == []

    def test_another_date_is_left_alone(self) -> None:
        assert self.minutes(Override(self.ON + timedelta(days=1), OverrideKind.OFF)) == [(540, 1020)]


class TestProperties:
    @given(st.sampled_from(ZONES), DATES, st.integers(0, 1439))
    @example("Africa/Cairo", date(2026, 4, 24), 30)
    @example("America/Havana", date(2026, 11, 1), 30)
    def test_the_wall_clock_shows_what_was_asked_or_has_just_jumped_over_it(
        self, zone: str, on: date, minute: int
    ) -> None:
        second = wall_second(zone, on, minute)
        shown = datetime.fromtimestamp(second, ZoneInfo(zone)).replace(tzinfo=None)
        asked = datetime.combine(on, time(minute // 60, minute % 60))
        if is_shown(zone, on, minute):
            assert shown == asked
            earlier = datetime.fromtimestamp(second, UTC) - timedelta(seconds=1)
            back = datetime.fromtimestamp(earlier.timestamp(), ZoneInfo(zone))
            assert back.replace(tzinfo=None, microsecond=0) != asked  # the first time that it shows it
        else:
            before = datetime.fromtimestamp(second - 1, ZoneInfo(zone)).replace(tzinfo=None)
            assert before + timedelta(seconds=1) <= asked < shown  # the jump is at this very second

    @given(st.sampled_from(ZONES), DATES)
    def test_a_date_runs_from_midnight_to_midnight_in_order(self, zone: str, on: date) -> None:
        day = [wall_second(zone, on, minute) for minute in range(0, 1441, 15)]
        assert day == sorted(day)
        assert day[-1] == wall_second(zone, on + timedelta(days=1), 0)

    @given(st.sampled_from(ZONES), DATES)
    def test_plain_dates_have_24_hours(self, zone: str, on: date) -> None:
        plain = plain_midnight(zone, on)
        if plain is not None:
            assert wall_second(zone, on + timedelta(days=1), 0) - plain == 86_400

    def test_dates_are_plain_but_for_those_of_a_change(self) -> None:
        year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
        for zone, changes in (("Europe/London", 2), ("Asia/Kathmandu", 0), ("Australia/Lord_Howe", 2)):
            assert sum(plain_midnight(zone, on) is None for on in year) == changes

    @given(st.data(), st.sampled_from(ZONES), DATES, weeks)
    def test_a_second_is_open_when_its_wall_clock_is_inside_the_stated_hours(
        self, data: st.DataObject, zone: str, first: date, week: list[WeeklyHours]
    ) -> None:
        rules = data.draw(exceptions(first))
        last = first + timedelta(days=10)
        spans = openings(zone, week, rules, first, last).spans
        assert is_normal(spans)
        on = first + timedelta(days=data.draw(st.integers(0, 10)))
        minute = data.draw(st.integers(0, 1439))
        if is_shown(zone, on, minute):
            second = wall_second(zone, on, minute)
            assert covers(spans, second, second + 1) == _stated(week, rules, on, minute)


def _stated(week: list[WeeklyHours], rules: list[Override], on: date, minute: int) -> bool:
    mine = [rule for rule in rules if rule.on == on]
    off = [rule for rule in mine if rule.kind is OverrideKind.OFF]
    if any(rule.end_minute == 0 or rule.start_minute <= minute < rule.end_minute for rule in off):
        return False
    hours = [(rule.start_minute, rule.end_minute) for rule in mine if rule.kind is OverrideKind.HOURS]
    usual = [(rule.start_minute, rule.end_minute) for rule in week if rule.weekday == on.weekday()]
    return any(start <= minute < end for start, end in hours or usual)


def test_every_zone_keeps_its_wall_hours_on_every_change_of_two_years() -> None:
    """Hours that lie across each change, and in the afternoon of it, open and close as the wall clock says."""
    changes = 0
    for zone in ZONES:
        for on in _change_dates(zone):
            changes += 1
            for start, end in ((0, 1440), (0, 240), (60, 150), (780, 1020)):
                spans = openings(zone, [WeeklyHours(on.weekday(), start, end)], [], on, on).spans
                for minute in range(0, 1440, 30):
                    if is_shown(zone, on, minute):
                        second = wall_second(zone, on, minute)
                        assert covers(spans, second, second + 1) == (start <= minute < end), (zone, on, minute)
    assert changes > 1000


def _change_dates(zone: str) -> list[date]:
    """Local dates on which the clocks change: two years of every zone (the rules repeat), read from its offsets."""
    place, found = ZoneInfo(zone), []
    at, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    offset = at.astimezone(place).utcoffset()
    while at < last:
        at += timedelta(hours=6)
        now = at.astimezone(place).utcoffset()
        if now != offset:
            found += sorted({(at - timedelta(hours=hours)).astimezone(place).date() for hours in (0, 6)})
            offset = now
    return found
