"""What the practice needs from a card processor, in our own words.

PaymentsError
├── PaymentsUnavailable   nobody knows whether it happened: ask again with the same ids
├── PaymentsRefused       the processor understood and said no: asking again changes nothing
└── WebhookRefused        a delivery whose signature, age or shape is wrong
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

CHECKOUT_STAYS_OPEN = timedelta(minutes=60)
"""How long a card page is asked for. The processor refuses less than 30 minutes, and a request may be repeated a
while after it was first made; a hold that ends sooner closes the page with `expire_checkout`."""


class PaymentsError(Exception):
    """Root of all that a card processor can do to us. `code` is stable and free of personal data."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PaymentsUnavailable(PaymentsError):
    """No answer, or an answer that means "later". The act may or may not have happened."""


class PaymentsRefused(PaymentsError):
    """A clear no, for example `resource_missing`, `charge_already_refunded`, `idempotency_error`."""


class WebhookRefused(PaymentsError):
    """Whoever sent this was not the processor, or sent it too long ago."""


class CheckoutStatus(StrEnum):
    """Where a card page stands. `complete` means filled in; whether it is paid says `PaidStatus`."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class PaidStatus(StrEnum):
    """Whether the money is ours."""

    PAID = "paid"
    UNPAID = "unpaid"


class RefundStatus(StrEnum):
    """Where a refund stands; the first two can still turn into any other."""

    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True)
class CheckoutRequest:
    """A card page to open.

    `payment_id` is our own row and makes a repeated request answer with the same page, as long as nothing
    else in it differs: keep `expires_at` with the row. `success_url` and `cancel_url` are absolute.
    """

    payment_id: str
    amount_minor: int
    currency: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    customer_email: str | None = None


@dataclass(frozen=True)
class CheckoutPage:
    """An open card page; `url` is on the processor's side."""

    session_id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class CheckoutState:
    """What the processor says now. A refund needs `payment_intent`; `decline` is the last refusal's code."""

    session_id: str
    payment_id: str
    status: CheckoutStatus
    payment_status: PaidStatus
    payment_intent: str | None
    amount_minor: int
    currency: str
    decline: str | None = None


@dataclass(frozen=True)
class RefundRequest:
    """Money to give back; `refund_id` is our own row."""

    refund_id: str
    payment_intent: str
    amount_minor: int


@dataclass(frozen=True)
class RefundState:
    """What became of a refund; `id` is the processor's, `refund_id` ours."""

    id: str
    refund_id: str
    status: RefundStatus
    amount_minor: int


@dataclass(frozen=True)
class ProcessorEvent:
    """That something happened to an object. What happened is asked from the processor, not read from here."""

    id: str
    type: str
    object_id: str
    created: datetime


class Payments(Protocol):
    """A card processor whose page people are sent to."""

    async def open_checkout(self, request: CheckoutRequest) -> CheckoutPage:
        """Open a card page. Repeating the same request gives the same page."""
        ...

    async def checkout(self, session_id: str) -> CheckoutState:
        """Ask how a card page stands."""
        ...

    async def expire_checkout(self, session_id: str) -> CheckoutState:
        """Close a card page, and say how it stands: it may have been paid a moment before."""
        ...

    async def refund(self, request: RefundRequest) -> RefundState:
        """Give money back. Repeating the same request gives the same refund."""
        ...

    async def refund_state(self, processor_refund_id: str) -> RefundState:
        """Ask how a refund stands."""
        ...

    async def events_since(self, since: datetime) -> list[ProcessorEvent]:
        """All events about card pages and refunds from that second on, oldest first."""
        ...

    def parse_webhook(self, raw: bytes, signature: str) -> ProcessorEvent:
        """Check a delivery's signature and age. It may still be a repetition: events count once, by id."""
        ...
