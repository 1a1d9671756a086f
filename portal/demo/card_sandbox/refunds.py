"""Refunds, never above what was paid; and reading what became of payments."""

from __future__ import annotations

from typing import Any

from portal.demo.card_sandbox.objects import new_refund, shown
from portal.demo.card_sandbox.refusals import Refused, bad_param
from portal.demo.card_sandbox.store import JsonObject
from portal.demo.card_sandbox.till import Till

UNDERSTOOD = frozenset({"amount", "charge", "expand", "metadata", "payment_intent", "reason"})


def create(till: Till, params: dict[str, Any]) -> JsonObject:
    """Give back all or a part of a payment."""
    charge = _charge(till, params)
    left = charge["amount"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if left == 0:
        raise Refused(400, f"Charge {charge['id']} has already been refunded.", "charge_already_refunded", kept=True)
    if amount < 1:
        raise bad_param("amount", "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    if amount > left:
        message = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        raise Refused(400, message, "amount_too_large", "amount", kept=True)
    refund = new_refund(till, charge, amount, params)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    for event_type, thing in (("refund.created", refund), ("charge.refunded", charge)):
        till.store.put(thing)
        till.emit(event_type, shown(till, thing))
    return shown(till, refund, params.get("expand"))


def retrieve(till: Till, refund_id: str, params: dict[str, Any]) -> JsonObject:
    """How a refund stands now."""
    return shown(till, till.load("refund", refund_id, "refund"), params.get("expand"))


def settle(till: Till, refund_id: str, *, succeeded: bool) -> JsonObject:
    """Let a pending refund arrive, or fail so that the money stays with the practice."""
    refund = till.load("refund", refund_id, "refund")
    if refund["status"] != "pending":
        raise Refused(400, f"This refund is {refund['status']}.")
    refund["status"] = "succeeded" if succeeded else "failed"
    till.store.put(refund)
    if not succeeded:
        charge = till.load("charge", refund["charge"], "charge")
        charge |= {"amount_refunded": charge["amount_refunded"] - refund["amount"], "refunded": False}
        till.store.put(charge)
        till.emit("refund.failed", shown(till, refund))
    till.emit("refund.updated", shown(till, refund))
    return shown(till, refund)


def retrieve_intent(till: Till, intent_id: str, params: dict[str, Any]) -> JsonObject:
    """How a payment stands now."""
    return shown(till, till.load("payment_intent", intent_id, "payment_intent"), params.get("expand"))


def _charge(till: Till, params: dict[str, Any]) -> JsonObject:
    if "charge" in params:
        return till.load("charge", params["charge"], "charge")
    if "payment_intent" not in params:
        raise Refused(400, "One of the following params should be provided: payment_intent or charge.")
    intent = till.load("payment_intent", params["payment_intent"], "payment_intent")
    if intent["status"] != "succeeded":
        raise Refused(400, f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return till.load("charge", intent["latest_charge"], "charge")
