"""A visit that is cancelled: what goes back, what is still owed, and that each happens once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clinic.billing.values import OutcomeKind
from portal.clinic.errors import Conflict
from portal.errands import pay
from portal.jobs.money import reconcile
from portal.jobs.outbox import run_outbox
from tests.errands.conftest import Street, booked_once, delivered
from tests.support.counter import ask


class TestCancelled:
    def test_free_of_charge_gives_all_back(self, street: Street) -> None:
        visit = street.paid_visit(street.rosa, 40)
        due = ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        assert (due.is_free, due.refund_minor) == (True, 7000)
        street.jobs()
        assert [one["amount"] for one in street.refunds()] == [7000]
        books = street.books()
        books.check()
        assert [books.balance(account) for account in ("card", "income", "patients")] == [0, 0, 0]

    def test_late_keeps_the_half(self, street: Street) -> None:
        visit = street.paid_visit(street.rosa, 40)
        known = street.database.run_read(street.rosa.viewer, pay.scheduling.appointment, visit)
        street.clock.go_to(known.starts_at - timedelta(hours=2))
        due = ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        assert (due.is_free, due.keep_minor) == (False, 3500)
        street.jobs()
        assert [one["amount"] for one in street.refunds()] == [3500]
        books = street.books()
        books.check()
        assert [books.balance(account) for account in ("card", "income", "patients")] == [3500, -3500, 0]

    def test_a_refund_whose_answer_was_lost_is_made_once(self, street: Street) -> None:
        visit = street.paid_visit(street.rosa, 40)
        ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        street.cards.faults(answer="500", answer_path="/v1/refunds", answer_count=9)
        street.jobs(run_outbox)
        assert [row.status for row in street.books().refunds] == ["pending"]
        street.cards.control("DELETE", "/faults")
        for _ in range(3):
            street.clock.advance(minutes=2)
            street.jobs(run_outbox, reconcile)
        assert [one["amount"] for one in street.refunds()] == [7000]
        assert [row.status for row in street.books().refunds] == ["succeeded"]
        street.books().check()

    @pytest.mark.parametrize("arrives", [True, False])
    def test_a_slow_refund_is_followed_to_its_end(self, street: Street, arrives: bool) -> None:
        street.cards.faults(refunds_pend=True)
        visit = street.paid_visit(street.rosa, 40)
        ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        street.jobs()
        assert [row.status for row in street.books().refunds] == ["pending"]
        street.cards.control("POST", f"/refunds/{street.refunds()[0]['id']}/settle", {"succeeded": arrives})
        street.jobs(reconcile)
        books = street.books()
        assert [row.status for row in books.refunds] == ["succeeded" if arrives else "failed"]
        assert books.balance("patients") == (0 if arrives else -7000)
        books.check()

    def test_unpaid_and_cancelled_sends_nothing_to_the_processor(self, street: Street) -> None:
        street.hold(street.rosa, 40)
        visit = ask(pay.pay_later(street.parts, street.rosa.viewer))
        ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        street.jobs()
        assert street.refunds() == []
        assert street.books().refunds == []
        street.books().check()

    def test_what_was_to_be_paid_later_is_paid_by_card(self, street: Street) -> None:
        street.hold(street.rosa, 40)
        visit = ask(pay.pay_later(street.parts, street.rosa.viewer))
        payment = street.page(street.rosa, visit=visit)
        street.charge(payment)
        street.news(delivered())
        street.jobs()
        booked_once(street)

    def test_the_fee_of_a_late_cancellation_is_paid_on_a_page_of_its_own(self, street: Street) -> None:
        street.hold(street.rosa, 40)
        visit = ask(pay.pay_later(street.parts, street.rosa.viewer))
        whole = street.page(street.rosa, visit=visit)
        known = street.database.run_read(street.rosa.viewer, pay.scheduling.appointment, visit)
        street.clock.go_to(known.starts_at - timedelta(hours=2))
        ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        first = ask(pay.open_card_page(street.parts, street.rosa.viewer, visit))
        assert ask(pay.open_card_page(street.parts, street.rosa.viewer, visit)) == first
        fee = street.books().payments[-1]
        assert (fee.amount_minor, fee.public_id == whole) == (3500, False)
        assert street.cards.till.store.get("checkout.session", street.session(whole))["status"] == "expired"
        street.charge(fee.public_id)
        answer = ask(pay.settle_own_payment(street.parts, street.rosa.viewer, fee.public_id))
        assert (answer.kind, answer.of_booked) == (OutcomeKind.CONFIRMED, True)
        street.jobs()
        books = street.books()
        books.check()
        assert [books.balance(account) for account in ("card", "income", "patients")] == [3500, -3500, 0]
        assert street.refunds() == []

    def test_the_whole_price_paid_a_moment_before_settles_the_fee(self, street: Street) -> None:
        street.cards.faults(deliveries=["drop"])
        street.hold(street.rosa, 40)
        visit = ask(pay.pay_later(street.parts, street.rosa.viewer))
        whole = street.page(street.rosa, visit=visit)
        street.charge(whole)
        known = street.database.run_read(street.rosa.viewer, pay.scheduling.appointment, visit)
        street.clock.go_to(known.starts_at - timedelta(hours=2))
        ask(pay.cancel(street.parts, street.rosa.viewer, visit))
        with pytest.raises(Conflict, match="already_paid"):
            ask(pay.open_card_page(street.parts, street.rosa.viewer, visit))
        street.jobs()
        assert [one["amount"] for one in street.refunds()] == [3500]
        told = [letter for letter in street.post.letters if "goes back" in letter["subject"]]
        assert "you paid more than was owed" in told[0].get_body(("plain",)).get_content()
