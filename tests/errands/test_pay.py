"""Paying by card from the first click to the ledger: the real gateway, the sandbox over HTTP, the real webhook route."""

from __future__ import annotations

import httpx
import pytest
from sqlmodel import Session, select

from portal.clinic.billing import service as billing
from portal.clinic.billing.tables import ProcessorEvent
from portal.clinic.billing.values import OutcomeKind
from portal.clinic.errors import HoldEnded, NotAllowed, NotFound
from portal.errands import pay
from portal.gateways.payments import PaymentsRefused, PaymentsUnavailable
from portal.jobs.money import act_on_webhooks, reconcile, sweep_holds
from portal.jobs.outbox import run_outbox
from portal.storage.work import ANONYMOUS
from tests.errands.conftest import COMPLETED, Street, booked_once, delivered
from tests.support.counter import ask


def inbox(street: Street) -> list[ProcessorEvent]:
    with Session(street.database.engine) as db:
        return list(db.exec(select(ProcessorEvent)))


class TestNews:
    def test_a_webhook_alone_books(self, street: Street) -> None:
        payment = street.page(street.rosa)
        assert street.charge(payment) == "paid"
        street.news(delivered())
        street.jobs(act_on_webhooks)
        booked_once(street)
        assert all(row.handled_at for row in inbox(street))
        outcome = ask(pay.settle_own_payment(street.parts, street.rosa.viewer, payment))
        assert outcome.kind is OutcomeKind.CONFIRMED

    def test_the_return_alone_books(self, street: Street) -> None:
        street.cards.faults(deliveries=["drop"])
        payment = street.page(street.rosa)
        street.charge(payment)
        assert ask(pay.settle_own_payment(street.parts, street.rosa.viewer, payment)).kind is OutcomeKind.CONFIRMED
        booked_once(street)

    def test_without_any_news_reconciling_books(self, street: Street) -> None:
        street.cards.faults(deliveries=["drop"])
        street.charge(street.page(street.rosa))
        street.jobs(act_on_webhooks)
        assert [row.status for row in street.books().appointments.values()] == ["held"]
        street.jobs(reconcile)
        booked_once(street)

    @pytest.mark.parametrize("faults", [["duplicate"], ["duplicate", "reorder"], ["delay"]])
    def test_news_twice_late_or_out_of_order_book_once(self, street: Street, faults: list[str]) -> None:
        street.cards.faults(deliveries=faults, delay_seconds=0.3)
        payment = street.page(street.rosa)
        street.charge(payment)
        street.settle(payment)
        deliveries = street.news(delivered())
        for _ in range(2):
            street.jobs()
        booked_once(street)
        rows = inbox(street)
        assert len(rows) == len({one["event_id"] for one in deliveries}) == len({row.event_ref for row in rows})

    def test_false_news_book_nothing(self, street: Street) -> None:
        payment = street.page(street.rosa)
        street.cards.control("POST", f"/sessions/{street.session(payment)}/forge")
        refused = street.news(lambda found: any(one["forged"] and one["state"] == "given_up" for one in found))
        assert [one["last_status"] for one in refused if one["forged"]] == [400]
        street.jobs()
        assert inbox(street) == []
        assert [row.status for row in street.books().appointments.values()] == ["held"]
        assert street.settle(payment).kind is OutcomeKind.WAITING

    def test_a_true_event_about_somebody_elses_page_changes_nothing(self, street: Street) -> None:
        street.database.run(pay.SYSTEM, billing.receive, "stripe", "evt_x", COMPLETED, "cs_of_nobody")
        street.jobs(act_on_webhooks)
        assert [bool(row.handled_at) for row in inbox(street)] == [True]
        assert street.books().lines == []

    @pytest.mark.parametrize("trouble", [PaymentsRefused("not_permitted"), RuntimeError("a fault of ours")])
    def test_news_that_nobody_can_act_on_let_the_others_pass(self, street: Street, monkeypatch, trouble) -> None:
        first, second = street.page(street.rosa), street.page(street.tom, 3)
        refused, gateway = street.session(first), street.parts.payments
        street.charge(first)
        street.charge(second)
        street.news(delivered())
        answer = gateway.checkout

        async def checkout(session: str):
            if session == refused:
                raise trouble
            return await answer(session)

        with monkeypatch.context() as patch:
            patch.setattr(gateway, "checkout", checkout)
            street.jobs(act_on_webhooks, reconcile)
        booked = {row.patient_id: row.status for row in street.books().appointments.values()}
        assert booked == {street.rosa.id: "held", street.tom.id: "confirmed"}
        street.jobs(reconcile)
        assert [row.status for row in street.books().appointments.values()] == ["confirmed", "confirmed"]

    def test_the_route_says_nothing_to_junk(self, street: Street) -> None:
        hook = street.cards.plan.webhook_url
        for body, header in ((b"", ""), (b"{}", "t=1,v1=x"), (b"\xff" * 1000, "v1="), (b"[" * 9000, "t=9,v1=9")):
            answer = httpx.post(hook, content=body, headers={"stripe-signature": header}, trust_env=False)
            assert answer.status_code == 400
            assert set(answer.json()) == {"ok", "code"}

    def test_another_amount_books_nothing_and_stops_nobody_else(self, street: Street) -> None:
        wrong, right = street.page(street.rosa, 0), street.page(street.tom, 20)
        session = street.cards.till.store.get("checkout.session", street.session(wrong))
        street.charge(wrong)
        session = street.cards.till.store.get("checkout.session", street.session(wrong)) or session
        street.cards.till.store.put({**session, "amount_total": 1})
        street.charge(right)
        street.news(delivered())
        street.jobs()
        states = {row.public_id: row.status for row in street.books().payments}
        assert states == {wrong: "open", right: "paid"}
        assert all(row.handled_at for row in inbox(street))
        street.books().check()


class TestThePage:
    def test_a_double_click_opens_one_page(self, street: Street) -> None:
        street.hold(street.rosa)
        first = ask(pay.open_card_page(street.parts, street.rosa.viewer))
        assert ask(pay.open_card_page(street.parts, street.rosa.viewer)) == first
        assert len(street.cards.till.store.newest_first("checkout.session")) == 1

    def test_a_crash_before_the_page_is_noted_opens_the_same_one(self, street: Street) -> None:
        street.hold(street.rosa)
        order = street.database.run(street.rosa.viewer, billing.begin_payment)
        url = ask(pay.open_card_page(street.parts, street.rosa.viewer))
        assert [row.public_id for row in street.books().payments] == [order.payment_id]
        assert street.session(order.payment_id) in url

    @pytest.mark.parametrize("answer", ["500", "429"])
    def test_a_processor_that_is_away_charges_nothing_and_is_asked_again(self, street: Street, answer: str) -> None:
        street.hold(street.rosa)
        street.cards.faults(answer=answer, answer_count=9, hold_seconds=0.2)
        with pytest.raises(PaymentsUnavailable):
            ask(pay.open_card_page(street.parts, street.rosa.viewer))
        street.cards.control("DELETE", "/faults")
        ask(pay.open_card_page(street.parts, street.rosa.viewer))
        assert len(street.cards.till.store.newest_first("checkout.session")) == 1
        assert len(street.books().payments) == 1

    def test_a_declined_card_keeps_the_time_and_may_be_tried_again(self, street: Street) -> None:
        payment = street.page(street.rosa)
        assert street.charge(payment, "declined") == "declined"
        assert street.settle(payment).kind is OutcomeKind.DECLINED
        assert [row.status for row in street.books().appointments.values()] == ["held"]
        assert street.charge(payment) == "paid"
        assert street.settle(payment).kind is OutcomeKind.CONFIRMED
        booked_once(street)

    def test_the_bank_is_asked_first(self, street: Street) -> None:
        payment = street.page(street.rosa)
        assert street.charge(payment, "asks") == "asks"
        assert street.settle(payment).kind is OutcomeKind.WAITING
        assert street.charge(payment, "asks", confirmed=True) == "paid"
        assert street.settle(payment).kind is OutcomeKind.CONFIRMED

    def test_the_processor_learns_nothing_but_our_id_and_the_price(self, street: Street) -> None:
        payment = street.page(street.rosa)
        kept = str(street.cards.till.store.get("checkout.session", street.session(payment)))
        assert payment in kept
        for word in ("Patient 0", "Follow-up", "Okafor", "@example.org", "Linden"):
            assert word not in kept


class TestAbandoned:
    def test_the_time_is_free_again_and_the_page_is_closed(self, street: Street) -> None:
        payment = street.page(street.rosa)
        street.clock.advance(minutes=16)
        street.jobs(sweep_holds, run_outbox)
        assert street.cards.till.store.get("checkout.session", street.session(payment))["status"] == "expired"
        outcome = ask(pay.settle_own_payment(street.parts, street.rosa.viewer, payment))
        assert outcome.kind is OutcomeKind.ABANDONED
        assert street.database.run(street.tom.viewer, pay.scheduling.hold, street.booking.free(street.database)[0])
        with pytest.raises(HoldEnded):
            ask(pay.open_card_page(street.parts, street.rosa.viewer))

    def test_paid_a_moment_before_the_page_closes_is_paid(self, street: Street) -> None:
        street.cards.faults(deliveries=["drop"])
        payment = street.page(street.rosa)
        street.clock.advance(minutes=16)
        street.jobs(sweep_holds)
        street.charge(payment)
        street.jobs(run_outbox)
        booked_once(street)

    def test_paid_too_late_goes_back_with_an_explanation(self, street: Street) -> None:
        street.cards.faults(deliveries=["drop"])
        payment = street.page(street.rosa, 5)
        street.clock.advance(minutes=16)
        street.jobs(sweep_holds)
        other = street.page(street.tom, 5)
        street.charge(payment)
        street.charge(other)
        assert street.settle(other).kind is OutcomeKind.CONFIRMED
        street.jobs()
        street.jobs()
        assert [(one["amount"], one["status"]) for one in street.refunds()] == [(7000, "succeeded")]
        assert street.settle(payment).kind is OutcomeKind.REFUNDED
        told = [letter for letter in street.post.letters if "goes back" in letter["subject"]]
        assert len(told) == 1
        assert "£70.00" in told[0].get_body(("plain",)).get_content()
        books = street.books()
        books.check()
        assert (books.balance("card"), books.balance("income")) == (7000, -7000)


class TestWhose:
    def test_a_foreign_payment_looks_like_none(self, street: Street) -> None:
        payment = street.page(street.rosa)
        answers = []
        for who in (street.tom.viewer, street.booking.clinician.viewer, ANONYMOUS):
            for wanted in (payment, "f" * 24, "", "\0", "x" * 5000):
                with pytest.raises((NotFound, NotAllowed)) as refused:
                    ask(pay.settle_own_payment(street.parts, who, wanted))
                answers.append(refused.value.code)
        assert set(answers) == {"not_found"}

    def test_a_foreign_visit_is_neither_paid_nor_cancelled(self, street: Street) -> None:
        visit = street.paid_visit(street.rosa, 40)
        for wanted in (visit, "f" * 24, "\0"):
            with pytest.raises(NotFound):
                ask(pay.cancel(street.parts, street.tom.viewer, wanted))
            with pytest.raises(NotFound):
                ask(pay.open_card_page(street.parts, street.tom.viewer, wanted))

    def test_nobody_pays_without_signing_in(self, street: Street) -> None:
        with pytest.raises(NotAllowed):
            ask(pay.open_card_page(street.parts, ANONYMOUS))
        with pytest.raises(NotAllowed):
            ask(pay.pay_later(street.parts, ANONYMOUS))
