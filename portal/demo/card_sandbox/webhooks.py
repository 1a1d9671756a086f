"""Sends events to the practice, signed as Stripe signs them, again and again until they are taken."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets

import httpx

from portal.demo.card_sandbox import sessions
from portal.demo.card_sandbox.store import Delivery, JsonObject
from portal.demo.card_sandbox.till import Till

_MOST_ATTEMPTS = 200
_OLD_SECONDS = 600
_IDLE_SECONDS = 1.0


def signature(secret: str, timestamp: int, payload: str) -> str:
    """A `Stripe-Signature` header."""
    mac = hmac.new(secret.encode(), f"{timestamp}.{payload}".encode(), hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


class Sender:
    """Delivers what waits, closes sessions whose time is over, and sleeps in between."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """There is something to send. Only from the loop that runs `run`."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            while True:
                with self._till.store.transaction():
                    sessions.close_overdue(self._till)
                for delivery in self._due():
                    await self._deliver(client, delivery)
                self._awake.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), self._pause())

    def _due(self) -> list[Delivery]:
        now = self._till.now()
        waiting = self._till.store.deliveries("waiting")
        due = [delivery for delivery in waiting if delivery.due <= now]
        # Those that were collected meanwhile go with the first, or a slow machine would keep their order.
        return waiting[::-1] if due and "reorder" in self._till.faults.deliveries else due

    def _pause(self) -> float:
        waiting = [delivery.due - self._till.now() for delivery in self._till.store.deliveries("waiting")]
        return max(0.02, min([_IDLE_SECONDS, *waiting]))

    async def _deliver(self, client: httpx.AsyncClient, delivery: Delivery) -> None:
        event = self._till.store.get("event", delivery.event_id) or self._till.load(
            "forgery", delivery.event_id, "event"
        )
        payload, header = self._signed(event, forged=delivery.forged)
        try:
            answer = await client.post(
                self._till.config.webhook_url,
                content=payload.encode(),
                headers={"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": header},
            )
            status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            status = None
        self._note(delivery, status)

    def _note(self, delivery: Delivery, status: int | None) -> None:
        now = self._till.now()
        waits = self._till.config.retry_seconds
        if status is not None and 200 <= status < 300:
            state, due = "delivered", now
        elif delivery.forged or delivery.attempts + 1 >= _MOST_ATTEMPTS:
            state, due = "given_up", now
        else:
            state, due = "waiting", now + waits[min(delivery.attempts, len(waits) - 1)]
        self._till.store.mark_delivery(delivery.seq, state, due, status)

    def _signed(self, event: JsonObject, *, forged: bool) -> tuple[str, str]:
        secret = self._till.config.webhook_secret
        if forged:
            event = {**event, "id": self._till.new_id("evt"), "object": "event"}
            secret = f"whsec_{secrets.token_hex(16)}"
        payload = json.dumps(event, indent=2)
        timestamp = int(self._till.now())
        if "old" in self._till.faults.deliveries:
            timestamp -= _OLD_SECONDS
        return payload, signature(secret, timestamp, payload)
