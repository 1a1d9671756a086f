"""Lets a test or a demo set faults, pay without a browser, forge news, and see what was delivered."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.demo.card_sandbox import refunds, sessions
from portal.demo.card_sandbox.api import key_fits
from portal.demo.card_sandbox.cards import card_called
from portal.demo.card_sandbox.faults import Faults, faults_as_json, faults_from
from portal.demo.card_sandbox.refusals import Refused, bad_param
from portal.demo.card_sandbox.till import Till

Act = Callable[[Till, Request, dict[str, Any]], object]


def control_routes(till: Till) -> list[Route]:
    """Everything under /_sandbox; each needs the sandbox's API key."""

    def route(method: str, path: str, act: Act) -> Route:
        return Route(f"/_sandbox{path}", _endpoint(till, act), methods=[method])

    return [
        route("GET", "/faults", lambda till, _request, _body: faults_as_json(till.faults)),
        route("POST", "/faults", _set_faults),
        route("DELETE", "/faults", lambda till, request, _body: _set_faults(till, request, {})),
        route("GET", "/deliveries", lambda till, _request, _body: _deliveries(till)),
        route("POST", "/sessions/{id}/pay", _pay),
        route("POST", "/sessions/{id}/expire", _expire),
        route("POST", "/sessions/{id}/forge", _forge),
        route("POST", "/refunds/{id}/settle", _settle),
    ]


def _endpoint(till: Till, act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not key_fits(till, request):
            return JSONResponse(Refused(401, "Invalid API Key provided.").body(), 401)
        try:
            raw = await request.body()
            body = json.loads(raw) if raw else {}
            if not isinstance(body, dict):
                raise bad_param("body", "A JSON object is wanted.")
            with till.store.transaction():
                answer = act(till, request, body)
        except Refused as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        except json.JSONDecodeError:
            return JSONResponse(Refused(400, "Invalid JSON.").body(), 400)
        till.wake()
        return JSONResponse(answer)

    return endpoint


def _set_faults(till: Till, _request: Request, body: dict[str, Any]) -> object:
    till.faults = faults_from(body) if body else Faults()
    return faults_as_json(till.faults)


def _deliveries(till: Till) -> object:
    events = [*till.store.newest_first("event"), *till.store.newest_first("forgery")]
    types = {event["id"]: event["type"] for event in events}
    return [asdict(delivery) | {"type": types[delivery.event_id]} for delivery in till.store.deliveries()]


def _pay(till: Till, request: Request, body: dict[str, Any]) -> object:
    card = card_called(str(body.get("card", "pays")))
    if card is None:
        raise bad_param("card", "Only: pays, declined, asks, short")
    outcome = sessions.pay(till, request.path_params["id"], card)
    if outcome is sessions.Outcome.ASKS and "confirmed" in body:
        outcome = sessions.answer_question(till, request.path_params["id"], confirmed=bool(body["confirmed"]))
    return {"outcome": outcome}


def _expire(till: Till, request: Request, _body: dict[str, Any]) -> object:
    return sessions.expire(till, request.path_params["id"], {})


def _forge(till: Till, request: Request, _body: dict[str, Any]) -> object:
    """Send the false news that an open session is paid, under a wrong signature. The session stays open."""
    session = sessions.retrieve(till, request.path_params["id"], {})
    event = {
        "id": till.new_id("evt"),
        "object": "forgery",  # kept apart from true events: no list shows it
        "created": int(till.now()),
        "data": {"object": {**session, "status": "complete", "payment_status": "paid"}},
        "type": "checkout.session.completed",
    }
    till.store.put(event)
    till.store.add_delivery(event["id"], till.now(), forged=True)
    return {"event": event["id"]}


def _settle(till: Till, request: Request, body: dict[str, Any]) -> object:
    return refunds.settle(till, request.path_params["id"], succeeded=bool(body.get("succeeded", True)))
