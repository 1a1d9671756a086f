"""What is offered can be booked, and nothing else can."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clinic.scheduling.rules.intervals import Span, covers, normal
from portal.clinic.scheduling.rules.opening import openings, wall_second
from portal.clinic.scheduling.rules.slots import Plan, bookable_dates, may_book, offered, starts
from portal.clinic.scheduling.values import Offering, Override, OverrideKind, WeeklyHours
from tests.clinic.scheduling.strategies import plans

Drawn = tuple[Plan, date, datetime]
MINUTE = timedelta(minutes=1)


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def days_of(drawn: Drawn) -> list[datetime]:
    plan, first, now = drawn
    return offered(plan, first - timedelta(days=1), first + timedelta(days=12), now)


class TestWhatIsOffered:
    @given(plans())
    def test_is_sorted_and_comes_once(self, drawn: Drawn) -> None:
        found = days_of(drawn)
        assert found == sorted(set(found))

    @given(plans())
    def test_leaves_what_is_booked_alone_buffers_included(self, drawn: Drawn) -> None:
        plan, rules = drawn[0], drawn[0].offering
        for start in days_of(drawn):
            begin = seconds(start) - rules.buffer_before * 60
            end = seconds(start) + (rules.minutes + rules.buffer_after) * 60
            assert not any(a < end and b > begin for a, b in plan.busy)

    @given(plans())
    def test_lies_inside_working_hours_to_the_last_minute(self, drawn: Drawn) -> None:
        plan = drawn[0]
        for start in days_of(drawn):
            assert covers(plan.open.spans, seconds(start), seconds(start) + plan.offering.minutes * 60)

    @given(plans())
    def test_respects_notice_and_window(self, drawn: Drawn) -> None:
        plan, _, now = drawn
        last = now.astimezone(ZoneInfo(plan.zone)).date() + timedelta(days=plan.offering.window_days)
        for start in days_of(drawn):
            assert start - now >= plan.offering.notice * MINUTE
            assert start.astimezone(ZoneInfo(plan.zone)).date() <= last

    @given(plans())
    def test_stands_on_a_step_of_the_stated_hours_and_never_twice_on_one_wall_time(self, drawn: Drawn) -> None:
        plan = drawn[0]
        shown = [start.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None) for start in days_of(drawn)]
        assert len(shown) == len(set(shown))
        for wall in shown:
            minute = wall.hour * 60 + wall.minute
            assert any(
                stretch.on == wall.date()
                and stretch.start_minute <= minute < stretch.end_minute
                and (minute - stretch.start_minute) % plan.offering.step == 0
                for stretch in plan.open.stretches
            )


class TestMayBook:
    @given(plans(), st.integers(0, 13 * 24 * 12))
    def test_says_yes_to_exactly_what_is_offered(self, drawn: Drawn, fives: int) -> None:
        plan, first, now = drawn
        found = days_of(drawn)
        assert all(may_book(plan, start, now) for start in found)
        midnight = wall_second(plan.zone, first - timedelta(days=1), 0)
        other = datetime.fromtimestamp(midnight + fives * 300, UTC)
        assert may_book(plan, other, now) == (other in found)

    @given(plans(), st.sampled_from([timedelta(seconds=1), -timedelta(seconds=1), timedelta(microseconds=1)]))
    def test_says_no_beside_the_step(self, drawn: Drawn, off: timedelta) -> None:
        plan, _, now = drawn
        assert not any(may_book(plan, start + off, now) for start in days_of(drawn)[:20])

    @given(plans())
    def test_says_no_to_what_has_just_been_taken_and_yes_to_the_rest(self, drawn: Drawn) -> None:
        plan, _, now = drawn
        found = days_of(drawn)
        if not found:
            return
        rules, taken = plan.offering, found[len(found) // 2]
        begin = seconds(taken) - rules.buffer_before * 60
        end = seconds(taken) + (rules.minutes + rules.buffer_after) * 60
        after = Plan(plan.zone, plan.open, normal([*plan.busy, (begin, end)]), rules)
        left = set(days_of((after, drawn[1], now)))
        assert taken not in left
        assert left <= set(found)
        apart = (rules.minutes + rules.buffer_before + rules.buffer_after) * MINUTE
        assert left == {start for start in found if abs(start - taken) >= apart}

    @given(plans(), st.sampled_from(["UTC", "Asia/Kathmandu", "Pacific/Apia"]))
    def test_does_not_care_in_which_zone_an_instant_is_written(self, drawn: Drawn, zone: str) -> None:
        plan, _, now = drawn
        for start in days_of(drawn)[:5]:
            assert may_book(plan, start.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)))


@given(plans(), st.integers(0, 11))
def test_asking_day_by_day_gives_the_same_as_asking_at_once(drawn: Drawn, cut: int) -> None:
    plan, first, now = drawn
    middle, last = first + timedelta(days=cut), first + timedelta(days=12)
    begin = first - timedelta(days=1)
    assert offered(plan, begin, last, now) == [
        *offered(plan, begin, middle, now),
        *offered(plan, middle + timedelta(days=1), last, now),
    ]


@given(plans())
def test_later_only_takes_away(drawn: Drawn) -> None:
    plan, first, now = drawn
    today = bookable_dates(plan, now)
    later = now + timedelta(minutes=47)
    if bookable_dates(plan, later) == today:
        assert set(days_of((plan, first, later))) <= set(days_of(drawn))


@given(plans())
def test_the_first_few_are_the_beginning_of_all(drawn: Drawn) -> None:
    plan, first, now = drawn
    found = [seconds(start) for start in offered(plan, first, first + timedelta(days=12), now)]
    since, until = (found[0], found[-1] + 1) if found else (0, 1)
    assert list(islice(starts(plan, since, until, now), 3)) == found[:3]
    assert list(starts(plan, since + 1, until - 1, now)) == found[1:-1]


# -- literal cases, the local time as people read it --------------------------------------------------------------

FIFTY = Offering(minutes=50, buffer_after=10, notice=0, window_days=400, step=30)


def wall_times(zone: str, on: date, *hours: tuple[int, int], busy: list[Span] | None = None, step: int = 30) -> str:
    habit = [WeeklyHours(on.weekday(), start, end) for start, end in hours]
    rules = Offering(minutes=50, buffer_after=10, window_days=400, step=step)
    plan = Plan(zone, openings(zone, habit, [], on, on), busy or [], rules)
    found = offered(plan, on, on, datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=3))
    return " ".join(f"{start.astimezone(ZoneInfo(zone)):%H:%M}" for start in found)


class TestClockChanges:
    LONDON, SPRING, AUTUMN = "Europe/London", date(2026, 3, 29), date(2026, 10, 25)

    def test_the_afternoon_of_both_changes_looks_like_any_other(self) -> None:
        usual = "13:00 13:30 14:00 14:30 15:00"
        for on in (date(2026, 3, 22), self.SPRING, self.AUTUMN, date(2026, 11, 1)):
            assert wall_times(self.LONDON, on, (780, 960)) == usual
        for on in (date(2026, 3, 8), date(2026, 11, 1)):
            assert wall_times("America/New_York", on, (780, 960)) == usual

    def test_nothing_starts_inside_the_missing_hour(self) -> None:
        assert wall_times(self.LONDON, self.SPRING, (0, 240)) == "00:00 00:30 02:00 02:30 03:00"

    def test_a_visit_may_run_across_the_missing_hour(self) -> None:
        # 00:30 GMT to 01:20 GMT reads 00:30 to 02:20
        assert wall_times(self.LONDON, self.SPRING, (30, 141)) == "00:30"

    def test_the_repeated_hour_is_offered_once_its_first_time(self) -> None:
        habit = [WeeklyHours(6, 0, 240)]
        plan = Plan(self.LONDON, openings(self.LONDON, habit, [], self.AUTUMN, self.AUTUMN), [], FIFTY)
        found = offered(plan, self.AUTUMN, self.AUTUMN, datetime(2026, 10, 20, tzinfo=UTC))
        assert [f"{start:%H:%M}" for start in found] == ["23:00", "23:30", "00:00", "00:30", "02:00", "02:30", "03:00"]

    def test_half_an_hour_is_lost_and_won_on_lord_howe(self) -> None:
        zone = "Australia/Lord_Howe"
        assert wall_times(zone, date(2026, 10, 4), (60, 210)) == "01:00 01:30 02:30"
        assert wall_times(zone, date(2026, 4, 5), (60, 210)) == "01:00 01:30 02:00 02:30"

    def test_a_midnight_that_does_not_exist(self) -> None:
        assert wall_times("Africa/Cairo", date(2026, 4, 24), (0, 150)) == "01:00 01:30"

    def test_a_date_that_does_not_exist(self) -> None:
        assert wall_times("Pacific/Apia", date(2011, 12, 30), (0, 1440)) == ""

    def test_zones_of_quarter_hours(self) -> None:
        assert wall_times("Asia/Kathmandu", date(2026, 3, 29), (540, 660)) == "09:00 09:30 10:00"
        habit = [WeeklyHours(6, 540, 660)]
        on = date(2026, 3, 29)
        plan = Plan("Asia/Kathmandu", openings("Asia/Kathmandu", habit, [], on, on), [], FIFTY)
        assert offered(plan, on, on, datetime(2026, 3, 1, tzinfo=UTC))[0] == datetime(2026, 3, 29, 3, 15, tzinfo=UTC)


class TestLiteralDays:
    ON = date(2026, 5, 4)  # a Monday

    def at(self, minute: int) -> int:
        return wall_second("Europe/London", self.ON, minute)

    def test_starts_count_from_the_beginning_of_the_hours(self) -> None:
        assert wall_times("Europe/London", self.ON, (555, 720)) == "09:15 09:45 10:15 10:45"
        assert wall_times("Europe/London", self.ON, (540, 720), (780, 850), step=60) == "09:00 10:00 11:00 13:00"

    def test_hours_that_touch_are_one_stretch(self) -> None:
        assert wall_times("Europe/London", self.ON, (540, 600), (600, 690), step=60) == "09:00 10:00"

    def test_a_day_off_in_the_middle_does_not_move_the_starts(self) -> None:
        habit, off = [WeeklyHours(0, 540, 780)], Override(self.ON, OverrideKind.OFF, 600, 615)
        plan = Plan("UTC", openings("UTC", habit, [off], self.ON, self.ON), [], FIFTY)
        found = offered(plan, self.ON, self.ON, datetime(2026, 5, 1, tzinfo=UTC))
        assert [f"{start:%H:%M}" for start in found] == ["09:00", "10:30", "11:00", "11:30", "12:00"]

    def test_buffers_add_up(self) -> None:
        # booked 10:00 to 10:50 with 10 minutes after it; a service that wants 15 before it may start at 11:15
        busy = [(self.at(600), self.at(660))]
        habit = [WeeklyHours(0, 540, 780)]
        rules = Offering(minutes=30, buffer_before=15, buffer_after=0, window_days=30, step=15)
        plan = Plan("Europe/London", openings("Europe/London", habit, [], self.ON, self.ON), busy, rules)
        found = offered(plan, self.ON, self.ON, datetime(2026, 5, 1, tzinfo=UTC))
        shown = [f"{start.astimezone(ZoneInfo('Europe/London')):%H:%M}" for start in found]
        assert shown == ["09:00", "09:15", "09:30", "11:15", "11:30", "11:45", "12:00", "12:15", "12:30"]

    def test_visits_may_touch_where_there_are_no_buffers(self) -> None:
        habit, rules = [WeeklyHours(0, 540, 720)], Offering(minutes=60, step=60, window_days=30)
        plan = Plan(
            "Europe/London",
            openings("Europe/London", habit, [], self.ON, self.ON),
            [(self.at(600), self.at(660))],
            rules,
        )
        assert [seconds(one) for one in offered(plan, self.ON, self.ON, datetime(2026, 5, 1, tzinfo=UTC))] == [
            self.at(540),
            self.at(660),
        ]

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (datetime(2026, 5, 4, 8, 0, tzinfo=UTC), "11:00"),  # 09:00 in London, two hours of notice
            (datetime(2026, 5, 4, 8, 0, 0, 1, tzinfo=UTC), "11:30"),  # a microsecond too late
        ],
    )
    def test_notice_counts_to_the_microsecond(self, now: datetime, expected: str) -> None:
        habit, rules = [WeeklyHours(0, 540, 1020)], Offering(minutes=50, notice=120, window_days=30)
        plan = Plan("Europe/London", openings("Europe/London", habit, [], self.ON, self.ON), [], rules)
        first = offered(plan, self.ON, self.ON, now)[0]
        assert f"{first.astimezone(ZoneInfo('Europe/London')):%H:%M}" == expected

    def test_the_window_ends_with_a_whole_date_of_the_clinician(self) -> None:
        # 23:30 in London before the spring change; sixty days of 24 hours would end after midnight
        habit = [WeeklyHours(day, 0, 1440) for day in range(7)]
        zone, now = "Europe/London", datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
        rules = Offering(minutes=50, window_days=60)
        last = date(2026, 4, 30)
        plan = Plan(zone, openings(zone, habit, [], last - timedelta(days=1), last + timedelta(days=2)), [], rules)
        final = offered(plan, last - timedelta(days=1), last + timedelta(days=2), now)[-1]
        assert final.astimezone(ZoneInfo(zone)).date() == last
        assert not may_book(plan, final + timedelta(minutes=30), now)


def test_refuses_an_offering_that_no_sweep_would_end_on() -> None:
    for wrong in ({"minutes": 0}, {"minutes": 50, "step": 0}, {"minutes": 50, "buffer_after": -1}):
        with pytest.raises(ValueError, match="lasts no time"):
            Offering(**wrong)
