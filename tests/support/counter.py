"""A practice's counter for payment tests: the parts on free loopback ports, a receiver of webhooks, the real gateway."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.demo.card_sandbox.till import Till
from portal.demo.mailbox import Mailbox, SmtpSink
from portal.demo.parts_server import PartsPlan, parts_app
from portal.gateways.payments import CheckoutRequest, ProcessorEvent, WebhookRefused
from portal.gateways.stripe_payments import StripeAccount, StripePayments
from portal.storage.clock import utc_now
from tests.support.patience import until
from tests.support.ports import free_port

Answer = TypeVar("Answer")

KEY, SECRET = "sk_test_practice", "whsec_practice"


def ask(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer of a gateway, also while a browser's own loop runs in this thread."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, coroutine).result()


@contextlib.contextmanager
def serving(app: Starlette, port: int):
    """The application on loopback, in a thread of its own."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started or not thread.is_alive())
    assert thread.is_alive()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Receiver:
    """The practice's end of the webhook line. `verdicts` are what the gateway made of each delivery."""

    payments: StripePayments | None = None
    answers: list[int] = field(default_factory=list)
    verdicts: list[ProcessorEvent | WebhookRefused] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        assert self.payments
        raw, header = await request.body(), request.headers.get("stripe-signature", "")
        try:
            self.verdicts.append(self.payments.parse_webhook(raw, header))
        except WebhookRefused as refusal:
            self.verdicts.append(refusal)
            return Response(status_code=400)
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    @property
    def events(self) -> list[ProcessorEvent]:
        return [verdict for verdict in self.verdicts if isinstance(verdict, ProcessorEvent)]

    @property
    def refusals(self) -> list[str]:
        return [verdict.code for verdict in self.verdicts if isinstance(verdict, WebhookRefused)]

    def wait(self, done) -> None:
        until(lambda: done(self), found=lambda: f"only {[getattr(v, 'type', v) for v in self.verdicts]}")


@dataclass
class Counter:
    """Everything that a test needs in hand."""

    url: str
    plan: PartsPlan
    till: Till
    mailbox: Mailbox
    sink: SmtpSink
    receiver: Receiver
    payments: StripePayments
    clock: Any = None

    def control(self, method: str, path: str, body: dict | None = None):
        answer = httpx.request(
            method,
            f"{self.url}/_sandbox{path}",
            json=body,
            headers={"Authorization": f"Bearer {KEY}"},
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def pay(self, session_id: str, card: str = "pays", **extra) -> str:
        return self.control("POST", f"/sessions/{session_id}/pay", {"card": card, **extra})["outcome"]

    def faults(self, **faults) -> None:
        self.control("POST", "/faults", faults)


@contextlib.contextmanager
def counter(folder, *, clock=None, retry_seconds=(0.1, 0.2, 0.4), endpoints=None, **patience):
    """The parts, a receiver (or the practice's own endpoints), and the gateway between them."""
    port, hook_port = free_port(), free_port()
    plan = PartsPlan(port, free_port(), folder, KEY, SECRET, f"http://127.0.0.1:{hook_port}/webhooks/stripe")
    app = parts_app(plan)
    till: Till = app.state.till
    object.__setattr__(till.config, "retry_seconds", retry_seconds)
    if clock:
        object.__setattr__(till.config, "clock", clock)
    account = StripeAccount(KEY, SECRET, plan.public_url, **{"read_seconds": 5, "retries": 0, **patience})
    payments = StripePayments(account)
    receiver = Receiver(payments)
    hook = endpoints or Starlette(routes=[Route("/webhooks/stripe", receiver.take, methods=["POST"])])
    with serving(hook, hook_port), serving(app, port):
        yield Counter(plan.public_url, plan, till, app.state.mailbox, app.state.sink, receiver, payments)
    payments.close()


def a_request(payment_id: str = "p1", **changes) -> CheckoutRequest:
    """A card page for 65 pounds."""
    values = {
        "payment_id": payment_id,
        "amount_minor": 6500,
        "currency": "GBP",
        "success_url": "http://localhost:3000/checkout/return/?payment=p1&session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost:3000/checkout/",
        "expires_at": utc_now().replace(microsecond=0) + timedelta(minutes=35),
    }
    return CheckoutRequest(**{**values, **changes})
