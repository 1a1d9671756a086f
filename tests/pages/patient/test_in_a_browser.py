"""The forms in a real browser: the server dies while somebody types, the page is closed in the middle of a word."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import select

from portal.clinic.intake import service as intake
from portal.clinic.people import passwords
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician, Offer
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.browser import Chromium, Visitor
from tests.support.patience import until
from tests.support.people import add_appointment, viewer_for
from tests.support.practice import Practice

pytestmark = pytest.mark.browser

PASSWORD = "the lamp beside the window"


class Rosa:
    """A new patient with a visit in six weeks, in front of her browser."""

    def __init__(self, practice: Practice, chromium: Chromium) -> None:
        self.practice, self.chromium = practice, chromium
        self.email = f"rosa-{uuid.uuid4().hex[:10]}@patients.example"
        self.database: Database = practice.open_database()
        self.id, self.packet = self.database.run(SYSTEM, self._arrive)
        self.visitor = self.device()

    @property
    def page(self) -> Page:
        return self.visitor.page

    def device(self, **options: object) -> Visitor:
        """A signed-in browser."""
        visitor = self.chromium.visitor(**options)
        answer = visitor.context.request.post(
            f"{self.practice.url}/api/sign-in",
            data={"email": self.email, "password": PASSWORD},
            headers={"x-quietroom": "1", "origin": self.practice.url},
        )
        assert answer.ok, answer.text()
        return visitor

    def opens(self, at: str, visitor: Visitor | None = None) -> Page:
        page = (visitor or self.visitor).page
        page.goto(f"{self.practice.url}/intake/?packet={self.packet}&at={at}")
        page.locator(f"[data-page='{at}']").wait_for()
        expect(page.get_by_text("Part")).to_be_visible()
        return page

    def kept(self, form: str) -> dict[str, str]:
        """What the database holds."""
        view = self.database.run(viewer_for(self.id, Role.PATIENT), intake.packet_view, self.packet)
        return next(one.answers for one in view.forms if one.form.key == form)

    def _arrive(self, work: UnitOfWork) -> tuple[int, str]:
        wanted = SignUp("Rosa Whitfield", self.email, "Europe/London")
        person = people.sign_up(work, wanted, passwords.hash_now(PASSWORD))
        clinician, offer = work.db.exec(select(Clinician)).first(), work.db.exec(select(Offer)).first()
        assert clinician is not None
        assert offer is not None
        row = add_appointment(work, clinician.id, offer.id, person, work.now + timedelta(days=42))
        return person, intake.open_packet(work, row).public_id


@pytest.fixture
def rosa(practice: Practice, chromium: Chromium) -> Iterator[Rosa]:
    somebody = Rosa(practice, chromium)
    yield somebody
    somebody.database.close()


def test_nothing_typed_is_lost_when_the_server_dies_and_comes_back(rosa: Rosa):
    page = rosa.opens("about_you.reason")
    field = page.get_by_label("What would you like to talk about?")
    field.press_sequentially("Before it died. ", delay=20)
    expect(page.get_by_text("Saved at")).to_be_visible()
    rosa.practice.kill_server()
    field.press_sequentially("While it was away. ", delay=120)
    expect(page.get_by_text("Reconnecting.")).to_be_visible()
    rosa.practice.start_server()
    field.press_sequentially("And after that.", delay=300)
    words = "Before it died. While it was away. And after that."
    until(lambda: rosa.kept("about_you")["reason"] == words, page=page)
    expect(page.get_by_text("Reconnecting.")).to_be_hidden()
    assert field.input_value() == words
    assert field.evaluate("field => field === document.activeElement")
    assert rosa.kept("about_you")["reason"] == words


def test_what_is_chosen_while_the_server_is_away_arrives_when_it_is_back(rosa: Rosa):
    page = rosa.opens("phq9.items_1")
    page.locator("fieldset.q").nth(0).get_by_text("Several days").click()
    until(lambda: rosa.kept("phq9") == {"q1": "1"}, page=page)
    rosa.practice.kill_server()
    page.locator("fieldset.q").nth(1).get_by_text("Nearly every day").click()
    expect(page.get_by_text("Reconnecting.")).to_be_visible()
    rosa.practice.start_server()
    until(lambda: rosa.kept("phq9") == {"q1": "1", "q2": "3"}, page=page, found=lambda: rosa.kept("phq9"))
    expect(page.get_by_text("Reconnecting.")).to_be_hidden()
    assert page.locator("fieldset.q").nth(1).get_by_role("radio").nth(3).is_checked()


def test_a_page_that_is_closed_in_the_middle_of_a_word_sends_it_on_its_way_out(rosa: Rosa):
    page = rosa.opens("about_you.reason")
    page.get_by_label("What would you like to talk about?").press_sequentially("In the middle of a wor", delay=5)
    page.goto("about:blank")
    until(lambda: rosa.kept("about_you").get("reason") == "In the middle of a wor", page=page)


def test_another_device_goes_on_where_the_first_one_stopped(rosa: Rosa):
    page = rosa.opens("phq9.items_1")
    for number in range(3):
        page.locator("fieldset.q").nth(number).get_by_text("Several days").click()
    page.get_by_role("button", name="Continue").click()
    page.locator("[data-page='phq9.items_2']").wait_for()
    phone = rosa.device(viewport={"width": 360, "height": 740})
    phone.page.goto(f"{rosa.practice.url}/intake/?packet={rosa.packet}&form=phq9")
    phone.page.locator("[data-page='phq9.items_2']").wait_for()


def test_the_way_through_by_keyboard_alone(rosa: Rosa):
    page = rosa.opens("phq9.items_3")
    for number in range(3):
        page.locator("fieldset.q").nth(number).get_by_role("radio").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("You can talk to someone now")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("tel:")
    rosa.opens("about_you.place")
    page.get_by_label("Where are you usually during visits?").focus()
    page.keyboard.type("4 Garden Row, Oslo")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-page='about_you.someone']").wait_for()
    page.wait_for_function("document.activeElement.id === 'main'")
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_use_every_page(rosa: Rosa, width: int):
    visitor = rosa.device(viewport={"width": width, "height": 800})
    for at in ("about_you.you", "phq9.items_3", "gad7.items_1"):
        page = rosa.opens(at, visitor)
        if at == "phq9.items_3":
            page.locator("fieldset.q").nth(2).get_by_text("Several days").click()
            expect(page.get_by_text("You can talk to someone now")).to_be_visible()
        _fits(page)
    packet = f"/intake/?packet={rosa.packet}&at=consent_telehealth.sign"
    for address, words in (
        (packet, "Type your full name to sign"),
        ("/home/", "Before you come"),
        ("/visits/", "To come"),
        ("/papers/", "Invoices and receipts"),
        ("/me/", "Your time zone"),
    ):
        page = visitor.page
        page.goto(f"{rosa.practice.url}{address}")
        expect(page.get_by_text(words).first).to_be_visible()
        _fits(page)
    assert visitor.violations == []


def _fits(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_no_answer_stays_in_the_tab_when_its_page_is_left(rosa: Rosa):
    page = rosa.opens("about_you.reason")
    frames: list[str] = []
    page.get_by_label("What would you like to talk about?").fill("canary-answer")
    expect(page.get_by_text("Saved at")).to_be_visible()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    page.get_by_role("link", name=re.compile("Stop here")).click()
    expect(page.get_by_role("heading", name="Before you come")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Before you come")).to_be_visible()
    assert frames
    assert not any("canary-answer" in frame for frame in frames)
