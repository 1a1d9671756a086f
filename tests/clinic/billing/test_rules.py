"""Every posting sums to zero, payments only go forward, and nobody's money is kept without a time."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clinic.billing import rules
from portal.clinic.billing.values import Account, Line, OnMoney, PaidStatus, PaymentStatus
from portal.clinic.scheduling.rules.cancelling import fee_of
from portal.clinic.scheduling.values import AppointmentStatus

prices = st.integers(0, 10_000_000)
percents = st.integers(0, 100)


def balances(*postings: tuple[Line, ...]) -> Counter[Account]:
    found: Counter[Account] = Counter()
    for lines in postings:
        assert sum(line.amount_minor for line in lines) == 0
        for line in lines:
            found[line.account] += line.amount_minor
    return found


class TestPostings:
    @given(prices)
    def test_a_paid_visit_leaves_nothing_owed(self, price: int) -> None:
        after = balances(rules.charge(price), rules.card_payment(price))
        assert (after[Account.PATIENTS], after[Account.CARD], after[Account.INCOME]) == (0, price, -price)

    @given(prices, percents)
    def test_a_paid_visit_that_is_cancelled_leaves_what_is_kept(self, price: int, percent: int) -> None:
        keep = fee_of(price, percent)
        back = rules.refundable(price, keep, 0)
        after = balances(
            rules.charge(price), rules.card_payment(price), rules.cancellation(price, keep), rules.refund(back)
        )
        assert (after[Account.PATIENTS], after[Account.CARD], after[Account.INCOME]) == (0, keep, -keep)

    @given(prices, percents)
    def test_an_unpaid_visit_that_is_cancelled_leaves_what_is_due(self, price: int, percent: int) -> None:
        keep = fee_of(price, percent)
        after = balances(rules.charge(price), rules.cancellation(price, keep))
        assert (after[Account.PATIENTS], after[Account.INCOME]) == (keep, -keep)

    @given(prices)
    def test_money_for_a_lost_time_goes_back_without_a_trace_of_income(self, price: int) -> None:
        after = balances(rules.card_payment(price), rules.refund(rules.refundable(price, 0, 0)))
        assert not any(after.values())

    @given(st.lists(st.sampled_from(["charge", "pay", "cancel", "refund"]), max_size=12), prices, percents)
    def test_the_order_of_postings_does_not_matter(self, acts: list[str], price: int, percent: int) -> None:
        keep = fee_of(price, percent)
        lines = {
            "charge": rules.charge(price),
            "pay": rules.card_payment(price),
            "cancel": rules.cancellation(price, keep),
            "refund": rules.refund(price - keep),
        }
        one = balances(*(lines[act] for act in acts))
        assert one == balances(*(lines[act] for act in sorted(acts)))
        assert sum(one.values()) == 0


class TestRefundable:
    @given(prices, st.integers(-5, 10_000_000), st.integers(0, 10_000_000))
    def test_is_never_negative_and_never_more_than_is_still_there(self, paid: int, keep: int, before: int) -> None:
        amount = rules.refundable(paid, keep, before)
        assert 0 <= amount <= max(0, paid - before)

    def test_asked_twice_gives_nothing_more(self) -> None:
        first = rules.refundable(6500, 3250, 0)
        assert first == 3250
        assert rules.refundable(6500, 0, 6500) == 0


class TestPayments:
    def test_news_in_any_order_end_at_the_same_place(self) -> None:
        for news in permutations(PaymentStatus):
            at = PaymentStatus.CREATED
            for seen in news:
                at = rules.advance(at, seen)
            assert at is PaymentStatus.PAID

    @given(st.lists(st.sampled_from(PaymentStatus), min_size=1))
    def test_a_payment_never_goes_back(self, news: list[PaymentStatus]) -> None:
        path = [PaymentStatus.CREATED]
        for seen in news:
            path.append(rules.advance(path[-1], seen))
        assert all(rules.advance(later, earlier) is later for earlier, later in pairwise(path))

    def test_money_that_came_is_money_even_on_an_expired_page(self) -> None:
        assert rules.advance(PaymentStatus.EXPIRED, PaymentStatus.PAID) is PaymentStatus.PAID
        assert rules.advance(PaymentStatus.PAID, PaymentStatus.EXPIRED) is PaymentStatus.PAID


class TestOnMoney:
    @pytest.mark.parametrize(
        ("status", "first", "again"),
        [
            ("held", OnMoney.BOOK, OnMoney.BOOK),
            ("expired", OnMoney.PLACE, OnMoney.PLACE),
            ("cancelled", OnMoney.KEEP, OnMoney.GIVE_BACK_TWICE_PAID),
            ("confirmed", OnMoney.KEEP, OnMoney.GIVE_BACK_TWICE_PAID),
            ("finished", OnMoney.KEEP, OnMoney.GIVE_BACK_TWICE_PAID),
            ("no_show", OnMoney.KEEP, OnMoney.GIVE_BACK_TWICE_PAID),
        ],
    )
    def test_money_finds_its_time_or_goes_back(self, status: str, first: OnMoney, again: OnMoney) -> None:
        assert rules.on_money(AppointmentStatus(status), paid_before=False) is first
        assert rules.on_money(AppointmentStatus(status), paid_before=True) is again

    @given(st.sampled_from(AppointmentStatus), st.booleans())
    def test_there_is_an_answer_for_everything(self, status: AppointmentStatus, paid_before: bool) -> None:
        assert isinstance(rules.on_money(status, paid_before=paid_before), OnMoney)


@pytest.mark.parametrize(
    ("paid", "refunded", "pending", "later", "word"),
    [
        (0, 0, 0, False, PaidStatus.UNPAID),
        (0, 0, 0, True, PaidStatus.PAYS_LATER),
        (6500, 0, 0, False, PaidStatus.PAID),
        (6500, 0, 0, True, PaidStatus.PAID),
        (6500, 0, 3250, False, PaidStatus.REFUND_PENDING),
        (6500, 3250, 0, False, PaidStatus.PART_REFUNDED),
        (6500, 6500, 0, False, PaidStatus.REFUNDED),
        (13000, 6500, 0, False, PaidStatus.PART_REFUNDED),
    ],
)
def test_one_word_for_the_money_of_a_visit(
    paid: int, refunded: int, pending: int, later: bool, word: PaidStatus
) -> None:
    assert rules.paid_status(owed=6500, paid=paid, refunded=refunded, refund_pending=pending, pays_later=later) is word


def test_where_nothing_is_owed_all_is_paid() -> None:
    for later in (True, False):
        word = rules.paid_status(owed=0, paid=0, refunded=0, refund_pending=0, pays_later=later)
        assert word is PaidStatus.PAID


@given(st.sampled_from(AppointmentStatus), prices, prices)
def test_what_was_booked_is_owed_until_something_was_paid(status: AppointmentStatus, cost: int, paid: int) -> None:
    was_booked = status not in {AppointmentStatus.HELD, AppointmentStatus.EXPIRED}
    assert rules.due(status, cost, 0) == (cost if was_booked else 0)
    assert rules.due(status, cost, paid + 1) == 0
