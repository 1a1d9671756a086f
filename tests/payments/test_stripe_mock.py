"""Every request that the gateway can make, judged once by Stripe's own description of its API."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

import pytest
import stripe

from portal.gateways.payments import PaymentsRefused, RefundRequest
from portal.gateways.stripe_payments import StripeAccount, StripePayments
from tests.support.counter import a_request, ask

# What stripe-python knows and this stripe-mock does not yet: its description of the API is a few versions older.
NEWER_THAN_THE_JUDGE = {"allowed_payment_method_types[0]"}


@pytest.fixture
def judged(stripe_mock_url, monkeypatch):
    """The gateway in front of stripe-mock."""
    send = stripe.RequestsClient.request

    def without_newer(client, method, url, headers, post_data=None):
        if post_data:
            pairs = [pair for pair in parse_qsl(post_data) if pair[0] not in NEWER_THAN_THE_JUDGE]
            post_data = urlencode(pairs)
        return send(client, method, url, headers, post_data)

    monkeypatch.setattr(stripe.RequestsClient, "request", without_newer)
    gateway = StripePayments(StripeAccount("sk_test_123", "whsec_x", stripe_mock_url, retries=0))
    yield gateway
    gateway.close()


REQUESTS = {
    "open a card page": lambda gateway: gateway.open_checkout(a_request()),
    "open one with an address": lambda gateway: gateway.open_checkout(a_request(customer_email="rosa@example.org")),
    "ask for a card page": lambda gateway: gateway.checkout("cs_test_1"),
    "close a card page": lambda gateway: gateway.expire_checkout("cs_test_1"),
    "give money back": lambda gateway: gateway.refund(RefundRequest("r1", "pi_1", 100)),
    "ask for a refund": lambda gateway: gateway.refund_state("re_1"),
    "list events": lambda gateway: gateway.events_since(datetime(2026, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_is_taken(judged, name):
    ask(REQUESTS[name](judged))


def test_the_judge_refuses_what_is_wrong(judged):
    with pytest.raises(PaymentsRefused):
        ask(judged.refund(RefundRequest("r1", "pi_1", "much")))


def test_all_requests_are_here():
    makes_requests = {
        name for name in vars(StripePayments) if not name.startswith("_") and name not in {"close", "parse_webhook"}
    }
    used = {code for request in REQUESTS.values() for code in request.__code__.co_names}
    assert makes_requests <= used
