"""Holds, cancelling, and what may be entered as hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clinic.errors import Invalid
from portal.clinic.scheduling.rules import holds
from portal.clinic.scheduling.rules.cancelling import due_after_no_show, due_by_practice, fee_of, may_cancel, refund_due
from portal.clinic.scheduling.rules.checking import override_problem, week_problems
from portal.clinic.scheduling.rules.opening import openings
from portal.clinic.scheduling.values import CancellationTerms, OverrideKind, WeeklyHours, parse_slot_id, slot_id
from tests.clinic.scheduling.strategies import weeks

START = datetime(2026, 3, 19, 10, 30, tzinfo=UTC)
prices = st.integers(0, 10_000_000)
percents = st.integers(0, 100)


class TestHolds:
    def test_last_a_quarter_of_an_hour_and_not_a_microsecond_more(self) -> None:
        until = holds.held_until(START)
        assert until == START + timedelta(minutes=15)
        assert holds.is_live(until, until - timedelta(microseconds=1))
        assert not holds.is_live(until, until)
        assert not holds.is_live(None, START)

    def test_ten_minutes_more_are_added_once(self) -> None:
        assert holds.extended_until(START) == START + timedelta(minutes=10)
        assert [holds.may_extend(times) for times in (0, 1, 2)] == [True, False, False]

    def test_the_card_page_fills_the_hold_up_once(self) -> None:
        now, until = START, START + timedelta(minutes=4)
        assert holds.renewed_until(now, until, 0) == now + timedelta(minutes=15)
        assert holds.renewed_until(now, until, 1) == until

    @given(st.lists(st.tuples(st.sampled_from(["extend", "page"]), st.integers(0, 30)), max_size=12))
    def test_no_order_of_presses_keeps_a_time_longer_than_forty_minutes(self, presses: list[tuple[str, int]]) -> None:
        now, extended, renewed = START, 0, 0
        until = holds.held_until(now)
        for press, minutes in presses:
            now += timedelta(minutes=minutes)
            if not holds.is_live(until, now):
                break
            before = until
            if press == "extend" and holds.may_extend(extended):
                until, extended = holds.extended_until(until), extended + 1
            elif press == "page":
                until, renewed = holds.renewed_until(now, until, renewed), renewed + 1
            assert until >= before
        assert until - START <= holds.LONGEST == timedelta(minutes=40)

    def test_three_times_from_one_address(self) -> None:
        assert [holds.may_hold_more(count) for count in (0, 2, 3)] == [True, True, False]


class TestCancelling:
    TERMS = CancellationTerms(free_hours=24, late_percent=50)

    def test_is_free_until_the_last_instant(self) -> None:
        edge = START - timedelta(hours=24)
        at_the_edge = refund_due(START, edge, 6500, self.TERMS, "GBP")
        assert (at_the_edge.is_free, at_the_edge.keep_minor, at_the_edge.refund_minor) == (True, 0, 6500)
        assert at_the_edge.free_until == edge
        after = refund_due(START, edge + timedelta(microseconds=1), 6500, self.TERMS, "GBP")
        assert (after.is_free, after.keep_minor, after.refund_minor) == (False, 3250, 3250)

    def test_odd_pence_go_to_the_patient(self) -> None:
        due = refund_due(START, START - timedelta(hours=1), 6501, self.TERMS, "GBP")
        assert (due.keep_minor, due.refund_minor) == (3250, 3251)

    def test_hours_are_elapsed_hours_across_a_change_of_clocks(self) -> None:
        # Sunday 29 March 2026, 10:00 BST; the clocks went forward in the night: 24 hours before is 09:00 GMT
        start = datetime(2026, 3, 29, 9, tzinfo=UTC)
        assert refund_due(start, start, 100, self.TERMS, "GBP").free_until == datetime(2026, 3, 28, 9, tzinfo=UTC)

    def test_the_practice_cancels_at_its_own_cost(self) -> None:
        due = due_by_practice(START, 6500, "GBP")
        assert (due.is_free, due.keep_minor, due.refund_minor) == (True, 0, 6500)

    def test_not_coming_costs_what_was_agreed(self) -> None:
        due = due_after_no_show(START, 6500, CancellationTerms(24, 50, 80), "GBP")
        assert (due.is_free, due.keep_minor, due.refund_minor) == (False, 5200, 1300)
        assert due.free_until == START - timedelta(hours=24)

    @pytest.mark.parametrize(("free", "until"), [(0, START), (-3, START), (1, START - timedelta(hours=1))])
    def test_free_hours_are_none_or_more(self, free: int, until: datetime) -> None:
        terms = CancellationTerms(free, 50)
        assert refund_due(START, START, 100, terms, "GBP").free_until == until
        assert due_after_no_show(START, 100, terms, "GBP").free_until == until

    @pytest.mark.parametrize(("percent", "fee"), [(-1, 0), (0, 0), (1, 65), (99, 6435), (100, 6500), (101, 6500)])
    def test_a_percentage_is_one_of_a_hundred(self, percent: int, fee: int) -> None:
        assert fee_of(6500, percent) == fee

    def test_is_over_once_the_visit_begins(self) -> None:
        assert may_cancel(START - timedelta(microseconds=1), START)
        assert not may_cancel(START, START)

    @given(prices, percents, st.integers(0, 200), st.integers(-300, 300))
    def test_what_is_kept_and_what_goes_back_are_the_price(
        self, price: int, percent: int, free_hours: int, hours_before: int
    ) -> None:
        due = refund_due(
            START, START - timedelta(hours=hours_before), price, CancellationTerms(free_hours, percent), "GBP"
        )
        assert due.keep_minor + due.refund_minor == price
        assert 0 <= due.keep_minor <= price

    @given(prices, percents, st.integers(0, 200), st.integers(0, 300), st.integers(0, 300))
    def test_waiting_never_makes_it_cheaper(self, price: int, percent: int, free: int, one: int, more: int) -> None:
        terms = CancellationTerms(free, percent)
        early = refund_due(START, START - timedelta(hours=one + more), price, terms, "GBP")
        late = refund_due(START, START - timedelta(hours=one), price, terms, "GBP")
        assert early.keep_minor <= late.keep_minor

    @given(prices, st.integers(-50, 200))
    def test_a_fee_lies_between_nothing_and_the_price(self, price: int, percent: int) -> None:
        assert 0 <= fee_of(price, percent) <= price


class TestHours:
    @pytest.mark.parametrize(
        ("hours", "code"),
        [
            (WeeklyHours(0, 540, 1020), None),
            (WeeklyHours(6, 1380, 1440), None),
            (WeeklyHours(2, 0, 1), None),
            (WeeklyHours(7, 540, 1020), "hours_reversed"),
            (WeeklyHours(0, 1320, 120), "hours_reversed"),
            (WeeklyHours(0, 540, 540), "hours_reversed"),
            (WeeklyHours(0, -5, 60), "hours_reversed"),
            (WeeklyHours(0, 1320, 1500), "hours_reversed"),
        ],
    )
    def test_a_stretch_lies_inside_its_date(self, hours: WeeklyHours, code: str | None) -> None:
        assert week_problems([hours]) == ({hours.weekday: code} if code else {})

    def test_a_week_says_nothing_twice(self) -> None:
        morning, noon = WeeklyHours(0, 540, 720), WeeklyHours(0, 700, 800)
        assert week_problems([morning, WeeklyHours(1, 540, 720), WeeklyHours(0, 720, 800)]) == {}
        assert week_problems([noon, morning]) == {0: "hours_overlap"}
        assert week_problems([morning, noon, WeeklyHours(3, 5, 1)]) == {0: "hours_overlap", 3: "hours_reversed"}

    @given(weeks)
    def test_a_week_without_problems_stays_as_it_was_stated(self, week: list[WeeklyHours]) -> None:
        if week_problems(week):
            return
        on = date(2026, 5, 4)
        spans = openings("UTC", week, [], on, on + timedelta(days=6)).spans
        assert sum(end - start for start, end in spans) == 60 * sum(one.end_minute - one.start_minute for one in week)

    def test_a_day_off_needs_no_hours_and_other_hours_do(self) -> None:
        assert override_problem(OverrideKind.OFF, 0, 0) is None
        assert override_problem(OverrideKind.OFF, 600, 660) is None
        assert override_problem(OverrideKind.OFF, 660, 600) == "hours_reversed"
        assert override_problem(OverrideKind.OFF, 600, 0) == "hours_reversed"
        assert override_problem(OverrideKind.HOURS, 0, 0) == "hours_reversed"


class TestSlotIds:
    @given(st.datetimes(datetime(1970, 1, 1), datetime(2286, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    def test_go_there_and_back(self, at: datetime) -> None:
        at = at.replace(microsecond=0)
        key = parse_slot_id(slot_id("a" * 24, "b" * 24, at))
        assert (key.clinician_id, key.service_id, key.starts_at) == ("a" * 24, "b" * 24, at)

    @given(st.text(max_size=60))
    def test_anything_else_is_refused_in_words(self, text: str) -> None:
        try:
            key = parse_slot_id(text)
        except Invalid:
            return
        assert slot_id(key.clinician_id, key.service_id, key.starts_at) == text

    @pytest.mark.parametrize(
        "text", ["", "..", "a.b", "a.b.c", "a.b.-1", "a.b.١٢", "a.b.999999999999", "a.b.1.2", "a.b.007", ".b.1"]
    )
    def test_near_misses_are_refused(self, text: str) -> None:
        with pytest.raises(Invalid, match="slot_unknown"):
            parse_slot_id(text)
