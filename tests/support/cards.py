"""A card company of a test's own making: it opens pages and says of them what the test wants."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from portal.gateways.payments import (
    CheckoutPage,
    CheckoutRequest,
    CheckoutState,
    CheckoutStatus,
    PaidStatus,
    PaymentsUnavailable,
)


@dataclass
class Cards:
    """`opened` are the pages that were asked for; `silent` lets it answer nobody."""

    opened: list[CheckoutRequest] = field(default_factory=list)
    pages: dict[str, CheckoutState] = field(default_factory=dict)
    silent: bool = False

    async def open_checkout(self, request: CheckoutRequest) -> CheckoutPage:
        self._speak()
        self.opened.append(request)
        name = f"cs_{request.payment_id}"
        self.pages[name] = CheckoutState(
            session_id=name,
            payment_id=request.payment_id,
            status=CheckoutStatus.OPEN,
            payment_status=PaidStatus.UNPAID,
            payment_intent=None,
            amount_minor=request.amount_minor,
            currency=request.currency,
        )
        return CheckoutPage(name, f"https://cards.example/{name}", request.expires_at)

    async def checkout(self, session_id: str) -> CheckoutState:
        self._speak()
        return self.pages[session_id]

    def decides(self, **changes: Any) -> None:
        """What it says from now on of the page that was opened last."""
        name = list(self.pages)[-1]
        self.pages[name] = replace(self.pages[name], **changes)

    def is_paid(self) -> None:
        """The card was charged."""
        self.decides(status=CheckoutStatus.COMPLETE, payment_status=PaidStatus.PAID, payment_intent="pi_1")

    def _speak(self) -> None:
        if self.silent:
            raise PaymentsUnavailable("no_answer")
