"""Puts the sandbox together: API, card pages, control, and the sender of webhooks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from portal.demo.card_sandbox.api import api_routes
from portal.demo.card_sandbox.card_page import card_routes
from portal.demo.card_sandbox.control import control_routes
from portal.demo.card_sandbox.till import SandboxConfig, Till
from portal.demo.card_sandbox.webhooks import Sender
from portal.demo.paper import look_routes

LOOPBACK_HOSTS = ["localhost", "127.0.0.1"]


def sandbox_routes(till: Till) -> list[Route]:
    """All that a sandbox answers to."""
    return [*api_routes(till), *card_routes(till), *control_routes(till)]


@contextlib.asynccontextmanager
async def sending(till: Till) -> AsyncIterator[None]:
    """Webhooks go out while this lasts."""
    sender = Sender(till)
    till.wake = sender.wake
    task = asyncio.create_task(sender.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def card_sandbox(config: SandboxConfig) -> Starlette:
    """The sandbox alone, as an application. Its till is at `app.state.till`."""
    till = Till(config)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with sending(till):
            yield
        till.store.close()

    app = Starlette(
        routes=[*sandbox_routes(till), *look_routes()],
        lifespan=lifespan,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS)],
    )
    app.state.till = till
    return app
