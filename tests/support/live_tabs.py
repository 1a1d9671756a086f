"""A tab on the real socket of a served app: it says what a browser would say, or whatever an attacker likes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import uuid
from collections.abc import Coroutine
from typing import Any, TypeVar

import socketio

from tests.support.patience import SECONDS
from tests.support.served import ServedApp

T = TypeVar("T")

ROOT = "reflex___state____state."
HYDRATE = f"{ROOT}hydrate"
HYDRATE_AND_LOAD = f"{ROOT}hydrate_and_load"
ON_LOAD = f"{ROOT}reflex___state____on_load_internal_state.on_load_internal"
UPDATE_VARS = f"{ROOT}reflex___state____update_vars_internal_state.update_vars_internal"
MARK = f"{ROOT}portal___pages___notice____notice_state.show"
NAMESPACE = "/_event"

_loop = asyncio.new_event_loop()
threading.Thread(target=_loop.run_forever, name="tabs", daemon=True).start()


def wait_for(what: Coroutine[Any, Any, T], seconds: float = SECONDS) -> T:
    """Runs on the loop that all tabs share."""
    return asyncio.run_coroutine_threadsafe(asyncio.wait_for(what, seconds), _loop).result()


class Refused(Exception):
    """The server did not take the socket."""


class LiveTab:
    """One tab. `token` names it, as the browser's session storage would; `heard` is all that came, as text."""

    def __init__(self, served: ServedApp, cookie: str = "", *, token: str = "", **handshake: Any) -> None:
        self.token = token or str(uuid.uuid4())
        self.url = served.url
        self.heard: list[str] = []
        self.open = False
        self._marks = 0
        self._news = asyncio.Condition()
        self._client = socketio.AsyncClient(reconnection=False)
        self._client.on("*", self._hear, namespace=NAMESPACE)
        self._client.on("disconnect", self._closed, namespace=NAMESPACE)
        headers = {"Origin": served.url} | ({"Cookie": cookie} if cookie else {})
        wait_for(self._connect(handshake.pop("headers", headers), **handshake))

    async def _connect(self, headers: dict[str, str], auth: Any = None, **options: Any) -> None:
        given: dict[str, Any] = {"transports": ["websocket"], "namespaces": [NAMESPACE], **options}
        try:
            await self._client.connect(
                f"{self.url}?token={self.token}", headers=headers, auth=auth, socketio_path="/_event", **given
            )
        except socketio.exceptions.ConnectionError as refused:
            raise Refused from refused
        self.open = True

    async def _hear(self, event: str, *said: Any) -> None:
        async with self._news:
            self.heard.append(json.dumps([event, *said], ensure_ascii=False, default=repr))
            self._news.notify_all()

    async def _closed(self, *_: Any) -> None:
        async with self._news:
            self.open = False
            self._news.notify_all()

    def say(self, name: str, payload: Any = None, address: str = "/", **router: Any) -> None:
        """Send an event as the page at `address` would; `router` adds to what it says of itself."""
        said = {"asPath": address, "pathname": address.partition("?")[0], "query": {}, **router}
        self.emit({"name": name, "payload": {} if payload is None else payload, "router_data": said})

    def emit(self, *said: Any, event: str = "event") -> None:
        """Send anything at all."""
        message = json.dumps([event, *said])
        self.raw(f"42{NAMESPACE},{message}")

    def raw(self, *frames: str | bytes) -> None:
        """Put frames on the wire below the protocol, one right after the other."""
        ws = self._client.eio.ws

        async def put() -> None:
            for frame in frames:
                await (ws.send_bytes(frame) if isinstance(frame, bytes) else ws.send_str(frame))

        wait_for(put())

    def settles(self) -> str:
        """Waits until all that was said is dealt with; returns what was heard since the last time."""
        for _ in range(2):  # what an event leads to stands in line behind the first mark
            self._marks += 1
            mark = f"m{self._marks}-{self.token[:6]}"
            before = len(self.heard)
            self.say(MARK, {"code": mark})
            wait_for(self._until(lambda: any(mark in said for said in self.heard[before:])))  # noqa: B023
        found, self.heard = self.heard, []
        return "\n".join(found)

    def has_heard(self, words: str, seconds: float) -> bool:
        """Whether words come within that time."""
        with contextlib.suppress(TimeoutError):
            wait_for(self._until(lambda: any(words in said for said in self.heard)), seconds)
        return any(words in said for said in self.heard)

    def is_closed(self, seconds: float = 15) -> bool:
        """Whether the server hangs up within that time, which is shorter than any silence after which it would anyway."""
        with contextlib.suppress(TimeoutError):
            wait_for(self._until(lambda: not self.open), seconds)
        return not self.open

    async def _until(self, true: Any) -> None:
        async with self._news:
            await self._news.wait_for(true)

    def close(self) -> None:
        """The laptop is shut."""
        wait_for(self._client.disconnect())
        self.open = False

    def __enter__(self) -> LiveTab:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
