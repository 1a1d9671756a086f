"""The card page and the mailbox in a browser: by mouse, by keyboard, for everybody."""

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from portal.gateways.smtp_mail import SmtpMail, SmtpServer
from tests.mail.conftest import SENDER, a_letter
from tests.support.counter import a_request, ask, serving
from tests.support.ports import free_port

pytestmark = pytest.mark.browser
LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


@pytest.fixture
def practice():
    """The pages that a card page leads back to."""

    async def show(request):
        return HTMLResponse(f"<title>practice</title><h1>{request.url.path}</h1>")

    port = free_port()
    app = Starlette(routes=[Route("/{path:path}", show, methods=["GET"])])
    with serving(app, port):
        yield f"http://localhost:{port}"


@pytest.fixture
def open_page(desk, practice):
    def opened(payment_id="p1"):
        request = a_request(
            payment_id, success_url=f"{practice}/return/?payment=p1", cancel_url=f"{practice}/checkout/"
        )
        return ask(desk.payments.open_checkout(request)).url

    return opened


def charges(desk):
    return [charge["status"] for charge in desk.till.store.newest_first("charge")]


def test_a_test_card_is_filled_in_and_pays(desk, open_page, chromium, practice):
    visitor = chromium.visitor()
    visitor.page.goto(open_page())
    visitor.page.get_by_role("button", name="4242 4242 4242 4242").click()
    pay = visitor.page.get_by_role("button", name="Pay £65.00")
    assert pay.evaluate("button => button === document.activeElement")
    pay.click()
    visitor.page.wait_for_url(f"{practice}/return/?payment=p1")
    assert charges(desk) == ["succeeded"]
    assert visitor.violations == []
    assert {url.split("/")[2] for url in visitor.requests} == {
        desk.url.split("/")[2],
        practice.split("/")[2],
    }


def test_a_double_click_pays_once(desk, open_page, chromium, practice):
    page = chromium.visitor().page
    page.goto(f"{open_page()}?card=pays")
    with contextlib.suppress(Exception):  # the second press may meet a page that is already leaving
        page.get_by_role("button", name="Pay £65.00").dblclick()
    page.wait_for_url(f"{practice}/return/?payment=p1")
    assert charges(desk) == ["succeeded"]


def test_the_whole_way_by_keyboard(desk, open_page, chromium, practice):
    page = chromium.visitor().page
    page.goto(open_page())
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().startswith("4000 0000 0000 0002")
    page.keyboard.press("Enter")
    page.wait_for_url("**card=declined")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "The bank said no to this card." in page.get_by_role("alert").inner_text()
    page.get_by_label("Card number").focus()
    page.keyboard.type("4000 0000 0000 3220")
    page.keyboard.press("Tab")
    page.keyboard.type("12/34")
    page.keyboard.press("Tab")
    page.keyboard.type("123")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Confirm the payment").press("Enter")
    page.wait_for_url(f"{practice}/return/?payment=p1")
    assert charges(desk) == ["succeeded", "failed"]


def test_back_leads_to_the_practice_unpaid(desk, open_page, chromium, practice):
    page = chromium.visitor().page
    page.goto(open_page())
    page.get_by_role("link", name="Back without paying").click()
    page.wait_for_url(f"{practice}/checkout/")
    assert charges(desk) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_use_every_page(desk, open_page, chromium, width, scheme):
    letter = a_letter(subject="A subject of many words " * 6, html="<p>Hello</p>")
    ask(SmtpMail(SmtpServer("127.0.0.1", desk.plan.smtp_port, "none", SENDER)).send(letter))
    [mail] = desk.mailbox.newest_first()
    fresh, declined, asked, closed = [open_page(f"p{number}") for number in range(4)]
    desk.pay(declined.rsplit("/", 1)[1], "declined")
    desk.pay(asked.rsplit("/", 1)[1], "asks")
    desk.control("POST", f"/sessions/{closed.rsplit('/', 1)[1]}/expire")
    page = chromium.visitor(viewport={"width": width, "height": 800}, color_scheme=scheme).page
    addresses = [
        fresh,
        f"{fresh}?card=pays",
        declined,
        f"{asked}/confirm",
        closed,
        f"{desk.url}/mailbox/",
        f"{desk.url}/mailbox/{mail.id}/",
        f"{desk.url}/mailbox/x/",
    ]
    for address in addresses:
        page.goto(address)
        assert_good(page, width, scheme)
    page.goto(fresh)
    page.get_by_role("button", name="Pay £65.00").click()
    page.get_by_role("alert").wait_for()
    assert_good(page, width, scheme)


def assert_good(page, width, scheme):
    wall = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert wall == {"light": "rgb(244, 237, 231)", "dark": "rgb(19, 28, 27)"}[scheme]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
