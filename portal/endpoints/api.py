"""Every route that is not a page, in one list."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.endpoints import account, consent, drafts, files, rooms, webhooks
from portal.wiring import parts


async def health(_request: Request) -> Response:
    """Whether the process and its database answer; says nothing else."""
    await parts().database.read_ready()
    return JSONResponse({"ok": True})


def api() -> Starlette:
    """The Starlette app that is mounted around Reflex's own; its routes win."""
    return Starlette(
        routes=[
            *account.routes,
            *consent.routes,
            *drafts.routes,
            *files.routes,
            *rooms.routes,
            *webhooks.routes,
            Route("/healthz", health),
        ]
    )
