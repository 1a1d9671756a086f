"""Live sockets: a session that ends takes its open pages with it."""

from __future__ import annotations

from typing import Any

from portal.callers import read_cookie, session_cookie
from portal.wiring import parts

_apps: list[Any] = []


def watch(app: Any) -> None:
    """Name the app whose sockets are meant; called once when it is built."""
    _apps[:] = [app]


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
