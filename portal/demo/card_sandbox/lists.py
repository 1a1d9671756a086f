"""Lists, newest first, one page at a time."""

from __future__ import annotations

import fnmatch
from typing import Any

from portal.demo.card_sandbox.objects import shown
from portal.demo.card_sandbox.refusals import bad_param, missing
from portal.demo.card_sandbox.store import JsonObject
from portal.demo.card_sandbox.till import Till

SESSIONS_UNDERSTOOD = frozenset({"created", "ending_before", "limit", "payment_intent", "starting_after", "status"})
EVENTS_UNDERSTOOD = frozenset({"created", "ending_before", "limit", "starting_after", "type", "types"})
_COMPARE = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}


def sessions(till: Till, params: dict[str, Any]) -> JsonObject:
    """`GET /v1/checkout/sessions`."""
    found = [
        session
        for session in till.store.newest_first("checkout.session")
        if _created_in(session, params.get("created"))
        and params.get("status") in (None, session["status"])
        and params.get("payment_intent") in (None, session["payment_intent"])
    ]
    return _page(till, found, params, "/v1/checkout/sessions")


def events(till: Till, params: dict[str, Any]) -> JsonObject:
    """`GET /v1/events`; `types` are exact, `type` may end in `*`."""
    if "type" in params and "types" in params:
        raise bad_param("type", "You may pass either `type` or `types`, but not both.")
    wanted = params.get("types") or [params.get("type", "*")]
    if len(wanted) > 20:
        raise bad_param("types", "Array types exceeded maximum 20 allowed elements.")
    found = [
        event
        for event in till.store.newest_first("event")
        if _created_in(event, params.get("created")) and any(fnmatch.fnmatch(event["type"], t) for t in wanted)
    ]
    return _page(till, found, params, "/v1/events")


def event(till: Till, event_id: str, _params: dict[str, Any]) -> JsonObject:
    """`GET /v1/events/{id}`."""
    return shown(till, till.load("event", event_id, "event"))


def _created_in(thing: JsonObject, wanted: dict[str, int] | int | None) -> bool:
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return thing["created"] == wanted
    return all(_COMPARE[name](thing["created"], bound) for name, bound in wanted.items())


def _page(till: Till, found: list[JsonObject], params: dict[str, Any], url: str) -> JsonObject:
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise bad_param("limit", "This value must be between 1 and 100.")
    ids = [thing["id"] for thing in found]
    for name in ("starting_after", "ending_before"):
        if name in params and params[name] not in ids:
            raise missing("object", params[name], name)
    if "ending_before" in params:
        rest = found[: ids.index(params["ending_before"])]
        page, more = rest[-limit:], len(rest) > limit
    else:
        rest = found[ids.index(params["starting_after"]) + 1 :] if "starting_after" in params else found
        page, more = rest[:limit], len(rest) > limit
    return {
        "object": "list",
        "url": url,
        "has_more": more,
        "data": [shown(till, thing) for thing in page],
    }
