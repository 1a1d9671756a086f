"""Payments by Stripe, or by anything that answers as Stripe does at another base address.

What leaves: an amount, our own ids, the addresses to come back to, the word "Session". No name, no service.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import stripe

from portal.gateways.payments import (
    CheckoutPage,
    CheckoutRequest,
    CheckoutState,
    CheckoutStatus,
    PaidStatus,
    PaymentsRefused,
    PaymentsUnavailable,
    ProcessorEvent,
    RefundRequest,
    RefundState,
    RefundStatus,
    WebhookRefused,
)

if TYPE_CHECKING:
    from stripe.params import RefundCreateParams
    from stripe.params.checkout import SessionCreateParams

Answer = TypeVar("Answer")
Status = TypeVar("Status", CheckoutStatus, RefundStatus)

STRIPE = "https://api.stripe.com"
NEUTRAL_NAME = "Session"
EVENT_TYPES = (
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "refund.created",
    "refund.updated",
    "refund.failed",
)
# Stripe counts these in hundredths although the currency has none: refused rather than charged a hundredth.
_OTHER_MINOR_UNITS = frozenset({"ISK", "UGX"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class StripeAccount:
    """Whose Stripe account, and how patient we are with it. A call is tried `retries` times more."""

    api_key: str
    webhook_secret: str
    api_base: str = STRIPE
    connect_seconds: float = 5
    read_seconds: float = 20
    retries: int = 2
    webhook_tolerance_seconds: int = 300


class StripePayments:
    """The `Payments` gateway over stripe-python. Its blocking calls run on a few threads of its own."""

    def __init__(self, account: StripeAccount) -> None:
        stripe.enable_telemetry = False
        self._account = account
        self._client = stripe.StripeClient(
            account.api_key,
            base_addresses={"api": account.api_base.rstrip("/")},
            max_network_retries=account.retries,
            http_client=_http_client(account),
        )
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="payments")

    async def open_checkout(self, request: CheckoutRequest) -> CheckoutPage:
        """Open a card page. Repeating the same request gives the same page."""
        params = _checkout_params(request)
        session = await self._call(
            lambda: self._client.v1.checkout.sessions.create(
                params, {"idempotency_key": f"checkout-{request.payment_id}"}
            )
        )
        if session.url is None:
            raise PaymentsRefused("no_page")
        return CheckoutPage(session.id, session.url, _instant(session.expires_at))

    async def checkout(self, session_id: str) -> CheckoutState:
        """Ask how a card page stands."""
        session = await self._call(
            lambda: self._client.v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
        )
        return _checkout_state(session)

    async def expire_checkout(self, session_id: str) -> CheckoutState:
        """Close a card page, and say how it stands: it may have been paid a moment before."""
        try:
            session = await self._call(
                lambda: self._client.v1.checkout.sessions.expire(session_id, {"expand": ["payment_intent"]})
            )
        except PaymentsRefused:  # no longer open; an unknown id is refused again by the next line
            return await self.checkout(session_id)
        return _checkout_state(session)

    async def refund(self, request: RefundRequest) -> RefundState:
        """Give money back. Repeating the same request gives the same refund."""
        params: RefundCreateParams = {
            "payment_intent": request.payment_intent,
            "amount": request.amount_minor,
            "reason": "requested_by_customer",
            "metadata": {"refund": request.refund_id},
        }
        refund = await self._call(
            lambda: self._client.v1.refunds.create(params, {"idempotency_key": f"refund-{request.refund_id}"})
        )
        return _refund_state(refund)

    async def refund_state(self, processor_refund_id: str) -> RefundState:
        """Ask how a refund stands."""
        return _refund_state(await self._call(lambda: self._client.v1.refunds.retrieve(processor_refund_id)))

    async def events_since(self, since: datetime) -> list[ProcessorEvent]:
        """All events about card pages and refunds from that second on, oldest first."""
        return await self._call(lambda: self._all_events(int(since.timestamp())))

    def parse_webhook(self, raw: bytes, signature: str) -> ProcessorEvent:
        """Check a delivery's signature and age. It may still be a repetition: events count once, by id."""
        try:
            event = self._client.construct_event(
                raw, signature, self._account.webhook_secret, self._account.webhook_tolerance_seconds
            )
            return _event(event)
        except stripe.SignatureVerificationError as refusal:
            raise WebhookRefused("signature") from refusal
        except (ValueError, KeyError, TypeError, AttributeError) as refusal:
            raise WebhookRefused("shape") from refusal

    def close(self) -> None:
        """Let go of the threads; calls under way end first."""
        self._threads.shutdown(wait=True)

    def _all_events(self, since: int) -> list[ProcessorEvent]:
        page = self._client.v1.events.list({"created": {"gte": since}, "types": list(EVENT_TYPES), "limit": 100})
        newest_first = [_event(event) for event in page.auto_paging_iter()]
        return newest_first[::-1]

    async def _call(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except stripe.RateLimitError as error:
            raise PaymentsUnavailable("rate_limit") from error
        except stripe.AuthenticationError as error:
            raise PaymentsRefused("authentication") from error
        except stripe.IdempotencyError as error:
            raise PaymentsRefused("idempotency_error") from error
        except (stripe.InvalidRequestError, stripe.CardError, stripe.PermissionError) as error:
            raise PaymentsRefused(error.code or "invalid_request") from error
        except stripe.APIConnectionError as error:
            raise PaymentsUnavailable("no_answer") from error
        except stripe.StripeError as error:
            raise PaymentsUnavailable("processor_error") from error


def _http_client(account: StripeAccount) -> stripe.RequestsClient:
    timeout = (account.connect_seconds, account.read_seconds)
    if urlsplit(account.api_base).hostname in _LOOPBACK:  # a proxy of the environment does not know our loopback
        return stripe.RequestsClient(timeout=timeout, proxy={"http": None, "https": None})
    return stripe.RequestsClient(timeout=timeout)


def _checkout_params(request: CheckoutRequest) -> SessionCreateParams:
    if request.currency.upper() in _OTHER_MINOR_UNITS:
        raise PaymentsRefused("currency_unsupported")
    ours = {"payment": request.payment_id}
    params: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": request.payment_id,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": request.currency.lower(),
                    "unit_amount": request.amount_minor,
                    "product_data": {"name": NEUTRAL_NAME},
                },
            }
        ],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},  # what the ledger says is what the card is charged
        "wallet_options": {"link": {"display": "never"}},  # no account at somebody else's company
        "metadata": ours,
        "payment_intent_data": {"description": NEUTRAL_NAME, "metadata": ours},
    }
    if request.customer_email:
        params["customer_email"] = request.customer_email
    return params


def _checkout_state(session: stripe.checkout.Session) -> CheckoutState:
    intent = session.payment_intent
    return CheckoutState(
        session_id=session.id,
        payment_id=session.client_reference_id or "",
        status=_status(CheckoutStatus, session.status),
        payment_status=PaidStatus.PAID if session.payment_status == "paid" else PaidStatus.UNPAID,
        payment_intent=intent if isinstance(intent, str) or intent is None else intent.id,
        amount_minor=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        decline=None if isinstance(intent, str) or intent is None else _decline(intent),
    )


def _decline(intent: stripe.PaymentIntent) -> str | None:
    failure = intent.last_payment_error
    if failure is None:
        return None
    return getattr(failure, "decline_code", None) or getattr(failure, "code", None) or "card_declined"


def _refund_state(refund: stripe.Refund) -> RefundState:
    ours = refund.metadata["refund"] if refund.metadata and "refund" in refund.metadata else ""
    return RefundState(refund.id, ours, _status(RefundStatus, refund.status), refund.amount)


def _status(kind: type[Status], said: str | None) -> Status:
    try:
        return kind(said)
    except ValueError as unknown:
        raise PaymentsUnavailable("unknown_status") from unknown


def _event(event: stripe.Event) -> ProcessorEvent:
    return ProcessorEvent(event.id, event.type, getattr(event.data.object, "id", ""), _instant(event.created))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
