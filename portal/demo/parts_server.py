"""Serves what the practice needs of the outside world while it is tried out: card sandbox and mailbox.

Run as `python -m portal.demo.parts_server --port 3001 --smtp-port 3002 --data-dir data --webhook-url URL` with
STRIPE_API_KEY and STRIPE_WEBHOOK_SECRET in the environment. Everything binds to loopback.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from portal.demo.card_sandbox.app import LOOPBACK_HOSTS, sandbox_routes, sending
from portal.demo.card_sandbox.till import SandboxConfig, Till
from portal.demo.mailbox import Mailbox, SmtpSink, receiving
from portal.demo.mailbox_pages import mailbox_routes
from portal.demo.paper import look_routes
from portal.storage.clock import utc_now


@dataclass(frozen=True)
class PartsPlan:
    """Where the parts live. Their files lie in `data_dir`; nothing is kept elsewhere."""

    port: int
    smtp_port: int
    data_dir: Path
    api_key: str
    webhook_secret: str
    webhook_url: str

    @property
    def public_url(self) -> str:
        """Where people and stripe-python reach the parts."""
        return f"http://localhost:{self.port}"


def parts_app(plan: PartsPlan) -> Starlette:
    """The parts as one application. Its till, mailbox and sink are at `app.state`."""
    till = Till(
        SandboxConfig(
            public_url=plan.public_url,
            api_key=plan.api_key,
            webhook_secret=plan.webhook_secret,
            webhook_url=plan.webhook_url,
            database=plan.data_dir / "card-sandbox.sqlite3",
        )
    )
    mailbox = Mailbox(plan.data_dir / "mailbox")
    sink = SmtpSink(mailbox, utc_now)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with sending(till), receiving(sink, plan.smtp_port):
            yield
        till.store.close()

    app = Starlette(
        routes=[
            Route("/healthz", _healthy),
            *sandbox_routes(till),
            *mailbox_routes(mailbox),
            *look_routes(),
        ],
        lifespan=lifespan,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS)],
    )
    app.state.till, app.state.mailbox, app.state.sink = till, mailbox, sink
    return app


def serve_parts(plan: PartsPlan) -> None:
    """Serve until told to stop (SIGINT, SIGTERM)."""
    config = uvicorn.Config(
        parts_app(plan),
        host="127.0.0.1",
        port=plan.port,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn after it has shut down
        uvicorn.Server(config).run()


async def _healthy(_request: Request) -> Response:
    return PlainTextResponse("ok")


def _plan(arguments: list[str]) -> PartsPlan:
    parser = argparse.ArgumentParser(prog="portal.demo.parts_server")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--webhook-url", default="")
    given = parser.parse_args(arguments)
    key, secret = os.environ.get("STRIPE_API_KEY", ""), os.environ.get("STRIPE_WEBHOOK_SECRET", "")
    if not key or not secret:
        parser.error("STRIPE_API_KEY and STRIPE_WEBHOOK_SECRET must be in the environment")
    return PartsPlan(given.port, given.smtp_port, given.data_dir, key, secret, given.webhook_url)


if __name__ == "__main__":
    serve_parts(_plan(sys.argv[1:]))
