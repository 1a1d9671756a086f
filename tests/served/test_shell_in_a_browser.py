"""The built pages under their strict policy, as a browser meets them."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
import socketio

from portal import routes
from tests.support.browser import Chromium
from tests.support.served import ServedApp

pytestmark = pytest.mark.timeout(400)

PAGES = [value for name, value in vars(routes).items() if name.isupper() and isinstance(value, str)]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    app = ServedApp(tmp_path_factory.mktemp("served"))
    app.start()
    yield app
    app.stop()


def test_no_page_breaks_the_policy_or_asks_elsewhere(served, chromium: Chromium):
    visitor = chromium.visitor()
    for path in [*PAGES, "/nothing-here/"]:
        visitor.page.goto(served.url + path)
        visitor.page.wait_for_load_state("networkidle")
    assert visitor.violations == []
    elsewhere = [url for url in visitor.requests if not re.match(rf"(data:|blob:|{served.url}/)", url)]
    assert elsewhere == []


def test_the_socket_of_a_page_connects(served, chromium: Chromium):
    visitor = chromium.visitor()
    with visitor.page.expect_websocket(lambda socket: "/_event" in socket.url) as opened:
        visitor.page.goto(served.url)
    opened.value.wait_for_event("framereceived")
    assert opened.value.url.startswith(served.url.replace("http", "ws"))


def test_the_visitor_cookie_is_out_of_reach_of_scripts_and_travels_with_the_socket(served, chromium: Chromium):
    visitor = chromium.visitor()
    visitor.page.goto(served.url)
    assert visitor.page.evaluate("document.cookie") == ""
    (cookie,) = [kept for kept in visitor.context.cookies() if kept.get("name") == "qr_visitor"]
    assert cookie.get("httpOnly")
    visitor.page.reload()
    assert visitor.context.cookies()[0].get("value") == cookie.get("value")


def test_another_name_of_this_machine_leads_to_the_public_address(served, chromium: Chromium):
    visitor = chromium.visitor()
    visitor.page.goto(f"http://127.0.0.1:{served.port}/help/?a=b")
    assert visitor.page.url == f"{served.url}/help/?a=b"


def connects(served: ServedApp, headers: dict[str, str]) -> bool:
    async def go() -> bool:
        client = socketio.AsyncClient(reconnection=False)
        try:
            await client.connect(
                f"{served.url}?token=t",
                headers=headers,
                socketio_path="/_event",
                namespaces=["/_event"],
                transports=["websocket"],
            )
        except socketio.exceptions.ConnectionError:
            return False
        finally:
            await client.disconnect()
        return True

    return asyncio.run(go())


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1:3900"])
def test_a_socket_from_another_origin_is_refused(served, origin):
    assert not connects(served, {"Origin": origin})


def test_a_socket_without_an_origin_is_refused(served):
    assert not connects(served, {})


def test_a_socket_from_here_is_not(served):
    assert connects(served, {"Origin": served.url})


@pytest.mark.parametrize("path", ["/_upload", "/ping", "/_health", "/_event/?EIO=4&transport=polling", "/_all_routes"])
def test_routes_of_the_framework_are_not_there(served, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(served.url + path)
    assert refused.value.code == 404


def test_the_log_holds_no_query_and_no_token(served, chromium: Chromium):
    visitor = chromium.visitor()
    visitor.page.goto(f"{served.url}/nothing/?name=Ana-Wilson")
    visitor.page.wait_for_load_state("networkidle")
    token = visitor.page.evaluate("sessionStorage.getItem('token')")
    said = served.log.read_text()
    assert '"path": "/nothing/"' in said
    assert "Ana-Wilson" not in said
    assert token
    assert token not in said
    assert all(json.loads(line) for line in said.splitlines() if line.startswith("{"))
