"""The shapes that go over the wire, field for field as Stripe names them."""

from __future__ import annotations

from typing import Any

from portal.demo.card_sandbox.refusals import bad_param
from portal.demo.card_sandbox.store import JsonObject
from portal.demo.card_sandbox.till import Till

_EXPANDABLE = {"payment_intent": "payment_intent", "latest_charge": "charge", "charge": "charge"}


def new_session(till: Till, params: dict[str, Any], total: int, currency: str) -> JsonObject:
    """An open Checkout Session."""
    session_id = till.new_id("cs_test")
    now = int(till.now())
    return {
        "id": session_id,
        "object": "checkout.session",
        "adaptive_pricing": params.get("adaptive_pricing", {"enabled": False}),
        "allowed_payment_method_types": params.get("allowed_payment_method_types"),
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": now,
        "currency": currency,
        "customer": None,
        "customer_details": None,
        "customer_email": params.get("customer_email"),
        "expires_at": params.get("expires_at", now + 24 * 3600),
        "livemode": False,
        "metadata": params.get("metadata") or {},
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": params["success_url"],
        "ui_mode": "hosted_page",
        "url": f"{till.config.public_url}/c/pay/{session_id}",
        "wallet_options": params.get("wallet_options"),
        # not Stripe's: what the payment will carry, taken out before an answer leaves
        "_intent": params.get("payment_intent_data") or {},
    }


def new_intent(till: Till, session: JsonObject) -> JsonObject:
    """The PaymentIntent that a session makes when somebody first tries to pay."""
    intent_id = till.new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_received": 0,
        "client_secret": f"{intent_id}_secret_{till.new_id('x')[2:]}",
        "created": int(till.now()),
        "currency": session["currency"],
        "description": session["_intent"].get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": session["_intent"].get("metadata") or {},
        "next_action": None,
        "payment_method_types": ["card"],
        "status": "requires_payment_method",
    }


def new_charge(till: Till, intent: JsonObject, last4: str, decline: tuple[str, str] | None) -> JsonObject:
    """One attempt on a card. `decline` is code and decline code."""
    return {
        "id": till.new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0 if decline else intent["amount"],
        "amount_refunded": 0,
        "captured": decline is None,
        "created": int(till.now()),
        "currency": intent["currency"],
        "description": intent["description"],
        "failure_code": decline[0] if decline else None,
        "livemode": False,
        "metadata": intent["metadata"],
        "paid": decline is None,
        "payment_intent": intent["id"],
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": last4}},
        "refunded": False,
        "status": "failed" if decline else "succeeded",
    }


def new_refund(till: Till, charge: JsonObject, amount: int, params: dict[str, Any]) -> JsonObject:
    """Money on its way back."""
    return {
        "id": till.new_id("re"),
        "object": "refund",
        "amount": amount,
        "charge": charge["id"],
        "created": int(till.now()),
        "currency": charge["currency"],
        "metadata": params.get("metadata") or {},
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "status": "pending" if till.faults.refunds_pend else "succeeded",
    }


def shown(till: Till, thing: JsonObject, expand: list[str] | None = None) -> JsonObject:
    """An object as it leaves: without our own fields, and with ids replaced where `expand` asks for it."""
    answer = {name: value for name, value in thing.items() if not name.startswith("_")}
    for path in expand or []:
        first, _, rest = path.partition(".")
        if first not in _EXPANDABLE or first not in answer:
            raise bad_param("expand", f"This property cannot be expanded ({path}).")
        if isinstance(answer[first], str):
            inner = till.load(_EXPANDABLE[first], answer[first], first)
            answer[first] = shown(till, inner, [rest] if rest else None)
    return answer
