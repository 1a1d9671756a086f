"""What every endpoint of ours shares: who asks, what they sent, how we answer."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.callers import client_address, has_no_place, viewer_from
from portal.clinic.access import Permission, may
from portal.clinic.errors import ClinicError, Conflict, Invalid, NotAllowed, NotFound
from portal.logs import log_error, log_refusal, new_error_code
from portal.refusals import note_refusal
from portal.storage.work import Viewer
from portal.wiring import parts

_MOST_BYTES = 64_000
_POLICY = "__policy__"
_STATUS: tuple[tuple[type[ClinicError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Invalid, 422),
    (Conflict, 409),
)

Endpoint = Callable[[Request], Awaitable[Response]]


async def viewer_of(request: Request) -> Viewer:
    """Who asks, by the cookies of the request."""
    if not hasattr(request.state, "viewer"):
        request.state.viewer = await viewer_from(request.headers.get("cookie", ""), address_of(request))
    return request.state.viewer


def address_of(request: Request) -> str:
    """The caller's network address."""
    peer = request.client.host if request.client else ""
    return client_address(request.headers, peer, parts().settings.trusted_proxy_hops)


async def json_body(request: Request) -> dict[str, Any]:
    """The JSON object that our own pages send.

    Raises:
        Invalid: another content type, no header of ours (a form of another site cannot set it), too long, not JSON.
    """
    ours = request.headers.get("x-quietroom") == "1"
    if not ours or not request.headers.get("content-type", "").startswith("application/json"):
        raise Invalid("not_from_here")
    raw = await request.body()
    if len(raw) > _MOST_BYTES:
        raise Invalid("too_long")
    try:
        document = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as broken:
        raise Invalid("not_json") from broken
    if not isinstance(document, dict):
        raise Invalid("not_json")
    if has_no_place(document):
        raise Invalid("not_text")
    return document


def text_of(document: dict[str, Any], name: str, longest: int = 400) -> str:
    """A string of the document; anything else reads as empty."""
    value = document.get(name, "")
    return value[:longest] if isinstance(value, str) else ""


def refusal(problem: ClinicError) -> JSONResponse:
    """A known error as an answer: its code, and the fields it names."""
    status = 401 if problem.code == "signed_out" else next((n for kind, n in _STATUS if isinstance(problem, kind)), 400)
    fields = problem.fields if isinstance(problem, Invalid) else {}
    return JSONResponse({"ok": False, "code": problem.code, "fields": fields}, status)


def guarded(
    endpoint: Endpoint,
    *permissions: Permission,
    first: Callable[[Request], None] | None = None,
    absent: str = "not_found",
) -> Endpoint:
    """Declare whom an endpoint is for: each of the permissions opens it. For everybody else it is not there.

    Errors are translated at this edge: known ones by their code, others by a code that finds the log line.
    `first` may refuse before it is asked who calls; `absent` is the code for whom it is not there.
    """

    async def answer(request: Request) -> Response:
        if has_no_place(request.path_params):
            return refusal(NotFound())
        try:
            if first is not None:
                first(request)
            if not await _may_enter(request, permissions):
                log_refusal("policy", endpoint.__name__)
                kind = permissions[0].partition(":")[0] if permissions else "page"
                await note_refusal(parts().database, await viewer_of(request), kind)
                return refusal(NotFound(absent))
            return await endpoint(request)
        except ClinicError as problem:
            if isinstance(problem, NotAllowed):
                log_refusal(problem.code, endpoint.__name__)
            return refusal(problem)
        except Exception as broken:
            code = new_error_code()
            log_error(code, broken)
            return JSONResponse({"ok": False, "code": "failed", "support": code, "fields": {}}, 500)

    answer.__name__ = endpoint.__name__
    setattr(answer, _POLICY, permissions)
    return answer


def policy_of(endpoint: Any) -> tuple[Permission, ...]:
    """The permissions that an endpoint declares; empty when it declares none."""
    return getattr(endpoint, _POLICY, ())


async def _may_enter(request: Request, permissions: tuple[Permission, ...]) -> bool:
    if Permission.ANYBODY in permissions:
        return True
    who = await viewer_of(request)
    if who.session_id is None:
        raise NotAllowed("signed_out")
    return any(may(who, permission) for permission in permissions)
