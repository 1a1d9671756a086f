"""The owner's pages as they are served: nothing for axe to find in any state, and a keyboard that changes the hours."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.clinic.people import passwords
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling import service as scheduling
from portal.storage.clock import utc_now
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.browser import Chromium, Visitor
from tests.support.everybody import DESK, LOOKS, PHONE, SLOW, is_for_everybody, reads, tab_to
from tests.support.patience import until
from tests.support.practice import Practice

pytestmark = [pytest.mark.browser, pytest.mark.livekit]


class Office:
    """An owner in front of the practice's pages, and a therapist whose hours nobody else needs."""

    def __init__(self, practice: Practice, chromium: Chromium) -> None:
        self.practice, self.chromium = practice, chromium
        self.mark = uuid.uuid4().hex[:8]
        self.name = f"Dr Ada Lund {self.mark}"
        self.database: Database = practice.open_database()
        self.email, self.password = f"helen-{self.mark}@lindenrow.example", "the lamp beside the window"
        self.therapist = self.database.run(SYSTEM, self._join)

    def sits_down(self, **options: object) -> Visitor:
        """A signed-in browser."""
        visitor = self.chromium.visitor(locale="en-GB", **options)
        answer = visitor.context.request.post(
            f"{self.practice.url}/api/sign-in",
            data={"email": self.email, "password": self.password},
            headers={"x-quietroom": "1", "origin": self.practice.url},
        )
        assert answer.ok, answer.text()
        return visitor

    def opens(self, page: Page, path: str, ready: str) -> None:
        """A page, read to its end."""
        page.goto(f"{self.practice.url}/practice/{path}")
        page.locator(ready).first.wait_for(timeout=SLOW)

    def hours(self) -> list[tuple[int, int, int]]:
        """What the database holds."""
        found = self.database.run_read(SYSTEM, scheduling.weekly_hours, self.therapist)
        return [(one.weekday, one.start_minute, one.end_minute) for one in found]

    def _join(self, work: UnitOfWork) -> str:
        hashed = passwords.hash_now(self.password)
        people.sign_up(work, SignUp("Helen Ward", self.email, "Europe/London"), hashed, Role.OWNER)
        ada = SignUp(self.name, f"ada-{self.mark}@lindenrow.example", "Europe/London")
        person = people.sign_up(work, ada, hashed, Role.CLINICIAN)
        row = Clinician(
            person_id=person, slug=self.mark, name=self.name, zone="Europe/London", position=98, is_active=False
        )
        work.db.add(row)
        work.db.flush()
        return row.public_id


@pytest.fixture
def office(practice: Practice, chromium: Chromium) -> Iterator[Office]:
    somebody = Office(practice, chromium)
    yield somebody
    somebody.database.close()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def complains(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=SLOW)


def looks(page: Page, visitor: Visitor) -> None:
    assert (visitor.violations, visitor.errors) == ([], [])
    page.close(run_before_unload=False)


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_the_practice_and_its_services_are_for_everybody(office: Office, viewport, scheme):
    visitor = office.sits_down(viewport=viewport, color_scheme=scheme)
    page = visitor.page
    office.opens(page, "", "main form")
    is_for_everybody(page, "Your practice")
    if viewport == PHONE:
        page.locator("details.menu summary").click()
        is_for_everybody(page, "Your practice")
        page.locator("details.menu summary").click()
    page.get_by_label("Name of the practice").fill("")
    press(page, "Save the profile")
    complains(page, "This must not be empty.")
    press(page, "Add a line")
    press(page, "Save these lines")
    complains(page, re.compile("needs a name and a number. Look at line"))
    is_for_everybody(page, "Your practice")
    visitor.page = page = visitor.context.new_page()
    office.opens(page, "services/", "main li")
    is_for_everybody(page, "Services")
    office.opens(page, "services/?new=1", "main form")
    is_for_everybody(page, "A new service")
    page.get_by_label("Price in").fill("a lot")
    press(page, "Save this service")
    complains(page, "Write an amount")
    is_for_everybody(page, "A new service")
    looks(page, visitor)


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_the_therapists_are_for_everybody(office: Office, viewport, scheme):
    visitor = office.sits_down(viewport=viewport, color_scheme=scheme)
    page = visitor.page
    office.opens(page, "clinicians/", "main li")
    is_for_everybody(page, "Therapists")
    office.opens(page, "clinicians/?new=1", "main form")
    page.get_by_label("Email").fill("ada@lindenrow")
    press(page, "Add and invite")
    complains(page, "Something in this address is missing")
    is_for_everybody(page, "A new therapist")
    office.opens(page, f"clinicians/?id={office.therapist}", "main form")
    is_for_everybody(page, office.name)
    press(page, "Add hours on Monday")
    page.get_by_label("Monday, from").fill("18:00")
    press(page, "Save these hours")
    complains(page, "Monday: hours must end after they begin")
    page.get_by_label("Date", exact=True).fill("2020-01-06")
    press(page, "Add this")
    complains(page, "This date has passed")
    is_for_everybody(page, office.name)
    page.get_by_label("Date", exact=True).fill(f"{utc_now().date() + timedelta(days=30)}")
    press(page, "Add this")
    complains(page, "off all day")
    is_for_everybody(page, office.name)
    looks(page, visitor)


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_money_and_the_trail_are_for_everybody(office: Office, viewport, scheme):
    visitor = office.sits_down(viewport=viewport, color_scheme=scheme)
    page = visitor.page
    office.opens(page, "money/", "main table")
    is_for_everybody(page, "Money")
    office.opens(page, "money/?month=2019-02", "main table")
    is_for_everybody(page, "Money")
    office.opens(page, "audit/", "main table")
    is_for_everybody(page, "Audit trail")
    office.opens(page, "audit/?until=2019-02-01", "main .empty")
    is_for_everybody(page, "Audit trail")
    office.opens(page, "audit/?since=soon", "main .notice")
    is_for_everybody(page, "Audit trail")
    looks(page, visitor)


def enter(page: Page, button: str, *, back: bool = False) -> None:
    tab_to(page, button, back=back)
    page.keyboard.press("Enter")


def test_a_keyboard_is_enough_to_change_the_weekly_hours(office: Office):
    page = office.sits_down(viewport=DESK).page
    office.opens(page, "clinicians/", "main li")
    enter(page, f"Open {office.name}")
    reads(page, office.name)
    enter(page, "Add hours on Tuesday")
    begins = page.get_by_label("Tuesday, from")
    expect(begins).to_have_value("09:00", timeout=SLOW)
    tab_to(page, "Add hours on Monday", back=True)
    for field, hour, minutes in (("Tuesday, from", "ArrowUp", "30"), ("Tuesday, to", "ArrowDown", "15")):
        tab_to(page, field)
        page.keyboard.press(hour)
        page.keyboard.press("Tab")
        page.keyboard.type(minutes)
    enter(page, "Save these hours")
    complains(page, re.compile("Saved at"))
    assert office.hours() == [(1, 10 * 60 + 30, 16 * 60 + 15)]
    enter(page, "Take out Tuesday 10:30", back=True)
    expect(begins).to_have_count(0, timeout=SLOW)
    enter(page, "Save these hours")
    until(lambda: office.hours() == [], page=page, found=office.hours)


def test_a_row_that_was_put_in_is_not_left_behind_unasked(office: Office):
    page = office.sits_down(viewport=DESK).page
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    office.opens(page, f"clinicians/?id={office.therapist}", "main form")
    press(page, "Add hours on Friday")
    expect(page.get_by_label("Friday, from")).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="All therapists").click()
    expect(page.get_by_label("Friday, from")).to_be_visible()
    assert asked == ["What you typed is not saved yet. Leave it?"]


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_a_crisis_line_is_one_row_where_there_is_room(office: Office, viewport):
    page = office.sits_down(viewport=viewport).page
    office.opens(page, "", "main form")
    line = page.get_by_role("form", name="Crisis lines").locator("li").nth(1)
    ends = {line.get_by_label(label).bounding_box()["y"] for label in ("Kind", "Name", "Number", "What to know")}
    assert len(ends) == (1 if viewport == DESK else 4)
    out = line.get_by_role("button", name="Take out line 2").bounding_box()
    up = line.get_by_role("button", name="Move up line 2").bounding_box()
    assert out["y"] == up["y"]
    assert out["y"] >= max(ends) - 8
    assert (out["y"] < max(ends) + 40) == (viewport == DESK)
