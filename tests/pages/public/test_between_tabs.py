"""What holds from page to page and from tab to tab: the zone that was picked, and the end of a session."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import Chromium, Visitor
from tests.support.practice import Practice

pytestmark = pytest.mark.browser

BOOK = "/book/?clinician=tomas-herrera"
TOKYO = "Tokyo"


def sign_in(visitor: Visitor, practice: Practice, email: str) -> None:
    answer = visitor.context.request.post(
        f"{practice.url}/api/sign-in",
        data={"email": email, "password": practice.sign_ins.password},
        headers={"x-quietroom": "1", "origin": practice.url},
    )
    assert answer.ok, answer.text()


def test_the_zone_that_was_picked_goes_before_that_of_the_device(chromium: Chromium, practice: Practice):
    visitor = chromium.visitor(timezone_id="Europe/London")
    page = visitor.page
    page.goto(practice.url + "/")
    expect(page.locator(".zone strong").get_by_text("London")).to_be_visible()
    page.locator(".zone summary").click()
    page.get_by_label("Tell times as in").select_option("Asia/Tokyo")
    expect(page.locator(".zone strong").get_by_text(TOKYO)).to_be_visible()
    for _ in range(2):  # also after a reload
        page.goto(practice.url + BOOK)
        expect(page.locator(".zone strong").get_by_text(TOKYO)).to_be_visible()
        expect(page.locator("main button.slot").first).to_be_visible()
    page.locator("main button.slot").nth(12).click()
    page.wait_for_url("**/checkout/")
    expect(page.get_by_text(f"{TOKYO} time").first).to_be_visible()
    page.get_by_role("button", name="Let this time go").click()


def test_signing_out_in_one_tab_empties_the_others(chromium: Chromium, practice: Practice):
    visitor = chromium.visitor()
    sign_in(visitor, practice, practice.sign_ins.patient)
    papers, home = visitor.page, visitor.context.new_page()
    papers.goto(f"{practice.url}/papers/")
    expect(papers.get_by_role("heading", level=1)).to_be_visible()
    home.goto(f"{practice.url}/home/")
    home.get_by_role("button", name="Sign out").first.click()
    papers.wait_for_url("**/sign-in/?next=/papers/")
    expect(papers.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    home.wait_for_url(f"{practice.url}/")
    home.go_back()
    home.wait_for_url("**/sign-in/?next=/home/")
