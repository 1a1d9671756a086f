"""The Stripe gateway against the sandbox, over HTTP."""

import sqlite3
from datetime import timedelta

import httpx
import pytest

from portal.gateways.payments import (
    CheckoutStatus,
    PaidStatus,
    PaymentsRefused,
    PaymentsUnavailable,
    RefundRequest,
    RefundStatus,
)
from portal.gateways.stripe_payments import StripeAccount, StripePayments
from portal.storage.clock import utc_now
from tests.support.counter import KEY, SECRET, a_request, ask, counter
from tests.support.ports import free_port


class TestCheckout:
    def test_is_opened_paid_and_refunded(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        assert page.url == f"{desk.url}/c/pay/{page.session_id}"
        before = ask(desk.payments.checkout(page.session_id))
        assert (before.status, before.payment_status, before.payment_id) == ("open", "unpaid", "p1")
        assert desk.pay(page.session_id) == "paid"
        after = ask(desk.payments.checkout(page.session_id))
        assert (after.status, after.payment_status) == (CheckoutStatus.COMPLETE, PaidStatus.PAID)
        assert (after.amount_minor, after.currency) == (6500, "GBP")
        refund = ask(desk.payments.refund(RefundRequest("r1", after.payment_intent, 3250)))
        assert (refund.refund_id, refund.status, refund.amount_minor) == ("r1", RefundStatus.SUCCEEDED, 3250)
        assert ask(desk.payments.refund_state(refund.id)) == refund

    def test_says_why_a_card_was_refused(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        assert desk.pay(page.session_id, "short") == "declined"
        state = ask(desk.payments.checkout(page.session_id))
        assert (state.status, state.payment_status, state.decline) == ("open", "unpaid", "insufficient_funds")
        assert desk.pay(page.session_id) == "paid"
        assert ask(desk.payments.checkout(page.session_id)).decline is None

    @pytest.mark.parametrize(("confirmed", "outcome"), [(True, "paid"), (False, "declined")])
    def test_asks_the_bank_first(self, desk, confirmed, outcome):
        page = ask(desk.payments.open_checkout(a_request()))
        assert desk.pay(page.session_id, "asks") == "asks"
        assert ask(desk.payments.checkout(page.session_id)).payment_status == "unpaid"
        assert desk.pay(page.session_id, "asks", confirmed=confirmed) == outcome

    def test_sends_no_name_and_no_service(self, desk):
        page = ask(desk.payments.open_checkout(a_request(customer_email="rosa@example.org")))
        kept = desk.till.store.get("checkout.session", page.session_id)
        assert kept["metadata"] == {"payment": "p1"}
        assert kept["_intent"] == {"description": "Session", "metadata": {"payment": "p1"}}
        assert kept["customer_email"] == "rosa@example.org"


class TestRepeating:
    def test_the_same_request_gives_the_same_page(self, desk):
        request = a_request()
        first, second = ask(desk.payments.open_checkout(request)), ask(desk.payments.open_checkout(request))
        assert first == second

    def test_another_request_under_the_same_id_is_refused(self, desk):
        ask(desk.payments.open_checkout(a_request()))
        with pytest.raises(PaymentsRefused) as refusal:
            ask(desk.payments.open_checkout(a_request(amount_minor=100)))
        assert refusal.value.code == "idempotency_error"

    def test_a_refund_is_made_once(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.pay(page.session_id)
        intent = ask(desk.payments.checkout(page.session_id)).payment_intent
        request = RefundRequest("r1", intent, 6500)
        assert ask(desk.payments.refund(request)) == ask(desk.payments.refund(request))
        with pytest.raises(PaymentsRefused) as refusal:
            ask(desk.payments.refund(RefundRequest("r2", intent, 1)))
        assert refusal.value.code == "charge_already_refunded"

    def test_no_more_is_refunded_than_was_paid(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.pay(page.session_id)
        intent = ask(desk.payments.checkout(page.session_id)).payment_intent
        ask(desk.payments.refund(RefundRequest("r1", intent, 6000)))
        with pytest.raises(PaymentsRefused) as refusal:
            ask(desk.payments.refund(RefundRequest("r2", intent, 501)))
        assert refusal.value.code == "amount_too_large"

    def test_nothing_unpaid_is_refunded(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.pay(page.session_id, "declined")
        intent = ask(desk.payments.checkout(page.session_id)).payment_intent
        with pytest.raises(PaymentsRefused):
            ask(desk.payments.refund(RefundRequest("r1", intent, 1)))


class TestClosing:
    def test_an_open_page_is_closed(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        assert ask(desk.payments.expire_checkout(page.session_id)).status is CheckoutStatus.EXPIRED
        assert desk.pay(page.session_id) == "closed"
        assert ask(desk.payments.expire_checkout(page.session_id)).status is CheckoutStatus.EXPIRED

    def test_a_page_paid_a_moment_before_says_so(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.pay(page.session_id)
        state = ask(desk.payments.expire_checkout(page.session_id))
        assert (state.status, state.payment_status) == (CheckoutStatus.COMPLETE, PaidStatus.PAID)

    def test_an_unknown_page_is_refused(self, desk):
        with pytest.raises(PaymentsRefused) as refusal:
            ask(desk.payments.expire_checkout("cs_test_unknown"))
        assert refusal.value.code == "resource_missing"

    @pytest.mark.stripe_http
    def test_time_closes_a_page_and_says_so(self, tmp_path):
        ahead = [0.0]
        with counter(tmp_path, clock=lambda: utc_now().timestamp() + ahead[0]) as desk:
            page = ask(desk.payments.open_checkout(a_request()))
            ahead[0] = 36 * 60
            desk.receiver.wait(lambda got: any(e.type == "checkout.session.expired" for e in got.events))
            assert ask(desk.payments.checkout(page.session_id)).status is CheckoutStatus.EXPIRED

    def test_a_page_that_closes_too_soon_is_refused(self, desk):
        with pytest.raises(PaymentsRefused):
            ask(desk.payments.open_checkout(a_request(expires_at=utc_now() + timedelta(minutes=15))))


class TestEvents:
    def test_are_listed_oldest_first_over_many_pages(self, desk):
        since = utc_now() - timedelta(seconds=1)
        pages = [ask(desk.payments.open_checkout(a_request(f"p{number}"))) for number in range(55)]
        for page in pages:
            desk.control("POST", f"/sessions/{page.session_id}/expire")
            desk.till.store.get("checkout.session", page.session_id)
        for number in range(55, 110):
            page = ask(desk.payments.open_checkout(a_request(f"p{number}")))
            desk.pay(page.session_id)
            pages.append(page)
        events = ask(desk.payments.events_since(since))
        assert [event.object_id for event in events] == [page.session_id for page in pages]
        assert {event.type for event in events} == {"checkout.session.expired", "checkout.session.completed"}

    def test_of_before_are_left_out(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.pay(page.session_id)
        assert ask(desk.payments.events_since(utc_now() + timedelta(seconds=5))) == []


class TestFailures:
    @pytest.mark.parametrize(("answer", "code"), [("429", "rate_limit"), ("500", "processor_error")])
    def test_later_means_unavailable(self, desk, answer, code):
        desk.faults(answer=answer)
        with pytest.raises(PaymentsUnavailable) as failure:
            ask(desk.payments.open_checkout(a_request()))
        assert failure.value.code == code
        assert ask(desk.payments.open_checkout(a_request())).url

    @pytest.mark.stripe_http
    def test_an_answer_lost_on_the_way_is_found_again(self, tmp_path):
        with counter(tmp_path, read_seconds=0.5) as desk:
            desk.faults(answer="timeout", hold_seconds=1.5)
            request = a_request()
            with pytest.raises(PaymentsUnavailable) as failure:
                ask(desk.payments.open_checkout(request))
            assert failure.value.code == "no_answer"
            page = ask(desk.payments.open_checkout(request))
            assert [s["id"] for s in desk.till.store.newest_first("checkout.session")] == [page.session_id]

    @pytest.mark.stripe_http
    def test_a_lost_refund_is_not_made_twice(self, tmp_path):
        with counter(tmp_path, read_seconds=0.5, retries=2) as desk:
            page = ask(desk.payments.open_checkout(a_request()))
            desk.pay(page.session_id)
            intent = ask(desk.payments.checkout(page.session_id)).payment_intent
            desk.faults(answer="timeout", hold_seconds=1, answer_path="/v1/refunds")
            refund = ask(desk.payments.refund(RefundRequest("r1", intent, 6500)))
            assert [r["id"] for r in desk.till.store.newest_first("refund")] == [refund.id]

    def test_nobody_there_means_unavailable(self):
        nobody = StripePayments(StripeAccount(KEY, SECRET, f"http://127.0.0.1:{free_port()}", retries=0))
        with pytest.raises(PaymentsUnavailable):
            ask(nobody.checkout("cs_test_x"))

    def test_a_wrong_key_is_refused(self, desk):
        stranger = StripePayments(StripeAccount("sk_test_other", SECRET, desk.url, retries=0))
        with pytest.raises(PaymentsRefused) as refusal:
            ask(stranger.open_checkout(a_request()))
        assert refusal.value.code == "authentication"

    def test_a_currency_with_other_hundredths_is_refused(self, desk):
        with pytest.raises(PaymentsRefused):
            ask(desk.payments.open_checkout(a_request(currency="ISK")))

    def test_a_refund_that_fails_later_says_so(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.pay(page.session_id)
        intent = ask(desk.payments.checkout(page.session_id)).payment_intent
        desk.faults(refunds_pend=True)
        refund = ask(desk.payments.refund(RefundRequest("r1", intent, 6500)))
        assert refund.status is RefundStatus.PENDING
        desk.control("POST", f"/refunds/{refund.id}/settle", {"succeeded": False})
        assert ask(desk.payments.refund_state(refund.id)).status is RefundStatus.FAILED
        desk.receiver.wait(lambda got: any(e.type == "refund.failed" for e in got.events))


class TestRestart:
    @pytest.mark.stripe_http
    def test_forgets_nothing(self, tmp_path):
        request = a_request()
        with counter(tmp_path) as desk:
            page = ask(desk.payments.open_checkout(request))
            desk.pay(page.session_id)
            desk.receiver.wait(lambda got: len(got.events) >= 4)
        with counter(tmp_path) as desk:
            again = ask(desk.payments.open_checkout(request))
            assert again.session_id == page.session_id
            assert ask(desk.payments.checkout(page.session_id)).payment_status is PaidStatus.PAID

    @pytest.mark.stripe_http
    def test_deliveries_go_on(self, tmp_path):
        with counter(tmp_path, retry_seconds=(30,)) as desk:
            desk.receiver.answers = [500, 500, 500, 500]
            page = ask(desk.payments.open_checkout(a_request()))
            desk.pay(page.session_id)
            desk.receiver.wait(lambda got: len(got.verdicts) >= 4)
        with sqlite3.connect(tmp_path / "card-sandbox.sqlite3") as db:
            db.execute("UPDATE deliveries SET due = 0")
        with counter(tmp_path) as desk:
            desk.receiver.wait(lambda got: len(got.events) >= 4)


class TestStrangers:
    def test_other_hosts_are_refused(self, desk):
        answer = httpx.get(f"{desk.url}/mailbox/", headers={"Host": "evil.example"}, trust_env=False)
        assert answer.status_code == 400

    def test_control_needs_the_key(self, desk):
        assert httpx.post(f"{desk.url}/_sandbox/faults", json={}, trust_env=False).status_code == 401
