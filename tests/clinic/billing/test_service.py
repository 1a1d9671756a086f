"""The money of a visit through the service: paid, cancelled by either side, missed, free."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from portal.clinic.billing import service as billing
from portal.clinic.billing.tables import Payment
from portal.clinic.billing.values import OutcomeKind, PaidStatus
from portal.clinic.errors import Conflict, NotAllowed, NotFound
from portal.clinic.scheduling import service as scheduling
from portal.clinic.visits import service as visits
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.clinic.billing.till import PAID, Till, make_till
from tests.support.databases import Clock
from tests.support.people import make_person


@pytest.fixture
def till(database: Database, clock: Clock) -> Till:
    return make_till(database, clock)


def standing(till: Till) -> PaidStatus:
    return till.run(till.rosa.viewer, billing.paid_state, till.visit).status


class TestPaid:
    def test_money_in_time_books_once_whatever_is_told_again(self, till: Till) -> None:
        for _ in range(3):
            answer = till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
            assert answer.kind is OutcomeKind.CONFIRMED
        assert till.balances() == {"card": 7000, "income": -7000}
        assert till.papers() == [("invoice", 7000), ("receipt", 7000)]

    def test_another_amount_books_nothing(self, till: Till) -> None:
        for wrong in ({"amount_minor": 700}, {"currency": "EUR"}):
            state = type(PAID)(**{**PAID.__dict__, **wrong})
            with pytest.raises(Conflict, match="amount_differs"):
                till.run(SYSTEM, billing.apply_page_state, till.payment, state)
        assert till.balances() == {}


class TestCancelled:
    def paid(self, till: Till, clock: Clock, hours_before: int) -> None:
        till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        clock.advance(hours=48 - hours_before)

    def test_by_the_patient_in_time_gives_all_back(self, till: Till, clock: Clock) -> None:
        self.paid(till, clock, 24)
        till.run(till.rosa.viewer, billing.cancel_visit, till.visit)
        assert till.refunds() == [(7000, "cancelled")]
        assert ("credit", 7000) in till.papers()

    def test_by_the_patient_late_keeps_the_fee(self, till: Till, clock: Clock) -> None:
        self.paid(till, clock, 23)
        till.run(till.rosa.viewer, billing.cancel_visit, till.visit)
        assert till.refunds() == [(3500, "cancelled")]

    def test_by_the_practice_costs_nothing_however_late(self, till: Till, clock: Clock) -> None:
        self.paid(till, clock, 1)
        due = till.run(till.miriam.viewer, scheduling.cancel_terms, till.visit)
        assert (due.is_free, due.keep_minor) == (True, 0)
        till.run(till.miriam.viewer, billing.cancel_visit, till.visit)
        assert till.refunds() == [(7000, "cancelled")]


class TestOwed:
    """What is left to pay of a visit that was to be paid later, by what has become of it."""

    def owes(self, till: Till) -> int:
        return till.run(till.rosa.viewer, billing.paid_state, till.visit).due_minor

    def later(self, till: Till) -> None:
        till.change(pay_later=True)
        till.run(till.rosa.viewer, billing.choose_pay_later)
        till.run(SYSTEM, _forget_page)

    def test_a_held_time_owes_nothing_yet(self, till: Till) -> None:
        assert self.owes(till) == 0

    def test_before_and_after_the_visit_it_is_the_price(self, till: Till, clock: Clock) -> None:
        self.later(till)
        assert self.owes(till) == 7000
        clock.advance(days=3)
        assert till.run(till.rosa.viewer, billing.begin_payment, till.visit).amount_minor == 7000

    def test_cancelled_late_it_is_the_fee_and_one_payment_settles_it(self, till: Till, clock: Clock) -> None:
        self.later(till)
        clock.advance(hours=30)
        till.run(till.rosa.viewer, billing.cancel_visit, till.visit)
        assert self.owes(till) == 3500
        order = till.run(till.rosa.viewer, billing.begin_payment, till.visit)
        again = till.run(till.rosa.viewer, billing.begin_payment, till.visit)
        assert (order.amount_minor, again.payment_id) == (3500, order.payment_id)
        clock.advance(days=9)
        fee = type(PAID)(**{**PAID.__dict__, "amount_minor": 3500})
        answer = till.run(SYSTEM, billing.apply_page_state, order.payment_id, fee)
        assert (answer.kind, answer.of_booked) == (OutcomeKind.CONFIRMED, True)
        assert (self.owes(till), till.refunds()) == (0, [])
        assert till.balances() == {"card": 3500, "income": -3500}
        with pytest.raises(Conflict, match="already_paid"):
            till.run(till.rosa.viewer, billing.begin_payment, till.visit)

    def test_cancelled_in_time_or_by_the_practice_it_is_nothing(self, till: Till, clock: Clock) -> None:
        self.later(till)
        clock.advance(hours=30)
        till.run(till.miriam.viewer, billing.cancel_visit, till.visit)
        assert self.owes(till) == 0
        with pytest.raises(Conflict, match="already_paid"):
            till.run(till.rosa.viewer, billing.begin_payment, till.visit)

    def test_the_whole_price_on_an_open_page_pays_the_fee_and_the_rest_goes_back(
        self, till: Till, clock: Clock
    ) -> None:
        till.change(pay_later=True)
        till.run(till.rosa.viewer, billing.choose_pay_later)
        clock.advance(hours=30)
        till.run(till.rosa.viewer, billing.cancel_visit, till.visit)
        till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        assert till.refunds() == [(3500, "cancelled")]
        assert self.owes(till) == 0

    def test_a_page_that_asks_for_another_amount_is_stale(self, till: Till, clock: Clock) -> None:
        till.change(pay_later=True)
        till.run(till.rosa.viewer, billing.choose_pay_later)
        clock.advance(hours=30)
        till.run(till.rosa.viewer, billing.cancel_visit, till.visit)
        assert till.run(till.rosa.viewer, billing.begin_payment, till.visit).is_stale

    def test_nobody_else_pays_it_or_knows_of_it(self, till: Till) -> None:
        self.later(till)
        for stranger in (till.miriam.viewer, make_person(till.database, "Sam", Role.PATIENT).viewer):
            with pytest.raises((NotFound, NotAllowed)):
                till.run(stranger, billing.begin_payment, till.visit)


class TestMissed:
    def miss(self, till: Till, clock: Clock) -> None:
        clock.advance(days=2, minutes=11)
        till.run(till.miriam.viewer, visits.mark_no_show, till.visit)
        till.run(till.miriam.viewer, visits.mark_no_show, till.visit)

    def test_keeps_what_was_agreed_and_gives_the_rest_back_once(self, till: Till, clock: Clock) -> None:
        till.change(no_show_percent=80)
        till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        self.miss(till, clock)
        assert till.refunds() == [(1400, "no_show")]
        assert till.papers() == [("credit", 1400), ("invoice", 7000), ("receipt", 7000)]

    def test_keeps_all_where_that_was_agreed(self, till: Till, clock: Clock) -> None:
        till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        self.miss(till, clock)
        assert till.refunds() == []
        assert standing(till) is PaidStatus.PAID

    def test_leaves_what_was_agreed_owed_when_it_was_to_be_paid_later(self, till: Till, clock: Clock) -> None:
        till.change(no_show_percent=50, pay_later=True)
        till.run(till.rosa.viewer, billing.choose_pay_later)
        self.miss(till, clock)
        assert till.balances() == {"patients": 3500, "income": -3500}
        assert standing(till) is PaidStatus.PAYS_LATER
        till.run(SYSTEM, _forget_page)
        order = till.run(till.rosa.viewer, billing.begin_payment, till.visit)
        assert order.amount_minor == 3500

    def test_costs_nothing_where_that_was_agreed(self, till: Till, clock: Clock) -> None:
        till.change(no_show_percent=0, pay_later=True)
        till.run(till.rosa.viewer, billing.choose_pay_later)
        self.miss(till, clock)
        assert till.balances() == {}
        with pytest.raises(Conflict, match="already_paid"):
            till.run(till.rosa.viewer, billing.begin_payment, till.visit)

    def test_money_that_comes_afterwards_is_kept_as_far_as_it_is_owed(self, till: Till, clock: Clock) -> None:
        till.change(no_show_percent=50, pay_later=True)
        till.run(till.rosa.viewer, billing.choose_pay_later)
        self.miss(till, clock)
        till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        assert till.refunds() == [(3500, "no_show")]


class TestFree:
    def test_is_booked_without_a_card_and_owes_nothing(self, database: Database, clock: Clock) -> None:
        till = make_till(database, clock, price_minor=0)
        with pytest.raises(Conflict, match="nothing_to_pay"):
            till.run(till.rosa.viewer, billing.begin_payment)
        assert till.run(till.rosa.viewer, billing.choose_pay_later) == till.visit
        assert till.balances() == {}
        assert standing(till) is PaidStatus.PAID


class TestLate:
    def test_a_hold_that_ended_cannot_be_paid_by_its_id(self, till: Till, clock: Clock) -> None:
        clock.advance(minutes=16)
        till.run(SYSTEM, scheduling.expire_holds)
        with pytest.raises(NotFound):
            till.run(till.rosa.viewer, billing.begin_payment, till.visit)

    def test_money_after_the_hold_is_placed_or_goes_back(self, till: Till, clock: Clock) -> None:
        clock.advance(minutes=16)
        till.run(SYSTEM, scheduling.expire_holds)
        answer = till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        assert (answer.kind, answer.newly_booked) == (OutcomeKind.CONFIRMED, True)

    def test_money_after_the_visit_began_goes_back(self, till: Till, clock: Clock) -> None:
        clock.advance(minutes=16)
        till.run(SYSTEM, scheduling.expire_holds)
        clock.advance(days=2)
        answer = till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)
        assert (answer.kind, answer.newly_booked) == (OutcomeKind.REFUNDED, False)
        assert till.refunds() == [(7000, "slot_gone")]


def _forget_page(work: UnitOfWork) -> None:
    payment = work.db.exec(select(Payment)).one()
    payment.status, payment.ends_at = "expired", work.now - timedelta(minutes=1)
