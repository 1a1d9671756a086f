"""Signed calls from the card processor: verified, stored once, answered; acted on by a job."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.endpoints.requests import guarded
from portal.gateways.payments import WebhookRefused
from portal.logs import log_refusal
from portal.storage.work import SYSTEM
from portal.wiring import parts


async def stripe(request: Request) -> Response:
    """Store a signed event; a repetition changes nothing."""
    here = parts()
    if here.payments is None:
        return JSONResponse({"ok": False, "code": "not_set_up"}, 404)
    raw = await request.body()
    try:
        event = here.payments.parse_webhook(raw, request.headers.get("stripe-signature", ""))
    except WebhookRefused as problem:
        log_refusal(problem.code, "webhook")
        return JSONResponse({"ok": False, "code": problem.code}, 400)
    await here.database.transact(SYSTEM, billing.receive, "stripe", event.id, event.type, event.object_id)
    return JSONResponse({"ok": True})


# Anybody may knock; the signature decides.
routes = [Route("/webhooks/stripe", guarded(stripe, Permission.ANYBODY), methods=["POST"])]
