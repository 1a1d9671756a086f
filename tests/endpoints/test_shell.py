"""The outermost layer, around a small application: what it refuses and how it dresses what goes out."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from portal.endpoints.csp import content_policy
from portal.endpoints.gates import Limits, SocketGate, neighbourhood
from portal.endpoints.shell import shell
from portal.settings import Settings

OURS = "http://localhost:3000"
PAGE = {"accept": "text/html,*/*"}


async def page(_request: Request) -> Response:
    return HTMLResponse("<h1>Quietroom</h1>")


async def take(request: Request) -> Response:
    return JSONResponse(
        {"ok": True, "bytes": len(await request.body()), "from": request.client and request.client.host}
    )


async def kept(_request: Request) -> Response:
    return PlainTextResponse("x", headers={"cache-control": "private, max-age=60"})


INNER = Starlette(
    routes=[
        Route("/", page),
        Route("/book/", page),
        Route("/assets/a-1.js", kept),
        Route("/assets/b-2.js", take),
        Route("/api/take", take, methods=["GET", "POST", "DELETE"]),
        Route("/webhooks/stripe", take, methods=["POST"]),
        Route("/healthz", take),
        Route("/_upload", take, methods=["GET", "POST"]),
    ]
)


def settings(**changes: object) -> Settings:
    return Settings(_env_file=None, **changes)  # pyright: ignore[reportArgumentType, reportCallIssue]


def ask(
    method: str, url: str, *, about: Settings | None = None, limits: Limits | None = None, **more
) -> httpx.Response:
    app = shell(about or settings(), {"/": ["sha256-abc="], "/book/": ["sha256-book="]}, limits)(INNER)

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=OURS) as client:
            return await client.request(method, url, **more)

    return asyncio.run(go())


class TestHost:
    @pytest.mark.parametrize(
        "host", ["127.0.0.1:3000", "localhost", "quiet.example", "localhost:3000.evil.example", "LOCALHOST:3001"]
    )
    def test_sends_people_to_the_public_address(self, host):
        answer = ask("GET", "/book/?service=a%20b&x=1", headers={"host": host})
        assert answer.status_code == 307
        assert answer.headers["location"] == f"{OURS}/book/?service=a%20b&x=1"

    @pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "/%2f%2fevil.example", "///evil.example"])
    def test_never_sends_them_elsewhere(self, path):
        answer = ask("GET", f"http://127.0.0.1:3000{path}")
        assert answer.headers["location"].startswith(f"{OURS}/")
        assert not answer.headers["location"].startswith(f"{OURS}//")

    def test_refuses_to_act_under_another_name(self):
        answer = ask("POST", "/api/take", headers={"host": "127.0.0.1:3000", "origin": "http://127.0.0.1:3000"})
        assert answer.status_code == 421

    def test_lets_machines_call_by_another_name(self):
        assert ask("POST", "/webhooks/stripe", headers={"host": "127.0.0.1:3000"}).status_code == 200
        assert ask("GET", "/healthz", headers={"host": "10.0.0.7"}).status_code == 200

    def test_names_are_compared_as_names(self):
        assert ask("GET", "/", headers={"host": "LOCALHOST:3000"}).status_code == 200


class TestOrigin:
    @pytest.mark.parametrize("method", ["POST", "DELETE"])
    @pytest.mark.parametrize(
        "origin",
        [None, "null", "https://evil.example", "http://localhost:3001", "https://localhost:3000", "", f"{OURS}/"],
    )
    def test_refuses_an_act_from_elsewhere(self, method, origin):
        answer = ask(method, "/api/take", headers={} if origin is None else {"origin": origin})
        assert answer.status_code == 403
        assert answer.json() == {"ok": False, "code": "foreign_origin"}

    def test_takes_an_act_from_here(self):
        assert ask("POST", "/api/take", headers={"origin": OURS}).json()["ok"]

    def test_believes_the_browser_that_says_another_site_asked(self):
        answer = ask("POST", "/api/take", headers={"origin": OURS, "sec-fetch-site": "cross-site"})
        assert answer.status_code == 403

    def test_reading_needs_no_origin(self):
        assert ask("GET", "/api/take").status_code == 200


class TestHeaders:
    def test_every_answer_is_dressed(self):
        for answer in (
            ask("GET", "/"),
            ask("GET", "/nothing"),
            ask("POST", "/api/take"),
            ask("GET", "/", headers={"host": "x"}),
        ):
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "unsafe-eval" not in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cross-origin-opener-policy"] == "same-origin"
            assert "camera=(self)" in answer.headers["permissions-policy"]
            assert "strict-transport-security" not in answer.headers

    def test_a_page_allows_its_own_scripts_and_no_other_page_s(self):
        def allowed(path: str) -> str:
            return ask("GET", path).headers["content-security-policy"]

        assert "sha256-abc=" in allowed("/")
        assert "sha256-book=" not in allowed("/")
        assert "sha256-abc=" in allowed("/visit/1/")
        assert "sha256-book=" in allowed("/visit/1/")

    def test_scripts_sheets_and_fonts_may_do_nothing_and_say_little(self):
        for path in ("/assets/entry-1.js", "/assets/styles-1.css", "/fonts/text.woff2", "/faces/priya.svg"):
            answer = ask("GET", path)
            assert answer.headers["content-security-policy"] == "default-src 'none'"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert "permissions-policy" not in answer.headers

    def test_strict_transport_where_there_is_transport_security(self):
        about = settings(public_url="https://quiet.example", trusted_proxy_hops=1)
        answer = ask("GET", "/", about=about, headers={"host": "quiet.example"})
        assert "max-age" in answer.headers["strict-transport-security"]

    def test_the_network_of_a_page_is_this_host_and_the_video_server(self):
        policy = content_policy(settings(livekit_url="wss://video.quiet.example"), ["sha256-x="])
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        assert (
            directives["connect-src"]
            == "'self' ws://localhost:3000 wss://video.quiet.example https://video.quiet.example"
        )
        assert directives["script-src"] == "'self' 'sha256-x='"
        assert directives["frame-ancestors"] == "'none'"

    def test_a_hosted_video_server_may_send_people_to_its_regions(self):
        assert "wss://*.livekit.cloud" in content_policy(settings(livekit_url="wss://quiet-1.livekit.cloud"), [])

    def test_hashed_files_stay_pages_are_asked_for_and_answers_are_not_kept(self):
        assert "immutable" in ask("GET", "/assets/b-2.js").headers["cache-control"]
        assert ask("GET", "/").headers["cache-control"] == "no-cache"
        assert ask("GET", "/api/take").headers["cache-control"] == "no-store"

    def test_an_endpoint_may_say_otherwise(self):
        assert ask("GET", "/assets/a-1.js").headers["cache-control"] == "private, max-age=60"


class TestVisitor:
    def test_a_page_gives_a_cookie_that_no_script_reads(self):
        line = ask("GET", "/", headers=PAGE).headers["set-cookie"]
        assert line.startswith("qr_visitor=")
        assert "HttpOnly" in line
        assert "Max-Age=86400" in line
        assert "Secure" not in line
        assert len(line.split(";")[0]) > 40

    def test_on_https_it_is_bound_to_the_host(self):
        about = settings(public_url="https://quiet.example", trusted_proxy_hops=1)
        line = ask("GET", "/", about=about, headers=PAGE | {"host": "quiet.example"}).headers["set-cookie"]
        assert line.startswith("__Host-qr_visitor=")
        assert "Secure" in line

    def test_one_is_enough(self):
        assert "set-cookie" not in ask("GET", "/", headers=PAGE | {"cookie": "qr_visitor=abc"}).headers

    def test_files_and_answers_give_none(self):
        assert "set-cookie" not in ask("GET", "/assets/b-2.js", headers=PAGE).headers
        assert "set-cookie" not in ask("GET", "/api/take").headers


class TestSize:
    def test_a_body_too_large_is_refused_before_it_is_read(self):
        answer = ask("POST", "/api/take", headers={"origin": OURS}, content=b"x" * 300_000)
        assert answer.status_code == 413
        assert answer.json() == {"ok": False, "code": "too_large"}

    def test_a_body_that_does_not_say_its_size_is_counted(self):
        async def drip():
            for _ in range(40):
                yield b"x" * 10_000

        answer = ask("POST", "/api/take", headers={"origin": OURS}, content=drip())
        assert answer.status_code == 413

    @pytest.mark.parametrize("length", ["-1", "many", "1e9"])
    def test_nonsense_about_the_size_is_refused(self, length):
        answer = ask("POST", "/api/take", headers={"origin": OURS, "content-length": length}, content=b"")
        assert answer.status_code == 413

    def test_a_usual_body_passes(self):
        answer = ask("POST", "/api/take", headers={"origin": OURS}, content=b"x" * 200_000)
        assert answer.json()["bytes"] == 200_000


class TestClosed:
    @pytest.mark.parametrize(
        "path", ["/_upload", "/_upload/x", "/_health", "/ping", "/_all_routes", "/auth-codespace", "/_event/"]
    )
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_routes_of_the_framework_are_not_there(self, method, path):
        assert ask(method, path, headers={"origin": OURS}).status_code == 404


class TestProxies:
    def test_nobody_names_their_own_address(self):
        answer = ask("GET", "/api/take", headers={"x-forwarded-for": "1.2.3.4"})
        assert answer.json()["from"] == "127.0.0.1"

    def test_as_many_hops_count_as_are_ours(self):
        headers = {"x-forwarded-for": "6.6.6.6, 1.2.3.4"}
        assert (
            ask("GET", "/api/take", about=settings(trusted_proxy_hops=1), headers=headers).json()["from"] == "1.2.3.4"
        )
        assert (
            ask("GET", "/api/take", about=settings(trusted_proxy_hops=2), headers=headers).json()["from"] == "6.6.6.6"
        )


def handshake(headers: dict[str, str], limits: Limits | None = None) -> str:
    """What becomes of a socket: `accepted`, or `refused`."""
    said: list[str] = []

    async def inner(_scope, _receive, send):
        await send({"type": "websocket.accept"})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        said.append(message["type"])

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": "/_event/", "headers": raw, "client": ("127.0.0.1", 5), "query_string": b""}
    asyncio.run(shell(settings(), {}, limits)(inner)(scope, receive, send))  # pyright: ignore[reportArgumentType]
    return "accepted" if said == ["websocket.accept"] else "refused"


class TestSocket:
    def test_ours_is_accepted(self):
        assert handshake({"host": "localhost:3000", "origin": OURS}) == "accepted"

    @pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost:30000", ""])
    def test_another_origin_is_refused(self, origin):
        assert handshake({"host": "localhost:3000"} | ({} if origin is None else {"origin": origin})) == "refused"

    def test_another_host_is_refused(self):
        assert handshake({"host": "127.0.0.1:3000", "origin": OURS}) == "refused"

    def test_more_than_the_limit_is_refused(self):
        assert handshake({"host": "localhost:3000", "origin": OURS}, Limits(sockets_per_address=0)) == "refused"


class TestGate:
    def test_places_are_given_back(self):
        gate = SocketGate(Limits(sockets_per_address=2))
        assert [gate.enter("a"), gate.enter("a"), gate.enter("a"), gate.enter("b")] == [True, True, False, True]
        gate.leave("a")
        assert gate.enter("a")

    def test_handshakes_are_counted_even_when_each_socket_closes_at_once(self):
        gate = SocketGate(Limits(handshakes_per_minute=3))
        for _ in range(3):
            assert gate.enter("a")
            gate.leave("a")
        assert not gate.enter("a")

    def test_one_line_has_many_addresses(self):
        assert neighbourhood("2001:db8:1:2:aaaa::1") == neighbourhood("2001:db8:1:2:bbbb::9")
        assert neighbourhood("2001:db8:1:3::1") != neighbourhood("2001:db8:1:2::1")
        assert neighbourhood("10.0.0.1") != neighbourhood("10.0.0.2")
