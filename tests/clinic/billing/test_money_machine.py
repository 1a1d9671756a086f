"""Holding, paying, cancelling, missing and refunding in any order, with news that come late, twice or never."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal.clinic.billing import service as billing
from portal.clinic.billing.values import OutcomeKind, PageState
from portal.clinic.errors import ClinicError
from portal.clinic.scheduling import service as scheduling
from portal.clinic.visits import service as visits
from portal.storage.keys import new_keyring
from portal.storage.work import SYSTEM, Database, UnitOfWork
from tests.support.booking import Booking, make_patients, open_practice
from tests.support.databases import Clock, SqliteShelf
from tests.support.ledger import BOOKED, Books, overlaps
from tests.support.people import Who

PRICE = 7001  # odd, so that halves are rounded
PATIENTS = 3
PEOPLE, ANY = st.integers(0, PATIENTS - 1), st.integers(0, 50)
KEYS = new_keyring()


@dataclass
class Page:
    """A card page at the processor."""

    payment: str
    amount: int
    paid: bool = False
    expired: bool = False

    def state(self) -> PageState:
        return PageState(self.paid, self.expired, self.amount, "gbp", f"pi_{self.payment}" if self.paid else None)


class Money(RuleBasedStateMachine):
    """The practice on SQLite, and a processor that forgets nothing."""

    shelf: SqliteShelf

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="quietroom-money-"))
        self.clock = Clock()
        self.database = Database(self.shelf.fresh(self.folder), KEYS, clock=self.clock)
        self.pages: dict[str, Page] = {}
        self.booked: dict[str, Who] = {}
        self.cancelled: dict[str, int] = {}

    @initialize(pay_later=st.booleans(), late=st.sampled_from([0, 50, 100]), missed=st.sampled_from([0, 50, 100]))
    def open(self, pay_later: bool, late: int, missed: int) -> None:
        terms = {"late_fee_percent": late, "no_show_percent": missed, "pay_later": pay_later}
        self.booking: Booking = open_practice(self.database, price_minor=PRICE, **terms)
        self.people: list[Who] = make_patients(self.database, PATIENTS)

    def tries(self, who: Who | None, service, *given):
        """What a service answers; an expected refusal is none."""
        try:
            return self.database.run(who.viewer if who else SYSTEM, service, *given)
        except ClinicError:
            return None

    def slots(self) -> list[str]:
        """Two times of two days ahead, so that people are in each other's way."""
        first = self.clock.now.date()
        free = self.booking.free(self.database, days=2, first=first)
        return free[:1] + free[-1:]

    # What people do.

    @rule(who=PEOPLE, which=st.integers(0, 1), then=st.sampled_from(["wait", "look", "charged", "heard", "later"]))
    def book(self, who: int, which: int, then: str) -> None:
        """Hold a time when nothing is held, and go so far with it."""
        me, free = self.people[who], self.slots()
        if free and self.database.run(me.viewer, scheduling.current_hold) is None:
            self.tries(me, scheduling.hold, free[which % len(free)])
        if then == "later":
            self.note(self.tries(me, billing.choose_pay_later), me)
        elif then != "wait":
            self._open(self.tries(me, billing.begin_payment), then != "look", then == "heard")

    @rule(who=PEOPLE, which=st.integers(0, 1))
    def choose_another_time(self, who: int, which: int) -> None:
        free = self.slots()
        if free:
            self.tries(self.people[who], scheduling.hold, free[which % len(free)])

    @precondition(lambda self: self.booked)
    @rule(which=ANY, charged=st.booleans(), heard=st.booleans())
    def open_card_page_for_a_booked_visit(self, which: int, charged: bool, heard: bool) -> None:
        visit, who = self._visit(which)
        self._open(self.tries(who, billing.begin_payment, visit), charged, heard)

    def _open(self, order, charged: bool, heard: bool) -> None:
        if order is None:
            return
        page = self.pages.setdefault(order.payment_id, Page(order.payment_id, order.amount_minor))
        self.database.run(SYSTEM, billing.attach_page, order.payment_id, f"cs_{order.payment_id}", "https://x")
        page.paid = page.paid or (charged and not page.expired)
        if heard:
            self.hear(page, page.state())

    @precondition(lambda self: self.booked)
    @rule(which=ANY, by_practice=st.booleans())
    def cancel(self, which: int, by_practice: bool) -> None:
        visit, who = self._visit(which)
        due = self.tries(self.booking.clinician if by_practice else who, billing.cancel_visit, visit)
        if due is not None:
            self.cancelled[visit] = due.keep_minor

    @precondition(lambda self: self.booked)
    @rule(which=ANY)
    def miss(self, which: int) -> None:
        visit, who = self._visit(which)
        known = self.database.run_read(who.viewer, scheduling.appointment, visit)
        self.clock.now = max(self.clock.now, known.starts_at + timedelta(minutes=11))
        self.tries(None, _prepare, visit)
        self.tries(self.booking.clinician, visits.mark_no_show, visit)

    def _visit(self, which: int) -> tuple[str, Who]:
        return list(self.booked.items())[-1 - which % len(self.booked)]

    def note(self, visit: str | None, who: Who) -> None:
        if visit is not None:
            self.booked[visit] = who

    def hear(self, page: Page, state: PageState) -> None:
        answer = self.tries(None, billing.apply_page_state, page.payment, state)
        if answer and answer.kind is OutcomeKind.CONFIRMED:
            self.note(answer.appointment_id, self._payer(page))

    def _payer(self, page: Page) -> Who:
        paid = next(one for one in Books(self.database).payments if one.public_id == page.payment)
        return next(who for who in self.people if who.id == paid.patient_id)

    # What the processor does, and when we hear of it.

    @precondition(lambda self: self.pages)
    @rule(which=ANY)
    def card_is_charged(self, which: int) -> None:
        page = self._page(which)
        page.paid = page.paid or not page.expired

    @precondition(lambda self: self.closed())
    @rule(which=ANY)
    def card_is_charged_after_all(self, which: int) -> None:
        """Against its word, after the processor had closed the page: money that came is money."""
        page = self.closed()[which % len(self.closed())]
        page.paid = True
        self.hear(page, page.state())

    def closed(self) -> list[Page]:
        return [page for page in self.pages.values() if page.expired and not page.paid]

    @precondition(lambda self: self.pages)
    @rule(which=ANY, older=st.booleans())
    def news_come(self, which: int, older: bool) -> None:
        page = self._page(which)
        self.hear(page, replace(page.state(), is_paid=False, is_expired=False) if older else page.state())

    @precondition(lambda self: self.pages)
    @rule(which=ANY, paid=st.booleans())
    def forged_amount(self, which: int, paid: bool) -> None:
        page = self._page(which)
        wrong = replace(page.state(), is_paid=True, amount_minor=page.amount - 1)
        before = len(Books(self.database).lines)
        self.tries(None, billing.apply_page_state, page.payment, wrong)
        assert len(Books(self.database).lines) == before

    def _page(self, which: int) -> Page:
        return list(self.pages.values())[which % len(self.pages)]

    @rule(which=ANY, status=st.sampled_from(["succeeded", "succeeded", "pending", "failed"]))
    def a_refund_moves(self, which: int, status: str) -> None:
        waiting = self.database.run(SYSTEM, billing.pending_refunds)
        if waiting:
            refund = waiting[which % len(waiting)]
            for _ in range(2):
                self.database.run(SYSTEM, billing.note_refund, refund, f"re_{refund}", status)

    # What time does.

    @rule(minutes=st.sampled_from([1, 14, 15, 16, 60, 20 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        self.database.run(SYSTEM, scheduling.expire_holds)
        self.database.run(SYSTEM, billing.close_stale_pages)

    @precondition(lambda self: self.pages)
    @rule(which=ANY)
    def a_page_is_closed(self, which: int) -> None:
        page = self._page(which)
        page.expired = page.expired or not page.paid
        self.hear(page, page.state())

    # What is always true.

    @invariant()
    def the_books_hold(self) -> None:
        books = Books(self.database)
        books.check()
        for row in books.appointments.values():
            assert books.kept(row.id) <= self._may_keep(row)
        assert overlaps(self.database) == 0

    def _may_keep(self, row) -> int:
        if row.status == "cancelled":
            return self.cancelled[row.public_id]
        if row.status == "no_show":
            return row.price_minor * row.no_show_percent // 100
        return row.price_minor if row.status in BOOKED else 0

    def teardown(self) -> None:
        """In the end everything is heard of: whoever paid has the time or the money."""
        for page in self.pages.values():
            self.database.run(SYSTEM, billing.apply_page_state, page.payment, page.state())
        while waiting := self.database.run(SYSTEM, billing.pending_refunds):
            self.database.run(SYSTEM, billing.note_refund, waiting[0], "re_end", "succeeded")
        books = Books(self.database)
        books.check()
        settled = {one.public_id for one in books.payments if one.status == "paid"}
        assert settled == {page.payment for page in self.pages.values() if page.paid}
        failed = any(one.status == "failed" for one in books.refunds)
        for row in books.appointments.values():
            assert books.kept(row.id) <= self._may_keep(row)
            paid = sum(
                one.amount_minor for one in books.payments if one.appointment_id == row.id and one.status == "paid"
            )
            if paid and row.status in {*BOOKED, "cancelled"} and not failed:
                assert books.balance("patients", row.id) == 0
        self.database.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _prepare(work: UnitOfWork, visit: str) -> None:
    from portal.clinic.scheduling import queries

    row = queries.appointment_row(work, visit)
    assert row is not None
    visits.ensure_visit(work, row)


@pytest.fixture(autouse=True)
def _template(sqlite_shelf: SqliteShelf) -> None:
    Money.shelf = sqlite_shelf


TestMoney = Money.TestCase
TestMoney.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
