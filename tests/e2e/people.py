"""What a patient and a therapist do, step by step, each in a browser of their own."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

from playwright.sync_api import Locator, Page, expect

from portal.demo.seed.cast import PASSWORD
from tests.support.browser import Chromium, Visitor
from tests.support.practice import Practice
from tests.video.people import RECEIVED, WATCH


class Person:
    """Somebody in front of a browser."""

    def __init__(self, chromium: Chromium, practice: Practice, **options: Any) -> None:
        self.practice = practice
        self.visitor: Visitor = chromium.visitor(**options)
        self.visitor.context.add_init_script(WATCH)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def open(self, path: str) -> None:
        self.page.goto(f"{self.practice.url}{path}")

    def press(self, name: str | re.Pattern[str], **more: Any) -> None:
        self.page.get_by_role("button", name=name, **more).first.click()

    def confirm(self, deed: str) -> None:
        """Press the deed in the dialog that asks for it."""
        self.page.get_by_role("alertdialog").get_by_role("button", name=deed).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, text: str | re.Pattern[str]) -> Locator:
        found = self.page.get_by_text(text).filter(visible=True).first
        expect(found).to_be_visible()
        return found

    def reads(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()

    def is_in_room(self, state: str) -> None:
        room = self.page.locator("[data-therapy-room]")
        expect(room).to_have_attribute("data-state", state)

    def sees_the_other(self) -> None:
        stage = self.page.locator("[data-remote-video]")
        expect(stage).to_have_attribute("data-remote-video", "playing")

    def receives(self, seconds: float = 3) -> dict[str, float]:
        """Frames decoded and sound received during that time."""
        before = self.page.evaluate(RECEIVED)
        time.sleep(seconds)
        after = self.page.evaluate(RECEIVED)
        return {name: after[name] - before[name] for name in before}

    def receives_again(self, frames: int = 20) -> None:
        """Waits until that many more frames are decoded than at this moment."""
        self.page.evaluate(f"window.received = {RECEIVED}")
        self.page.wait_for_function(
            "async wanted => (await window.received()).frames >= wanted",
            arg=self.page.evaluate("window.received()")["frames"] + frames,
            polling=500,
        )


class Patient(Person):
    """Somebody new, on a device in Oslo."""

    def __init__(self, chromium: Chromium, practice: Practice, **options: Any) -> None:
        super().__init__(chromium, practice, timezone_id="Europe/Oslo", **options)
        self.name = "Rosa Whitfield"
        self.email = f"rosa-{uuid.uuid4().hex[:10]}@patients.example"
        self.password = "the lamp beside the window"
        self.appointment = ""

    def choose_the_next_time(self, slug: str) -> str:
        """Take the first free time of a therapist; returns how the page names it."""
        self.open(f"/book/?clinician={slug}")
        first = self.page.locator("main button[aria-pressed]").first
        expect(first).to_be_visible()
        words = first.inner_text()
        first.click()
        self.page.wait_for_url("**/checkout/**")
        return words

    def sign_up(self) -> None:
        page = self.page
        page.locator("input[name=name]").fill(self.name)
        page.locator("input[name=email]").fill(self.email)
        page.locator("input[name=password]").fill(self.password)
        page.locator("form button[type=submit]").first.click()
        self.reads("Is this right?")

    def go_to_the_card_page(self) -> None:
        self.press(re.compile(r"^Pay £"))
        self.page.wait_for_url("**/c/pay/**")

    def pay(self, card: str) -> None:
        """Use one of the sandbox's cards: pays, declined, asks, short."""
        self.page.goto(f"{self.page.url.split('?')[0]}?card={card}")
        self.page.get_by_role("button", name=re.compile(r"^Pay")).last.click()

    def is_booked(self) -> None:
        self.page.wait_for_url("**/booked/**")
        self.reads("Your visit is booked")
        self.appointment = self.page.url.partition("appointment=")[2]

    def book_and_pay(self, slug: str) -> None:
        self.choose_the_next_time(slug)
        self.sign_up()
        self.go_to_the_card_page()
        self.pay("pays")
        self.is_booked()

    def fill_in(self, packet_page: str, item9: int = 1) -> None:
        """Answer every form from wherever it stands."""
        self.open(packet_page)
        for _ in range(40):
            if self.page.get_by_role("heading", name="That is all we need from you").is_visible():
                return
            self._answer_page(item9)
        raise AssertionError(f"the forms do not end: {self.page.url}")

    def _answer_page(self, item9: int) -> None:
        page = self.page
        on = page.locator("[data-page], form[aria-label='Your signature'], main :text('Go on')").first
        on.wait_for()
        key = page.locator("[data-page]").get_attribute("data-page") if page.locator("[data-page]").count() else ""
        for group in page.locator("main fieldset.q").all():
            risky = "better off dead" in group.inner_text()
            group.locator("label").nth(item9 if risky else 1).click()
            if risky and item9:
                self.sees("You can talk to someone now")
        for name, text in ABOUT.items():
            field = page.locator(f"[name='about_you-{name}']")
            if field.count():
                field.fill(text)
        typed = page.locator("main input[type=text]:not([name^=about_you])")
        if page.get_by_role("button", name="Sign", exact=True).count():
            page.locator("main input[type=checkbox]").first.check()
            typed.last.fill(self.name)
            self.press("Sign", exact=True)
            self.sees("Signed")
        self.press(re.compile("^(Send and continue|Continue|Go on)$"))
        page.wait_for_function(
            "was => (document.querySelector('[data-page]')?.dataset.page ?? '') !== was || "
            "document.body.innerText.includes('That is all we need')",
            arg=key or "-",
        )


ABOUT = {
    "preferred_name": "Rosa",
    "birth_date": "1991-04-17",
    "phone": "07700 900123",
    "usual_place": "4 Garden Row, Oslo",
    "reason": "Sleep, and what to do about Sundays.",
}


class Therapist(Person):
    """Who works here already."""

    def __init__(self, chromium: Chromium, practice: Practice, **options: Any) -> None:
        super().__init__(chromium, practice, timezone_id="Europe/Oslo", **options)

    def sign_in(self, email: str) -> None:
        self.open("/sign-in/")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form button[type=submit]").first.click()
        self.page.wait_for_url("**/day/**")
