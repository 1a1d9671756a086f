"""The outermost layer of every request: one host, one origin, strict headers, limits and the access log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from portal.callers import VISITOR_SECONDS, client_address, cookie_line, new_secret, read_cookie, visitor_cookie
from portal.endpoints.csp import cache_rule, content_policy, dress_code, security_headers
from portal.endpoints.gates import Limits, SocketGate, neighbourhood, read_ahead
from portal.logs import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from portal.settings import Settings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MACHINES = ("/webhooks/", "/healthz")
"""Called by programs that know us by another name and send no Origin; each proves itself otherwise."""

_CLOSED = ("/_upload", "/_health", "/ping", "/_all_routes", "/auth-codespace", "/_event")
"""Routes of the framework that nobody here needs over HTTP: `/_event` is a socket and nothing else."""


def shell(
    settings: Settings, script_hashes: Mapping[str, Sequence[str]], limits: Limits | None = None
) -> Callable[[ASGIApp], Shell]:
    """What Reflex's `api_transformer` takes: wraps the whole application, static pages included.

    `script_hashes`: the inline scripts by the address of their page; any other address may answer with any page.
    """
    policies = {page: content_policy(settings, hashes) for page, hashes in script_hashes.items()}
    policies[""] = content_policy(settings, sorted({one for hashes in script_hashes.values() for one in hashes}))

    def wrap(app: ASGIApp) -> Shell:
        return Shell(app, settings, policies, limits or Limits())

    return wrap


class Shell:
    """Refuses what comes from elsewhere and dresses what goes out."""

    def __init__(self, app: ASGIApp, settings: Settings, policies: Mapping[str, str], limits: Limits) -> None:
        self._app = app
        self._settings = settings
        self._origin = settings.address
        self._host = urlsplit(settings.address).netloc.lower()
        self._headers = {page: security_headers(settings, policy) for page, policy in policies.items()}
        self._visitor = visitor_cookie(settings)
        self._limits = limits
        self._sockets = SocketGate(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        address = neighbourhood(self._come_through_proxies(scope, headers))
        if scope["type"] == "http":
            await self._http(scope, headers, receive, send)
        else:
            await self._socket(scope, headers, address, receive, send)

    async def _socket(self, scope: Scope, headers: Headers, address: str, receive: Receive, send: Send) -> None:
        foreign = headers.get("host", "").lower() != self._host or headers.get("origin") != self._origin
        if foreign or not self._sockets.enter(address):
            get_logger().warning("socket refused", reason="foreign" if foreign else "too many")
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._sockets.leave(address)

    async def _http(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        answer = _Answer(send, self._dress(scope, headers))
        started = time.perf_counter()
        refusal = self._refusal(scope, headers)
        body: Receive | None = receive
        if refusal is None and ("content-length" in headers or "transfer-encoding" in headers):
            body = await read_ahead(receive, self._limits.body_bytes)
        try:
            if refusal is not None or body is None:
                await (refusal or _too_large())(scope, receive, answer)
            else:
                await self._app(scope, body, answer)
        finally:
            _log_request(scope, answer.status, started)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        path, method = scope["path"], scope["method"]
        if path.startswith(_CLOSED):
            return PlainTextResponse("Not found", 404)
        from_machine = path.startswith(_MACHINES)
        if headers.get("host", "").lower() != self._host and not from_machine:
            return self._elsewhere(scope)
        if method not in _SAFE and not from_machine and not self._from_us(headers):
            return JSONResponse({"ok": False, "code": "foreign_origin"}, 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._limits.body_bytes:
            return _too_large()
        return None

    def _from_us(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site", "same-origin")
        return headers.get("origin") == self._origin and site == "same-origin"

    def _elsewhere(self, scope: Scope) -> Response:
        if scope["method"] not in _SAFE:
            return JSONResponse({"ok": False, "code": "foreign_host"}, 421)
        path = "/" + scope["path"].lstrip("/\\")
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse(f"{self._origin}{path}" + (f"?{query}" if query else ""), 307)

    def _come_through_proxies(self, scope: Scope, headers: Headers) -> str:
        peer = scope["client"][0] if scope.get("client") else ""
        hops = self._settings.trusted_proxy_hops
        address = client_address(headers, peer, hops)
        if hops:
            scope["client"] = (address, 0)
            secure = self._origin.startswith("https://")
            names = ("ws", "wss") if scope["type"] == "websocket" else ("http", "https")
            scope["scheme"] = names[secure]
        return address

    def _dress(self, scope: Scope, headers: Headers) -> Callable[[Message], None]:
        path = scope["path"]
        is_page = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
        known = not is_page or read_cookie(headers.get("cookie", ""), self._visitor)

        def dress(message: Message) -> None:
            out = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in dress_code(path, self._headers.get(path) or self._headers[""]):
                out[name.decode()] = value.decode()
            if "cache-control" not in out:
                out["cache-control"] = cache_rule(path).decode()
            is_html = out.get("content-type", "").startswith("text/html") or message["status"] == 304
            if not known and is_html:
                out["cache-control"] = "private, no-cache"
                secure = self._origin.startswith("https")
                line = cookie_line(self._visitor, new_secret(), VISITOR_SECONDS, secure=secure, same_site="Lax")
                out.append("set-cookie", line)

        return dress


class _Answer:
    """A `send` that dresses the head of the answer and remembers its status."""

    def __init__(self, send: Send, dress: Callable[[Message], None]) -> None:
        self._send = send
        self._dress = dress
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._dress(message)
        await self._send(message)


def _too_large() -> Response:
    return JSONResponse({"ok": False, "code": "too_large"}, 413)


def _log_request(scope: Scope, status: int, started: float) -> None:
    path: str = scope["path"]
    quiet = status < 400 and not path.startswith(("/api/", "/webhooks/"))
    write = get_logger().debug if quiet else get_logger().info
    write(
        "request",
        method=scope["method"],
        path=path,
        status=status,
        ms=round((time.perf_counter() - started) * 1000, 1),
    )
