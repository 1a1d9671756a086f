"""A tab without a browser: its states, and its handlers called as the guard would let them through."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from portal import wiring
from portal.pages import guard
from portal.settings import Settings
from portal.storage.work import Database, Viewer
from portal.wiring import Parts

S = TypeVar("S", bound=rx.State)


def wire(monkeypatch: pytest.MonkeyPatch, database: Database, payments: Any = None) -> Parts:
    """Lets pages work with this database, and with this card processor or none."""
    made = Parts(settings=Settings(_env_file=None), database=database, payments=payments, video=None, mail=None)
    monkeypatch.setattr(wiring, "build_parts", lambda _settings: made)
    wiring.parts.cache_clear()
    monkeypatch.setattr(guard, "log_refusal", lambda *_: None)
    return made


class Tab:
    """One tab of one person; `viewer` may change, as it does on signing in."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]

    def open(self, address: str) -> None:
        """Stand on a page."""
        self.root.router = RouterData.from_router_data(  # type: ignore[assignment]
            {
                "asPath": address,
                "pathname": address.split("?", maxsplit=1)[0],
                "headers": {"origin": "http://localhost:3000"},
            }
        )

    async def state(self, kind: type[S]) -> S:
        """What a state holds now."""
        return await self.root.get_state(kind)

    async def call(self, handler: Any, *args: Any) -> list[str]:
        """Run a handler to its end; answers with the addresses to which it leads."""
        kind, fn = _owner(handler)
        guard._viewer.set(self.viewer)
        outcome: Any = fn(await self.state(kind), *args)
        steps = [step async for step in outcome] if inspect.isasyncgen(outcome) else [await outcome]
        return [found for step in steps if (found := _redirect(step))]


def _owner(handler: Any) -> tuple[type[rx.State], Callable[..., Any]]:
    name = handler.fn.__qualname__.split(".")[0]
    found = [one for one in _walk(rx.State) if one.__name__ == name and one.__module__ == handler.fn.__module__]
    return found[0], handler.fn


def _walk(kind: type[rx.State]) -> list[type[rx.State]]:
    return [kind, *(below for child in kind.get_substates() for below in _walk(child))]  # type: ignore[arg-type]


def _redirect(step: Any) -> str:
    if step is None or getattr(step, "handler", None) is None or step.handler.fn.__qualname__ != "_redirect":
        return ""
    return next(str(value).strip('"') for name, value in step.args if str(name) == "path")
