"""Money when several things happen at one moment, or happen twice; and papers that stay as they were issued."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.clinic.billing import service as billing
from portal.clinic.billing.tables import MoneyDocument, ProcessorEvent
from portal.clinic.billing.values import OutcomeKind, PageState
from portal.clinic.outbox import OutboxItem
from portal.clinic.scheduling import service as scheduling
from portal.storage.violations import violated
from portal.storage.work import SYSTEM, Database, UnitOfWork
from tests.support.booking import Booking, make_patients, open_practice
from tests.support.databases import Clock
from tests.support.ledger import Books
from tests.support.patience import SECONDS
from tests.support.people import Who

AT_ONCE = 8
PAID = PageState(is_paid=True, is_expired=False, amount_minor=7000, currency="gbp", intent_ref="pi_1")
CLOSED = PageState(is_paid=False, is_expired=True, amount_minor=7000, currency="gbp", intent_ref=None)


@pytest.fixture
def booking(database: Database) -> Booking:
    return open_practice(database, pay_later=True)


@pytest.fixture
def rosa(database: Database, booking: Booking) -> Who:
    return make_patients(database, 1)[0]


def at_once(count: int, act: Callable[[int], object]) -> Counter[str]:
    """Runs an act in so many threads, started together; how each of them ended."""
    ready, ended = threading.Barrier(count), Counter[str]()

    def one(number: int) -> str:
        ready.wait(SECONDS)
        try:
            act(number)
        except Exception as problem:
            return type(problem).__name__
        return "done"

    with ThreadPoolExecutor(count) as crowd:
        ended.update(crowd.map(one, range(count)))
    return ended


def page_for(database: Database, booking: Booking, who: Who, slot: int = 0) -> str:
    """A time is held and its card page is open; the payment."""
    database.run(who.viewer, scheduling.hold, booking.free(database)[slot])
    order = database.run(who.viewer, billing.begin_payment)
    database.run(who.viewer, billing.attach_page, order.payment_id, f"cs_{order.payment_id}", "https://pay")
    return order.payment_id


def papers(database: Database) -> Counter[str]:
    return Counter(row.kind for row in Books(database).documents)


def letters(database: Database) -> list[str]:
    with Session(database.engine) as db:
        return sorted(row.kind for row in db.exec(select(OutboxItem)))


def test_webhook_return_and_reconciliation_at_one_moment_book_once(database, booking, rosa) -> None:
    payment = page_for(database, booking, rosa)
    ended = at_once(AT_ONCE, lambda _: database.run(SYSTEM, billing.apply_page_state, payment, PAID))
    assert ended == {"done": AT_ONCE}
    assert papers(database) == {"invoice": 1, "receipt": 1}
    assert letters(database) == ["mail.confirmed", "mail.confirmed"]
    Books(database).check()


def test_two_hands_on_the_pay_button_begin_one_payment(database, booking, rosa) -> None:
    database.run(rosa.viewer, scheduling.hold, booking.free(database)[0])
    ended = at_once(AT_ONCE, lambda _: database.run(rosa.viewer, billing.begin_payment))
    assert ended == {"done": AT_ONCE}
    assert len(Books(database).payments) == 1


def test_cancelling_twice_at_once_gives_back_once(database, booking, rosa) -> None:
    payment = page_for(database, booking, rosa)
    visit = database.run(SYSTEM, billing.apply_page_state, payment, PAID).appointment_id
    ended = at_once(AT_ONCE, lambda _: database.run(rosa.viewer, billing.cancel_visit, visit))
    assert ended == {"done": 1, "TooLate": AT_ONCE - 1}
    assert papers(database) == {"invoice": 1, "receipt": 1, "credit": 1}
    assert len(Books(database).refunds) == 1
    Books(database).check()


def test_a_refund_that_two_hear_of_is_posted_once(database, booking, rosa) -> None:
    payment = page_for(database, booking, rosa)
    visit = database.run(SYSTEM, billing.apply_page_state, payment, PAID).appointment_id
    database.run(rosa.viewer, billing.cancel_visit, visit)
    refund = Books(database).refunds[0].public_id
    ended = at_once(AT_ONCE, lambda _: database.run(SYSTEM, billing.note_refund, refund, "re_1", "succeeded"))
    assert ended == {"done": AT_ONCE}
    database.run(SYSTEM, billing.note_refund, refund, "re_1", "failed")
    books = Books(database)
    assert [row.status for row in books.refunds] == ["succeeded"]
    assert len([line for line in books.lines if line.posting.startswith("refund:")]) == 2
    books.check()


def test_the_same_webhook_many_times_at_once_is_stored_once(database, booking) -> None:
    told = ("stripe", "evt_1", "checkout.session.completed", "cs_1")
    ended = at_once(AT_ONCE, lambda _: database.run(SYSTEM, billing.receive, *told))
    assert ended == {"done": AT_ONCE}
    with Session(database.engine) as db:
        assert len(db.exec(select(ProcessorEvent)).all()) == 1


def test_many_bookings_at_once_are_numbered_without_gaps(database, booking) -> None:
    people = make_patients(database, AT_ONCE)
    slots = booking.free(database)[::9]

    def book(number: int) -> None:
        who = people[number].viewer
        database.run(who, scheduling.hold, slots[number])
        if number % 3 == 0:
            database.run(who, _book_and_fall, slots[number])
        database.run(who, billing.choose_pay_later)

    ended = at_once(AT_ONCE, book)
    assert ended == {"done": AT_ONCE - 3, "ZeroDivisionError": 3}
    assert papers(database) == {"invoice": AT_ONCE - 3}
    Books(database).check()


def _book_and_fall(work: UnitOfWork, _slot: str) -> None:
    billing.choose_pay_later(work)
    raise ZeroDivisionError


def test_numbers_begin_anew_each_year(database, booking, clock: Clock) -> None:
    for who, now in zip(make_patients(database, 4), (2026, 2026, 2027, 2027), strict=True):
        clock.now = datetime(now, 12, 30, 12, tzinfo=UTC)
        database.run(who.viewer, scheduling.hold, booking.free(database)[0])
        database.run(who.viewer, billing.choose_pay_later)
    assert sorted(row.number for row in Books(database).documents) == [
        "2026-00001", "2026-00002", "2027-00001", "2027-00002",
    ]  # fmt: skip


def test_a_visit_paid_twice_is_paid_once(database, booking, rosa) -> None:
    """A page that was closed takes money after all, when another one has."""
    first = page_for(database, booking, rosa)
    database.run(SYSTEM, billing.apply_page_state, first, CLOSED)
    order = database.run(rosa.viewer, billing.begin_payment)
    assert order.payment_id != first
    assert database.run(SYSTEM, billing.apply_page_state, order.payment_id, PAID).kind is OutcomeKind.CONFIRMED
    for _ in range(2):
        assert database.run(SYSTEM, billing.apply_page_state, first, PAID).kind is OutcomeKind.REFUNDED
    books = Books(database)
    assert [(row.amount_minor, row.reason) for row in books.refunds] == [(7000, "duplicate")]
    assert "mail.paid_too_late" in letters(database)
    books.check()


def test_money_for_a_time_that_somebody_else_has_goes_back(database, booking, clock: Clock) -> None:
    rosa, tom = make_patients(database, 2)
    late = page_for(database, booking, rosa, slot=5)
    clock.advance(minutes=16)
    in_time = page_for(database, booking, tom, slot=5)
    assert database.run(SYSTEM, billing.apply_page_state, late, PAID).kind is OutcomeKind.REFUNDED
    assert database.run(SYSTEM, billing.apply_page_state, in_time, PAID).kind is OutcomeKind.CONFIRMED
    books = Books(database)
    assert [(row.amount_minor, row.reason) for row in books.refunds] == [(7000, "slot_gone")]
    assert books.balance("income") == -7000
    assert letters(database).count("mail.paid_too_late") == 1
    books.check()


class TestPapers:
    CHANGES = (
        "UPDATE moneydocument SET total_minor = 1",
        "UPDATE moneydocument SET number = '2026-99999'",
        "DELETE FROM moneydocument",
        "UPDATE ledgerline SET amount_minor = 1",
        "DELETE FROM ledgerline",
    )

    @pytest.fixture
    def booked(self, database: Database, booking: Booking, rosa: Who) -> str:
        return database.run(SYSTEM, billing.apply_page_state, page_for(database, booking, rosa), PAID).appointment_id

    def test_nothing_that_was_issued_or_posted_changes(self, database: Database, booked: str) -> None:
        for change in self.CHANGES:
            table = "moneydocument" if "moneydocument" in change else "ledgerline"
            with pytest.raises(sa.exc.DBAPIError) as refused, database.engine.begin() as connection:
                connection.execute(sa.text(change))
            assert f"{table}_final" in violated(refused.value)

    def test_a_later_name_or_price_is_not_in_an_earlier_paper(self, database: Database, booked: str, rosa: Who) -> None:
        invoice = database.run_read(rosa.viewer, billing.paid_state, booked).invoice_id
        before = database.run(rosa.viewer, billing.document, "invoice", invoice)
        with database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE offer SET price_minor = 9, name = 'Else'"))
            connection.execute(sa.text("UPDATE practice SET name = 'Elsewhere'"))
        assert database.run(rosa.viewer, billing.document, "invoice", invoice) == before
        assert before.content["service"] == "Follow-up"

    def test_what_a_paper_says_lies_sealed_to_its_row(self, database: Database, booked: str) -> None:
        with Session(database.engine) as db:
            for row in db.exec(select(MoneyDocument)):
                assert b"Patient 0" not in (row.content_sealed or b"")
                assert row.content["patient"] == "Patient 0"

    def test_no_money_row_can_go_while_papers_name_it(self, database: Database, booked: str) -> None:
        with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM payment"))
