"""Lets the card sandbox remember the seeded payments, so that they can be refunded like any other."""

from __future__ import annotations

import hashlib
from typing import Protocol

from portal.demo.card_sandbox.objects import new_charge, new_intent, new_session
from portal.demo.card_sandbox.till import Till


class Register(Protocol):
    """Takes note of a payment and gives the processor's names for it."""

    def paid(self, payment_id: str, amount_minor: int, currency: str) -> tuple[str, str]:
        """Session and intent of a payment that was made."""
        ...


class SandboxRegister:
    """The till of the demo."""

    def __init__(self, till: Till) -> None:
        self._till = till

    def paid(self, payment_id: str, amount_minor: int, currency: str) -> tuple[str, str]:
        """See Register."""
        params = {
            "mode": "payment",
            "client_reference_id": payment_id,
            "metadata": {"payment": payment_id},
            "success_url": "http://localhost/",
            "cancel_url": "http://localhost/",
        }
        store = self._till.store
        session = new_session(self._till, params, amount_minor, currency.lower())
        intent = new_intent(self._till, session)
        charge = new_charge(self._till, intent, "4242", None)
        intent.update(status="succeeded", amount_received=amount_minor, latest_charge=charge["id"])
        session.update(status="complete", payment_status="paid", payment_intent=intent["id"], url=None)
        for thing in (session, intent, charge):
            store.put(thing)
        return session["id"], intent["id"]


class PaperRegister:
    """Names without a till behind them, for tests that never refund."""

    def paid(self, payment_id: str, amount_minor: int, currency: str) -> tuple[str, str]:
        """See Register."""
        name = hashlib.sha256(f"{payment_id}{amount_minor}{currency}".encode()).hexdigest()[:24]
        return f"cs_test_{name}", f"pi_{name}"
