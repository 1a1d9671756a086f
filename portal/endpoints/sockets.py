"""Live sockets: what is no event is let fall unread, and a session that ends takes its open pages with it."""

from __future__ import annotations

from typing import Any

from portal.callers import read_cookie, session_cookie
from portal.logs import log_refusal
from portal.wiring import parts

_MESSAGES = frozenset({"event", "ping", "client_error"})
"""What a page says. `connect` and `disconnect` are the server's own words: no message may reach their handlers."""

_LONGEST_ADDRESS = 4000

_apps: list[Any] = []


def watch(app: Any) -> None:
    """Name the app whose sockets are meant, and screen what comes in; called once when it is built."""
    _apps[:] = [app]
    _screen(app.sio)


def _screen(server: Any) -> None:
    """Reflex trusts the shape of what comes: an address that is none fails before the guard and in being told."""
    take_event, take_connect = server._handle_event, server._handle_connect  # noqa: SLF001 - it has no hook before

    async def event(eio_sid: str, namespace: str, number: int | None, message: Any) -> None:
        if is_message(message):
            await take_event(eio_sid, namespace, number, message)
        else:
            log_refusal("malformed", "socket")

    async def connect(eio_sid: str, namespace: str, said: Any) -> None:
        first = said.get("event") if isinstance(said, dict) else None
        if first is not None and not is_event(first):
            log_refusal("malformed", "socket")
            said = None
        await take_connect(eio_sid, namespace, said if isinstance(said, dict) else None)

    server._handle_event, server._handle_connect = event, connect  # noqa: SLF001


def is_message(message: Any) -> bool:
    """Whether it is one of the messages that a page sends."""
    if not isinstance(message, list) or not 1 <= len(message) <= 2 or not isinstance(message[0], str):
        return False
    kind, *said = message
    return kind in _MESSAGES and (kind != "event" or (bool(said) and is_event(said[0])))


def is_event(event: Any) -> bool:
    """Whether it has a name, arguments and an address, each of its kind."""
    if not isinstance(event, dict) or not isinstance(event.get("name"), str):
        return False
    place = event.get("router_data", {})
    if not isinstance(event.get("payload", {}), dict) or not isinstance(place, dict):
        return False
    addresses = [place.get(name, "/") for name in ("asPath", "pathname")]
    return isinstance(place.get("query", {}), dict) and all(map(_is_address, addresses))


def _is_address(address: Any) -> bool:
    return isinstance(address, str) and address.startswith("/") and len(address) <= _LONGEST_ADDRESS


async def hang_up(token: str) -> int:
    """Close every socket that came with this session cookie; returns how many."""
    if not token or not _apps or _apps[0].event_namespace is None:
        return 0
    app, name = _apps[0], session_cookie(parts().settings)
    namespace = app.event_namespace
    cookies = {sid: kept["headers"].get("cookie", "") for sid, kept in namespace._static_router_data.items()}  # noqa: SLF001
    theirs = [sid for sid, cookie in cookies.items() if read_cookie(cookie, name) == token]
    for sid in theirs:
        await app.sio.disconnect(sid, namespace=namespace.namespace)
    return len(theirs)
