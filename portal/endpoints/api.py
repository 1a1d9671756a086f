"""Every route that is not a page, in one list."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.clinic.access import Permission
from portal.endpoints import account, consent, drafts, files, rooms, webhooks
from portal.endpoints.requests import guarded, policy_of
from portal.wiring import parts


async def health(_request: Request) -> Response:
    """Whether the process and its database answer; says nothing else."""
    await parts().database.read_ready()
    return JSONResponse({"ok": True})


_ROUTES = [
    *account.routes,
    *consent.routes,
    *drafts.routes,
    *files.routes,
    *rooms.routes,
    *webhooks.routes,
    Route("/healthz", guarded(health, Permission.ANYBODY)),
]


def api() -> Starlette:
    """The Starlette app that is mounted around Reflex's own; its routes win.

    Raises:
        RuntimeError: names each route whose endpoint declares no policy; nothing is served.
    """
    open_doors = [route.path for route in _ROUTES if not policy_of(route.endpoint)]
    if open_doors:
        raise RuntimeError(f"routes without a policy: {', '.join(open_doors)}")
    return Starlette(routes=_ROUTES)
