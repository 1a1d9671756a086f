"""A real practice from nothing: no demo data, the owner follows the list of what is missing until a time is free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Chromium
from tests.support.everybody import DESK, LOOKS, PHONE, SLOW, is_for_everybody, reads
from tests.support.mail import MailSink
from tests.support.served import ServedApp

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "helen@birchlane.example", "the lamp beside the window"
HER_EMAIL, HERS = "anna@birchlane.example", "a long quiet river bank"


@pytest.fixture
def served(tmp_path: Path, smtp_server: MailSink) -> Iterator[ServedApp]:
    app = ServedApp(
        tmp_path,
        SMTP_HOST=smtp_server.host,
        SMTP_PORT=str(smtp_server.port),
        SMTP_SECURITY="none",
        MAIL_FROM="hello@birchlane.example",
    )
    app.portal("create-owner", "--name", "Helen Ward", "--email", EMAIL, "--password", PASSWORD)
    app.start()
    yield app
    app.stop()


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.get_by_label("Email address").fill(email, timeout=SLOW)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def missing(page: Page) -> list[str]:
    """What the list of a new practice still asks for."""
    page.goto(re.sub(r"(://[^/]+/).*", r"\1practice/", page.url))
    page.locator("main form").first.wait_for(timeout=SLOW)
    return page.locator(".todo li[data-done=false] .what").all_inner_texts()


def save(page: Page, button: str, said: str | re.Pattern[str] = re.compile("Saved at")) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(said).first).to_be_visible(timeout=SLOW)


def empty_pages_are_for_everybody(page: Page, url: str) -> None:
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for path, heading in (("", "Your practice"), ("money/", "Money"), ("audit/", "Audit trail")):
            page.goto(f"{url}/practice/{path}")
            is_for_everybody(page, heading)
        for path, heading in (("services/", "Services"), ("clinicians/", "Therapists")):
            page.goto(f"{url}/practice/{path}")
            page.locator("main .empty").wait_for(timeout=SLOW)
            is_for_everybody(page, heading)


def write_the_profile(page: Page) -> None:
    page.get_by_role("link", name="Write it below").click()
    expect(page.get_by_label("Name of the practice")).to_be_focused()
    page.get_by_label("Name of the practice").fill("Birch Lane Practice")
    page.get_by_label("Phone", exact=True).fill("0113 496 0000")
    save(page, "Save the profile")


def add_a_service(page: Page) -> None:
    page.get_by_role("link", name="Add a service").click()
    page.get_by_label("Name", exact=True).fill("First visit", timeout=SLOW)
    page.get_by_label("Price in GBP").fill("70")
    save(page, "Save this service", "First visit is saved.")
    expect(page.get_by_text("no card account is set up")).to_be_visible()
    is_for_everybody(page, "Services")
    page.get_by_role("link", name="Change First visit").click()
    page.get_by_label("May be paid after the visit").check(timeout=SLOW)
    save(page, "Save this service", "First visit is saved.")


def invite_a_therapist(page: Page) -> None:
    page.get_by_role("link", name="Add a therapist").click()
    page.get_by_label("Name", exact=True).fill("Dr Anna Weiss", timeout=SLOW)
    page.get_by_label("Email").fill(HER_EMAIL)
    page.get_by_role("button", name="Add and invite").click()
    reads(page, "Dr Anna Weiss")
    expect(page.get_by_text("The invitation is on its way")).to_be_visible(timeout=SLOW)
    is_for_everybody(page, "Dr Anna Weiss")


def say_when_she_works(page: Page) -> None:
    page.get_by_role("link", name="Open therapists").first.click()
    page.get_by_role("link", name="Open Dr Anna Weiss").click()
    page.get_by_label("First visit").check(timeout=SLOW)
    save(page, "Save the profile")
    for day in ("Monday", "Thursday"):
        page.get_by_role("button", name=f"Add hours on {day}").click()
        expect(page.get_by_label(f"{day}, from")).to_be_visible(timeout=SLOW)
    save(page, "Save these hours")
    expect(page.get_by_text("“Shown to patients” is not ticked")).to_be_visible()


def show_her(page: Page) -> None:
    page.get_by_role("link", name="Open therapists").first.click()
    page.get_by_role("link", name="Open Dr Anna Weiss").click()
    page.get_by_label("Shown to patients").check(timeout=SLOW)
    save(page, "Save the profile")


def join(page: Page, url: str, mail: MailSink) -> None:
    """She follows the link of her letter."""
    [letter] = [one for one in mail.letters if HER_EMAIL in str(one["to"])]
    body = letter.get_body(("plain",))
    assert body is not None
    [link] = re.findall(r"http://\S+", body.get_content())
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(HERS, timeout=SLOW)
    page.get_by_role("button", name="Set my password").click()
    expect(page.get_by_text("Your new password is set")).to_be_visible(timeout=SLOW)
    is_for_everybody(page, "Sign in")
    sign_in(page, url, HER_EMAIL, HERS)
    page.wait_for_url("**/day/", timeout=SLOW)


def test_the_owner_of_a_new_practice_is_led_to_the_first_free_time(
    served: ServedApp, smtp_server: MailSink, chromium: Chromium
):
    helen, guest = chromium.visitor(viewport=DESK, locale="en-GB"), chromium.visitor(viewport=PHONE)
    page = helen.page
    guest.page.goto(served.url)
    is_for_everybody(guest.page, re.compile("Someone to talk to"))
    expect(guest.page.get_by_text("Nobody can be booked here yet")).to_be_visible()
    sign_in(page, served.url, EMAIL, PASSWORD)
    reads(page, "Your practice")
    empty_pages_are_for_everybody(page, served.url)
    steps = ["A therapist", "Weekly hours", "Shown to patients"]
    assert missing(page) == ["The practice’s profile", "A service", *steps, "A way to pay"]
    write_the_profile(page)
    add_a_service(page)
    assert missing(page) == steps
    invite_a_therapist(page)
    assert missing(page) == steps[1:]
    say_when_she_works(page)
    assert missing(page) == steps[2:]
    show_her(page)
    assert missing(page) == []
    guest.page.reload()
    expect(guest.page.locator("main button.slot").first).to_be_visible(timeout=SLOW)
    is_for_everybody(guest.page, re.compile("Someone to talk to"))
    join(chromium.visitor(viewport=DESK).page, served.url, smtp_server)
    assert (helen.violations, helen.errors) == ([], [])
