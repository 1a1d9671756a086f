"""The public screens as they are served: nothing for axe to find, a keyboard is enough, nothing typed is lost."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Chromium, Visitor
from tests.support.everybody import DESK, LOOKS, PHONE, SLOW, is_for_everybody, reads, tab_to
from tests.support.practice import Practice

pytestmark = [pytest.mark.browser, pytest.mark.livekit]

BOOK = "/book/?clinician=tomas-herrera"


def choose(page: Page, practice: Practice, number: int) -> None:
    page.goto(practice.url + BOOK)
    page.locator("main button.slot").nth(number).click(timeout=SLOW)
    page.wait_for_url("**/checkout/", timeout=SLOW)


def sign_up(page: Page) -> None:
    page.get_by_label("Your name").fill("Rosa Whitfield")
    page.get_by_label("Email address").fill(f"rosa-{uuid.uuid4().hex[:10]}@patients.example")
    page.get_by_label("Password", exact=True).fill("the lamp beside the window")
    page.get_by_role("button", name="Continue").click()
    reads(page, "Is this right?")


def let_go(page: Page) -> None:
    """Few times are kept from one address, and all these visitors have the same."""
    page.get_by_role("button", name="Let this time go").click(timeout=SLOW)
    reads(page, re.compile("A time with"))


def complains(visitor: Visitor) -> list[str]:
    """What pages complained of, but for the page that is not there."""
    return visitor.violations + [error for error in visitor.errors if "404" not in error]


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_every_public_screen_is_for_everybody(chromium: Chromium, practice: Practice, viewport, scheme):
    visitor = chromium.visitor(viewport=viewport, color_scheme=scheme)
    page = visitor.page
    for path, heading in (
        ("/", re.compile("Someone to talk to|video")),
        ("/help/", "You can talk to someone now"),
        ("/sign-in/?next=/visits/", "Sign in"),
        ("/reset/", "A new password"),
        ("/reset/new/#nothing", "Choose a new password"),
        ("/nowhere/", "There is nothing at this address"),
        ("/book/?clinician=nobody", "Nobody by this name works here now"),
        ("/checkout/", "No time is kept for you at present"),
        (BOOK, "A time with Tomás Herrera"),
    ):
        page.goto(practice.url + path)
        is_for_everybody(page, heading)
    choose(page, practice, 4)
    is_for_everybody(page, "Who is coming?")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("An address has a name").or_(page.get_by_text("This is needed")).first).to_be_visible()
    is_for_everybody(page, "Who is coming?")
    sign_up(page)
    is_for_everybody(page, "Is this right?")
    assert [error for error in complains(visitor) if "422" not in error] == []
    let_go(page)


@pytest.mark.parametrize(("viewport", "scheme"), [LOOKS[0], LOOKS[3]])
def test_the_slower_of_two_is_told_what_happened(chromium: Chromium, practice: Practice, viewport, scheme):
    slower = chromium.visitor(viewport=viewport, color_scheme=scheme).page
    slower.goto(practice.url + BOOK)
    expect(slower.locator("main button.slot").nth(6)).to_be_visible(timeout=SLOW)
    faster = chromium.visitor().page
    choose(faster, practice, 6)
    slower.locator("main button.slot").nth(6).click()
    is_for_everybody(slower, "That time has just gone")
    expect(slower.get_by_role("heading", level=1)).to_be_focused()
    expect(slower.get_by_text("Nothing was charged")).to_be_visible()
    slower.locator("main button.slot").first.click()
    reads(slower, "Who is coming?")
    let_go(slower)
    let_go(faster)


def test_a_keyboard_is_enough_from_the_first_page_to_a_booked_visit(chromium: Chromium, practice: Practice):
    page = chromium.visitor(viewport=DESK).page
    page.goto(practice.url + "/")
    expect(page.locator("main button.slot").first).to_be_visible(timeout=SLOW)
    tab_to(page, "slot")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/", timeout=SLOW)
    reads(page, "Who is coming?")
    for words in ("Rosa", f"rosa-{uuid.uuid4().hex[:10]}@patients.example", "the lamp beside the window"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    expect(page.get_by_label("Your name")).to_have_value("Rosa")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    reads(page, "Is this right?")
    tab_to(page, "Pay £")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/pay/**", timeout=SLOW)
    tab_to(page, "pays")
    page.keyboard.press("Enter")
    page.wait_for_url("**card=pays**", timeout=SLOW)
    tab_to(page, "Pay £")
    page.keyboard.press("Enter")
    page.wait_for_url("**/booked/**", timeout=SLOW)
    reads(page, "Your visit is booked")


def test_what_was_typed_about_oneself_outlives_the_server(chromium: Chromium, practice: Practice):
    page = chromium.visitor(viewport=PHONE).page
    choose(page, practice, 9)
    page.get_by_label("Your name").fill("Rosa Whitfield", timeout=SLOW)
    practice.kill_server()
    page.get_by_label("Email address").fill("rosa@patients.example")
    practice.start_server()
    expect(page.get_by_text("Keep it another 10 minutes")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(3000)  # what the server says on coming back would have taken the place of the words by now
    reads(page, "Who is coming?")
    assert page.get_by_label("Your name").input_value() == "Rosa Whitfield"
    assert page.get_by_label("Email address").input_value() == "rosa@patients.example"
    let_go(page)


def test_times_are_told_in_another_zone_on_request(chromium: Chromium, practice: Practice):
    page = chromium.visitor(timezone_id="Europe/London").page
    page.goto(practice.url + BOOK)
    page.get_by_text("Change time zone").click(timeout=SLOW)
    page.get_by_label("Tell times as in").select_option("Asia/Tokyo")
    expect(page.get_by_text("Times are in").first).to_contain_text("Tokyo time")


def test_the_page_after_the_free_times_comes_with_its_own_rules(chromium: Chromium, practice: Practice):
    page = chromium.visitor(viewport=PHONE).page
    choose(page, practice, 2)
    reads(page, "Who is coming?")
    expect(page.locator(".hold")).to_have_css("position", "sticky")
    let_go(page)
