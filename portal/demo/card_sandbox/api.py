"""The API as stripe-python calls it: keys, parameters, idempotency, faults, and Stripe's own errors."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import stripe.params as params_of
import stripe.params.checkout as checkout_params_of
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.demo.card_sandbox import lists, refunds, sessions
from portal.demo.card_sandbox.form_data import nested
from portal.demo.card_sandbox.known_params import checked
from portal.demo.card_sandbox.refusals import Refused, bad_param
from portal.demo.card_sandbox.store import JsonObject, Kept
from portal.demo.card_sandbox.till import Till

_MOST_BYTES = 256 * 1024
_EXPAND = frozenset({"expand"})


@dataclass(frozen=True)
class Operation:
    """One thing that the API can do. `understood` are the parameters that the sandbox acts upon."""

    method: str
    path: str
    params: type
    understood: frozenset[str]
    act: Callable[[Till, dict[str, str], dict[str, Any]], JsonObject]


OPERATIONS = (
    Operation(
        "POST",
        "/v1/checkout/sessions",
        checkout_params_of.SessionCreateParams,
        sessions.UNDERSTOOD,
        lambda till, _path, params: sessions.create(till, params),
    ),
    Operation(
        "GET",
        "/v1/checkout/sessions",
        checkout_params_of.SessionListParams,
        lists.SESSIONS_UNDERSTOOD,
        lambda till, _path, params: lists.sessions(till, params),
    ),
    Operation(
        "GET",
        "/v1/checkout/sessions/{id}",
        checkout_params_of.SessionRetrieveParams,
        _EXPAND,
        lambda till, path, params: sessions.retrieve(till, path["id"], params),
    ),
    Operation(
        "POST",
        "/v1/checkout/sessions/{id}/expire",
        checkout_params_of.SessionExpireParams,
        _EXPAND,
        lambda till, path, params: sessions.expire(till, path["id"], params),
    ),
    Operation(
        "GET",
        "/v1/payment_intents/{id}",
        params_of.PaymentIntentRetrieveParams,
        _EXPAND,
        lambda till, path, params: refunds.retrieve_intent(till, path["id"], params),
    ),
    Operation(
        "POST",
        "/v1/refunds",
        params_of.RefundCreateParams,
        refunds.UNDERSTOOD,
        lambda till, _path, params: refunds.create(till, params),
    ),
    Operation(
        "GET",
        "/v1/refunds/{id}",
        params_of.RefundRetrieveParams,
        _EXPAND,
        lambda till, path, params: refunds.retrieve(till, path["id"], params),
    ),
    Operation(
        "GET",
        "/v1/events",
        params_of.EventListParams,
        lists.EVENTS_UNDERSTOOD,
        lambda till, _path, params: lists.events(till, params),
    ),
    Operation(
        "GET",
        "/v1/events/{id}",
        params_of.EventRetrieveParams,
        frozenset(),
        lambda till, path, params: lists.event(till, path["id"], params),
    ),
)


def api_routes(till: Till) -> list[Route]:
    """The API's routes, and a Stripe-like 404 for everything else under /v1."""
    known = [Route(op.path, _endpoint(till, op), methods=[op.method]) for op in OPERATIONS]

    async def unknown(request: Request) -> Response:
        message = f"Unrecognized request URL ({request.method}: {request.url.path})."
        return _answer(404, Refused(404, message).body())

    return [*known, Route("/v1/{rest:path}", unknown, methods=["GET", "POST", "DELETE"])]


def key_fits(till: Till, request: Request) -> bool:
    """Whether the request carries the one key of this sandbox, as bearer or as basic user name."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given).decode().partition(":")[0]
        except ValueError:
            return False
    return secrets.compare_digest(given.strip().encode(), till.config.api_key.encode())


def _endpoint(till: Till, op: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not key_fits(till, request):
            return _answer(401, Refused(401, "Invalid API Key provided.").body())
        fault = _fault(till, request.url.path)
        if fault in {"429", "500"}:
            kind = "rate_limit_error" if fault == "429" else "api_error"
            return _answer(int(fault), Refused(int(fault), "A fault on purpose.", type=kind).body())
        body = await request.body()
        if len(body) > _MOST_BYTES:
            return _answer(413, Refused(413, "Request body too large.").body())
        status, text, replayed = _perform(till, op, request, body)
        till.wake()
        if fault == "timeout":
            await asyncio.sleep(till.faults.hold_seconds)
        return _answer(status, text, replayed=replayed)

    return endpoint


def _perform(till: Till, op: Operation, request: Request, body: bytes) -> tuple[int, str, bool]:
    key = request.headers.get("idempotency-key", "") if op.method == "POST" else ""
    try:
        asked = hashlib.sha256(f"{request.url.path}\n".encode() + body).hexdigest()
        kept = till.store.answer(key) if key else None
        if kept:
            return _again(key, kept, asked)
        params = _params(op, request, body)
        status, text = _act(till, op, dict(request.path_params), params)
        if key:
            till.store.keep_answer(key, Kept(asked, status, text))
    except Refused as refusal:
        return refusal.status, json.dumps(refusal.body()), False
    return status, text, False


def _act(till: Till, op: Operation, path: dict[str, str], params: dict[str, Any]) -> tuple[int, str]:
    try:
        with till.store.transaction():
            return 200, json.dumps(op.act(till, path, params))
    except Refused as refusal:
        if not refusal.kept:
            raise
        return refusal.status, json.dumps(refusal.body())


def _again(key: str, kept: Kept, asked: str) -> tuple[int, str, bool]:
    if kept.asked != asked:
        raise Refused(
            400,
            "Keys for idempotent requests can only be used with the same parameters they were first used"
            f" with. Try using a key other than '{key}' if you meant to execute a different request.",
            type="idempotency_error",
        )
    return kept.status, kept.body, True


def _params(op: Operation, request: Request, body: bytes) -> dict[str, Any]:
    source = request.url.query.encode() if op.method == "GET" else body
    try:
        pairs = parse_qsl(source.decode(), keep_blank_values=True, max_num_fields=500)
    except ValueError as wrong:
        raise Refused(400, "Invalid request body.") from wrong
    params = checked(nested(pairs), op.params)
    for name in params:
        if name not in op.understood:
            raise bad_param(name, f"The sandbox does not act upon {name}.", "sandbox_unsupported")
    return params


def _fault(till: Till, path: str) -> str:
    faults = till.faults
    if not faults.answer or faults.answer_count < 1 or not path.startswith(faults.answer_path):
        return ""
    left = faults.answer_count - 1
    till.faults = dataclasses.replace(faults, answer_count=left, answer=faults.answer if left else "")
    return faults.answer


def _answer(status: int, body: JsonObject | dict[str, object] | str, *, replayed: bool = False) -> Response:
    headers = {"Request-Id": f"req_{secrets.token_hex(7)}", "Cache-Control": "no-store"}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(text, status, headers, "application/json")
