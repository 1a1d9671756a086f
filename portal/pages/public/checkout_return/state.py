"""Asks how a payment stands until that is known."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.clinic.access import Permission
from portal.clinic.billing.values import OutcomeKind, PaymentOutcome, RefundReason
from portal.clinic.errors import ClinicError
from portal.errands import pay
from portal.gateways.payments import PaymentsError
from portal.pages.guard import allow, viewer
from portal.pages.public.checkout_return.cards import ReturnView
from portal.texts import formats as f
from portal.wiring import parts

EVERY_SECONDS = 2
LONG_SECONDS = 30


class ReturnState(rx.State):
    """One payment, asked about every two seconds."""

    view: rx.Field[ReturnView] = rx.field(default_factory=ReturnView)
    seconds: rx.Field[int] = rx.field(0)
    _payment: str = ""

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def load(self) -> Any:
        """Ask for the first time."""
        self._payment = self.router.url.query_parameters.get("payment", "")[:40]
        self.seconds = 0
        return await self._ask()

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def look(self) -> Any:
        """Ask again."""
        if self.view.stage not in {"waiting", "silent"}:
            return None
        self.seconds += EVERY_SECONDS
        return await self._ask()

    async def _ask(self) -> Any:
        """Where to go on, or None with the view telling how it stands."""
        try:
            outcome = await pay.settle_own_payment(parts(), viewer(), self._payment)
        except PaymentsError:
            self.view = ReturnView("silent")
            return None
        except ClinicError as refusal:
            self.view = ReturnView("differs" if refusal.code == "amount_differs" else "unknown")
            return None
        stage = "twice" if outcome.back is RefundReason.DUPLICATE else str(outcome.kind)
        self.view = ReturnView(stage, f.money(outcome.amount_minor, outcome.currency))
        return _onward(outcome, self._payment)


def _onward(outcome: PaymentOutcome, payment: str) -> Any:
    if outcome.of_booked and outcome.kind not in {OutcomeKind.WAITING, OutcomeKind.REFUNDED}:
        return rx.redirect(f"{routes.PATIENT_VISIT}?id={outcome.appointment_id}&payment={payment}", replace=True)
    if outcome.kind is OutcomeKind.CONFIRMED:
        return rx.redirect(f"{routes.BOOKED}?appointment={outcome.appointment_id}", replace=True)
    if outcome.kind is OutcomeKind.DECLINED:
        return rx.redirect(f"{routes.CHECKOUT}?payment={payment}", replace=True)
    return None
