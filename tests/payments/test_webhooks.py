"""What the sandbox can do to a delivery, and what the gateway makes of it."""

import json
import time
from datetime import timedelta

import pytest

from portal.demo.card_sandbox.webhooks import signature
from portal.gateways.payments import WebhookRefused
from portal.gateways.stripe_payments import StripeAccount, StripePayments
from portal.storage.clock import utc_now
from tests.support.counter import KEY, SECRET, a_request, ask
from tests.support.patience import until

COMPLETED = "checkout.session.completed"


def paid(desk, payment_id="p1"):
    page = ask(desk.payments.open_checkout(a_request(payment_id)))
    desk.pay(page.session_id)
    return page.session_id


def types(receiver):
    return [event.type for event in receiver.events]


class TestDelivery:
    def test_arrives_signed_with_the_object_id(self, desk):
        session_id = paid(desk)
        desk.receiver.wait(lambda got: COMPLETED in types(got))
        event = next(event for event in desk.receiver.events if event.type == COMPLETED)
        assert event.object_id == session_id
        assert desk.receiver.refusals == []

    def test_is_repeated_until_it_is_taken(self, desk):
        desk.receiver.answers = [500, 503, 500, 404, 500]
        paid(desk)
        desk.receiver.wait(lambda got: len(got.verdicts) >= 9)
        until(lambda: all(d["state"] != "waiting" for d in desk.control("GET", "/deliveries")))
        assert len({event.id for event in desk.receiver.events}) == 4

    def test_duplicate_comes_three_times_with_one_id(self, desk):
        desk.faults(deliveries=["duplicate"])
        paid(desk)
        desk.receiver.wait(lambda got: types(got).count(COMPLETED) == 3)
        assert len({event.id for event in desk.receiver.events if event.type == COMPLETED}) == 1

    def test_reorder_brings_the_newest_first(self, desk):
        desk.faults(deliveries=["reorder"])
        paid(desk)
        desk.receiver.wait(lambda got: len(got.events) == 4)
        assert types(desk.receiver)[0] == COMPLETED
        assert types(desk.receiver)[-1] == "payment_intent.created"

    def test_delay_waits(self, desk):
        desk.faults(deliveries=["delay"], delay_seconds=0.6)
        started = time.monotonic()
        paid(desk)
        desk.receiver.wait(lambda got: COMPLETED in types(got))
        assert time.monotonic() - started >= 0.6

    def test_drop_never_comes_but_is_listed(self, desk):
        desk.faults(deliveries=["drop"])
        session_id = paid(desk)
        time.sleep(0.5)  # what must not come cannot be waited for
        assert desk.receiver.verdicts == []
        listed = ask(desk.payments.events_since(utc_now() - timedelta(minutes=1)))
        assert [(event.type, event.object_id) for event in listed] == [(COMPLETED, session_id)]

    def test_forge_is_refused_and_the_true_one_taken(self, desk):
        desk.faults(deliveries=["forge"])
        paid(desk)
        desk.receiver.wait(lambda got: len(got.verdicts) == 8)
        assert desk.receiver.refusals == ["signature"] * 4
        assert COMPLETED in types(desk.receiver)

    def test_false_news_of_a_payment_is_refused(self, desk):
        page = ask(desk.payments.open_checkout(a_request()))
        desk.control("POST", f"/sessions/{page.session_id}/forge")
        desk.receiver.wait(lambda got: got.refusals == ["signature"])
        assert ask(desk.payments.checkout(page.session_id)).payment_status == "unpaid"

    def test_old_is_refused_and_comes_fresh_later(self, desk):
        desk.faults(deliveries=["old"])
        paid(desk)
        desk.receiver.wait(lambda got: len(got.refusals) >= 4)
        assert desk.receiver.events == []
        desk.control("DELETE", "/faults")
        desk.receiver.wait(lambda got: COMPLETED in types(got))

    def test_unknown_faults_are_refused(self, desk):
        with pytest.raises(AssertionError, match="Not a fault"):
            desk.faults(gremlins=True)
        with pytest.raises(AssertionError, match="Only"):
            desk.faults(deliveries=["explode"])


class TestSignature:
    gateway = StripePayments(StripeAccount(KEY, SECRET, "http://127.0.0.1:9"))
    body = json.dumps(
        {"id": "evt_1", "object": "event", "type": COMPLETED, "created": 1, "data": {"object": {"id": "cs_1"}}}
    )

    def refused(self, raw, header):
        with pytest.raises(WebhookRefused) as refusal:
            self.gateway.parse_webhook(raw, header)
        return refusal.value.code

    def test_a_true_one_is_taken(self):
        event = self.gateway.parse_webhook(self.body.encode(), signature(SECRET, int(time.time()), self.body))
        assert (event.id, event.type, event.object_id) == ("evt_1", COMPLETED, "cs_1")

    def test_ten_minutes_old_is_refused(self):
        header = signature(SECRET, int(time.time()) - 600, self.body)
        assert self.refused(self.body.encode(), header) == "signature"

    def test_another_secret_is_refused(self):
        header = signature("whsec_other", int(time.time()), self.body)
        assert self.refused(self.body.encode(), header) == "signature"

    def test_one_changed_byte_is_refused(self):
        header = signature(SECRET, int(time.time()), self.body)
        assert self.refused(self.body.replace("cs_1", "cs_2").encode(), header) == "signature"

    @pytest.mark.parametrize("header", ["", "t=1", "v1=abc", "t=x,v1=y", "t=,v1=", "=,=", "t=1,v1=\u00e9"])
    def test_headers_that_are_none_are_refused(self, header):
        assert self.refused(self.body.encode(), header) in {"signature", "shape"}

    @pytest.mark.parametrize("body", ["", "[]", "null", "{}", "nonsense", '{"id": 1}', '"x"', '{"object": "event"}'])
    def test_signed_bodies_of_another_shape_are_refused(self, body):
        assert self.refused(body.encode(), signature(SECRET, int(time.time()), body)) == "shape"

    def test_bytes_that_are_no_text_are_refused(self):
        assert self.refused(b"\xff\xfe", signature(SECRET, int(time.time()), "x")) == "shape"

    def test_an_event_about_something_without_an_id_is_taken(self):
        body = json.dumps(
            {"id": "evt_2", "object": "event", "type": "balance.available", "created": 1, "data": {"object": {}}}
        )
        event = self.gateway.parse_webhook(body.encode(), signature(SECRET, int(time.time()), body))
        assert event.object_id == ""
