"""Checkout Sessions: opened and closed by the practice, paid by a person on the card page."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from portal.demo.card_sandbox.cards import FAILED_CONFIRMATION, TestCard
from portal.demo.card_sandbox.objects import new_charge, new_intent, new_session, shown
from portal.demo.card_sandbox.refusals import Refused, bad_param
from portal.demo.card_sandbox.store import JsonObject
from portal.demo.card_sandbox.till import Till

UNDERSTOOD = frozenset(
    {
        "adaptive_pricing",
        "allowed_payment_method_types",
        "cancel_url",
        "client_reference_id",
        "customer_email",
        "expand",
        "expires_at",
        "line_items",
        "metadata",
        "mode",
        "payment_intent_data",
        "success_url",
        "ui_mode",
        "wallet_options",
    }
)
_SOONEST_SECONDS, _LATEST_SECONDS = 30 * 60, 24 * 3600
_SMALLEST, _LARGEST = 30, 99_999_999
_DECLINE_WORDS = {
    "insufficient_funds": "Your card has insufficient funds.",
    "generic_decline": "Your card was declined.",
    "": "The provided PaymentMethod has failed authentication.",
}


class Outcome(StrEnum):
    """What an attempt to pay came to."""

    PAID = "paid"
    DECLINED = "declined"
    ASKS = "asks"
    CLOSED = "closed"


def create(till: Till, params: dict[str, Any]) -> JsonObject:
    """Open a session, as `POST /v1/checkout/sessions` does."""
    _check_kind(params)
    _check_expiry(till, params)
    total, currency = _total(params.get("line_items") or [])
    session = new_session(till, params, total, currency)
    till.store.put(session)
    return shown(till, session, params.get("expand"))


def retrieve(till: Till, session_id: str, params: dict[str, Any]) -> JsonObject:
    """How a session stands now."""
    return shown(till, load(till, session_id), params.get("expand"))


def expire(till: Till, session_id: str, params: dict[str, Any]) -> JsonObject:
    """Close an open session; one that is not open is refused."""
    session = load(till, session_id)
    if session["status"] != "open":
        raise Refused(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired.'
            f" This Checkout Session has a status of `{session['status']}`.",
        )
    return shown(till, _close(till, session), params.get("expand"))


def load(till: Till, session_id: str) -> JsonObject:
    """The session, closed first if its time is over."""
    session = till.load("checkout.session", session_id, "checkout.session")
    if session["status"] == "open" and session["expires_at"] <= till.now():
        return _close(till, session)
    return session


def close_overdue(till: Till) -> None:
    """Close every session whose time is over."""
    for session in till.store.newest_first("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= till.now():
            _close(till, session)


def pay(till: Till, session_id: str, card: TestCard) -> Outcome:
    """A person presses "Pay". Pressing twice pays once."""
    session = load(till, session_id)
    if session["status"] != "open":
        return Outcome.PAID if session["status"] == "complete" else Outcome.CLOSED
    intent = _intent_of(till, session)
    if card.decline:
        return _declined(till, intent, card.last4, card.decline)
    if card.asks:
        intent |= {
            "status": "requires_action",
            "next_action": {"type": "use_stripe_sdk"},
            "_last4": card.last4,
        }
        till.store.put(intent)
        till.emit("payment_intent.requires_action", shown(till, intent))
        return Outcome.ASKS
    return _paid(till, session, intent, card.last4)


def answer_question(till: Till, session_id: str, *, confirmed: bool) -> Outcome:
    """A person answers the bank's question (3-D Secure)."""
    session = load(till, session_id)
    if session["status"] != "open":
        return Outcome.PAID if session["status"] == "complete" else Outcome.CLOSED
    intent = _intent_of(till, session)
    if intent["status"] != "requires_action":
        return Outcome.DECLINED
    if confirmed:
        return _paid(till, session, intent, intent["_last4"])
    return _declined(till, intent, intent["_last4"], FAILED_CONFIRMATION)


def _paid(till: Till, session: JsonObject, intent: JsonObject, last4: str) -> Outcome:
    charge = new_charge(till, intent, last4, None)
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "last_payment_error": None,
        "next_action": None,
    }
    session |= {"status": "complete", "payment_status": "paid", "url": None}
    for event_type, thing in (
        ("charge.succeeded", charge),
        ("payment_intent.succeeded", intent),
        ("checkout.session.completed", session),
    ):
        till.store.put(thing)
        till.emit(event_type, shown(till, thing))
    return Outcome.PAID


def _declined(till: Till, intent: JsonObject, last4: str, decline: tuple[str, str]) -> Outcome:
    code, decline_code = decline
    charge = new_charge(till, intent, last4, decline)
    error = {"type": "card_error", "code": code, "message": _DECLINE_WORDS[decline_code]}
    if decline_code:
        error["decline_code"] = decline_code
    intent |= {
        "status": "requires_payment_method",
        "latest_charge": charge["id"],
        "last_payment_error": error,
        "next_action": None,
    }
    for event_type, thing in (("charge.failed", charge), ("payment_intent.payment_failed", intent)):
        till.store.put(thing)
        till.emit(event_type, shown(till, thing))
    return Outcome.DECLINED


def _intent_of(till: Till, session: JsonObject) -> JsonObject:
    if session["payment_intent"]:
        return till.load("payment_intent", session["payment_intent"], "payment_intent")
    intent = new_intent(till, session)
    till.store.put(intent)
    session["payment_intent"] = intent["id"]
    till.store.put(session)
    till.emit("payment_intent.created", shown(till, intent))
    return intent


def _close(till: Till, session: JsonObject) -> JsonObject:
    session |= {"status": "expired", "url": None}
    till.store.put(session)
    till.emit("checkout.session.expired", shown(till, session))
    return session


def _check_kind(params: dict[str, Any]) -> None:
    if params.get("mode") != "payment":
        raise bad_param("mode", "The sandbox takes mode=payment only.", "sandbox_unsupported")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise bad_param("ui_mode", "The sandbox has a hosted page only.", "sandbox_unsupported")
    if not params.get("success_url"):
        raise bad_param("success_url", "Missing required param: success_url.", "parameter_missing")
    for name in ("success_url", "cancel_url"):
        parts = urlsplit(params.get(name, "https://x"))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_param(name, "Not a valid URL", "url_invalid")
    if len(params.get("client_reference_id", "")) > 200:
        raise bad_param("client_reference_id", "Invalid string: must be at most 200 characters")


def _check_expiry(till: Till, params: dict[str, Any]) -> None:
    ahead = params.get("expires_at", till.now() + _LATEST_SECONDS) - till.now()
    if not _SOONEST_SECONDS - 1 <= ahead <= _LATEST_SECONDS + 1:
        raise bad_param(
            "expires_at",
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from now.",
        )


def _total(lines: list[dict[str, Any]]) -> tuple[int, str]:
    if not lines:
        raise bad_param("line_items", "Missing required param: line_items.", "parameter_missing")
    total, currencies = 0, set[str]()
    for number, line in enumerate(lines):
        price = line.get("price_data")
        if not price or "unit_amount" not in price or "product_data" not in price:
            raise bad_param(
                f"line_items[{number}]",
                "The sandbox needs price_data with unit_amount.",
                "sandbox_unsupported",
            )
        total += price["unit_amount"] * line.get("quantity", 1)
        currencies.add(price["currency"].lower())
    if len(currencies) > 1:
        raise bad_param("line_items", "All line items must be in one currency.")
    if not _SMALLEST <= total <= _LARGEST:
        raise bad_param("line_items", "The total is outside what can be charged.", "amount_too_small")
    return total, currencies.pop()
