"""A patient's own pages: home, visits, papers, account, the forms before a visit, and cancelling one."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from benchmarks.shots.scenes import Stage, scene
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork
from tests.e2e.people import Patient

_LONG = "Anneliese-Charlotte von Hohenstein-Wittgenstein y Fernández de la Cruz"


@scene("patient-home-empty", "patient-visits-empty", "patient-papers-empty")
def _empty(stage: Stage) -> None:
    """Somebody who has an account and nothing else, with a long name."""
    someone = stage.newcomer()
    someone.name = _LONG
    someone.choose_the_next_time("tomas-herrera")
    someone.sign_up()
    someone.press("Let this time go")
    someone.page.wait_for_url("**/book/**")
    for name, path, words in (
        ("patient-home-empty", "/home/", "No visit is booked"),
        ("patient-visits-empty", "/visits/", "No visit is booked"),
        ("patient-papers-empty", "/papers/", "They come by themselves"),
    ):
        someone.open(path)
        someone.sees(re.compile(words))
        stage.take(someone.page, name)


@scene("patient-home-new", "patient-visit", "patient-visit-cancel")
def _new_visit(stage: Stage) -> None:
    rosa = stage.rosa
    rosa.open("/home/")
    rosa.page.get_by_role("link", name=re.compile("^Start|^Go on")).first.wait_for()
    stage.take(rosa.page, "patient-home-new")
    rosa.open(f"/visits/detail/?id={rosa.appointment}")
    rosa.sees("If you change your mind")
    stage.take(rosa.page, "patient-visit")
    rosa.press("Cancel this visit")
    rosa.page.get_by_role("alertdialog").wait_for()
    stage.take(rosa.page, "patient-visit-cancel", whole=False)
    rosa.press("Keep my visit")


@scene(
    "intake-about", "intake-about-open", "intake-consent", "intake-consent-open", "intake-signed", "intake-phq9",
    "intake-phq9-help", "intake-gad7", "intake-done", "intake-sent",
)  # fmt: skip
def _intake(stage: Stage) -> None:
    rosa, seen = stage.rosa, set[str]()
    page = rosa.page
    rosa.open("/home/")
    rosa.follow(re.compile("^Start|^Go on"))
    page.wait_for_url("**/intake/**at=**")
    for _ in range(40):
        if page.get_by_role("heading", name="That is all we need from you").is_visible():
            break
        _intake_page(stage, rosa, seen)
    stage.take(page, "intake-done")
    packet = re.search(r"packet=([\w-]+)", page.url)
    rosa.open(f"/intake/?packet={packet[1] if packet else ''}&at=phq9.sent")
    page.get_by_text("You sent these answers").wait_for()
    stage.take(page, "intake-sent")


def _intake_page(stage: Stage, rosa: Patient, seen: set[str]) -> None:
    page = rosa.page
    on = page.locator("[data-page], form[aria-label='Your signature'], main :text('Go on')").first
    on.wait_for()
    form = page.url.partition("at=")[2].partition(".")[0]
    risky = page.get_by_text("better off dead").count() > 0
    signing = page.get_by_role("button", name="Sign", exact=True).count() > 0
    if signing:
        stage.take(page, "intake-consent")
        rosa.press("Sign", exact=True)
        page.locator("main .err, main [role=alert] .notice").first.wait_for()
        stage.take(page, "intake-consent-open")
        page.locator("main input[type=checkbox]").first.check()
        page.locator("main input[type=text]").last.fill(rosa.name)
        rosa.press("Sign", exact=True)
        rosa.sees("Signed")
        stage.take(page, "intake-signed")
    elif form == "about_you" and "intake-about" not in seen:
        seen.add("intake-about")
        stage.take(page, "intake-about")
        rosa.press(re.compile("^(Send and continue|Continue)$"))
        page.locator("main .err, main [role=alert] .notice").first.wait_for()
        stage.take(page, "intake-about-open")
    elif form in {"phq9", "gad7"} and f"intake-{form}" not in seen:
        seen.add(f"intake-{form}")
        page.locator("main fieldset.q label").nth(1).click()
        page.get_by_text(re.compile("^Saved")).first.wait_for()
        stage.take(page, f"intake-{form}")
    if risky:
        page.locator("main fieldset.q").filter(has_text="better off dead").locator("label").nth(1).click()
        rosa.sees("You can talk to someone now")
        stage.take(page, "intake-phq9-help")
    rosa._answer_page(1) if not signing else _continue(rosa)  # noqa: SLF001 - the same steps as the journey's


def _continue(rosa: Patient) -> None:
    before = rosa.page.url
    rosa.press(re.compile("^(Send and continue|Continue|Go on)$"))
    rosa.page.wait_for_url(lambda url: url != before)


@scene("booked-later", "patient-visit-later", "patient-papers-owed", "patient-visit-owed", "patient-visit-paid")
def _pays_later(stage: Stage) -> None:
    """A visit to be paid later, cancelled when it costs half, and that half paid by card."""
    maya = stage.newcomer()
    maya.name = "Maya Lindgren"
    page = maya.page
    maya.open("/book/?clinician=priya-raman")
    page.locator("main .slot").first.wait_for()
    page.get_by_text("Follow-up").first.click()
    page.wait_for_url("**service=**")
    page.locator("main .slot").first.wait_for()
    page.locator("main .slot").first.click()
    page.wait_for_url("**/checkout/**")
    maya.sign_up()
    page.get_by_text(re.compile("after the visit", re.IGNORECASE)).first.click()
    maya.press("Book this time")
    maya.is_booked()
    page.get_by_text("What comes next").wait_for()
    stage.take(page, "booked-later")
    maya.open(f"/visits/detail/?id={maya.appointment}")
    maya.sees("If you change your mind")
    stage.take(page, "patient-visit-later")
    stage.change(lambda work: _bring_near(work, maya.appointment))
    page.reload()
    maya.press("Cancel this visit")
    page.get_by_role("alertdialog").get_by_role("button", name=re.compile("^Cancel and pay")).click()
    maya.sees(re.compile("is to be paid"))
    stage.take(page, "patient-visit-owed")
    maya.open("/papers/")
    maya.sees("To pay")
    stage.take(page, "patient-papers-owed")
    maya.press(re.compile("^Pay £.* by card"))
    page.wait_for_url("**/c/pay/**")
    maya.pay("pays")
    page.wait_for_url("**/visits/detail/**")
    maya.sees(re.compile("is paid"))
    stage.take(page, "patient-visit-paid")


def _bring_near(work: UnitOfWork, appointment: str) -> None:
    """So that it is too late to cancel it for nothing."""
    row = sa.update(Appointment).where(col(Appointment.public_id) == appointment)
    work.db.exec(row.values(free_cancel_hours=int(timedelta(days=60) / timedelta(hours=1))))
