"""The sandbox's till: its settings, its clock, its store, and how events leave it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal.demo.card_sandbox.faults import Faults
from portal.demo.card_sandbox.refusals import missing
from portal.demo.card_sandbox.store import JsonObject, Store

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
_TOGETHER_SECONDS = 0.4  # how long a reordering till collects before it sends, newest first


@dataclass(frozen=True)
class SandboxConfig:
    """How a sandbox runs. `public_url` is where people reach its pages; no `webhook_url`, no deliveries."""

    public_url: str
    api_key: str
    webhook_secret: str
    webhook_url: str
    database: Path
    faults: Faults = field(default_factory=Faults)
    clock: Callable[[], float] = time.time
    retry_seconds: tuple[float, ...] = (1, 2, 4, 8, 15, 30, 60)


class Till:
    """What every act of the sandbox needs. Acts run inside `store.transaction()`; then `wake` is called."""

    def __init__(self, config: SandboxConfig) -> None:
        self.config = config
        self.store = Store(config.database)
        self.faults = config.faults
        self.wake: Callable[[], None] = lambda: None

    def now(self) -> float:
        """Seconds since 1970, by the sandbox's own clock."""
        return self.config.clock()

    def new_id(self, prefix: str) -> str:
        """An id that looks like Stripe's."""
        return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(24))}"

    def load(self, kind: str, object_id: str, called: str) -> JsonObject:
        """The object, or Stripe's refusal; `called` is its name in that refusal."""
        found = self.store.get(kind, object_id)
        if found is None:
            raise missing(called, object_id)
        return found

    def emit(self, event_type: str, thing: JsonObject) -> None:
        """Record that something happened to an object, and put the news of it on its way."""
        event = {
            "id": self.new_id("evt"),
            "object": "event",
            "api_version": None,
            "created": int(self.now()),
            "data": {"object": thing},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": event_type,
        }
        self.store.put(event)
        if self.config.webhook_url:
            self._put_on_its_way(event["id"])

    def _put_on_its_way(self, event_id: str) -> None:
        wanted = self.faults.deliveries
        due = self.now()
        due += self.faults.delay_seconds if "delay" in wanted else 0
        due += _TOGETHER_SECONDS if "reorder" in wanted else 0
        if "forge" in wanted:
            self.store.add_delivery(event_id, due, forged=True)
        state = "dropped" if "drop" in wanted else "waiting"
        for _ in range(3 if "duplicate" in wanted else 1):
            self.store.add_delivery(event_id, due, state=state)
