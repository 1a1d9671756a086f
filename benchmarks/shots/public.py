"""What a visitor sees: the home, free times, sign-in, and everything that can stand in the way."""

from __future__ import annotations

import re

import sqlalchemy as sa
from playwright.sync_api import Page
from sqlmodel import select

from benchmarks.shots.scenes import Stage, scene
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician, ClinicianOffer, CrisisLine, Offer
from portal.storage.work import Role, UnitOfWork


@scene("home-nobody-fits")
def _nobody_fits(stage: Stage) -> None:
    page = stage.guest("/")
    page.locator(".people .slot").first.wait_for()
    page.get_by_label("Language").select_option(index=page.get_by_label("Language").locator("option").count() - 1)
    needs = page.get_by_label("What is it about?")
    for number in range(1, needs.locator("option").count()):
        needs.select_option(index=number)
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_timeout(400)
        if page.get_by_text("Nobody here fits all of that").is_visible():
            break
    page.get_by_text("Nobody here fits all of that").wait_for()
    stage.take(page, "home-nobody-fits")


@scene("book-zone")
def _zone(stage: Stage) -> None:
    page = stage.guest("/book/?clinician=tomas-herrera")
    page.locator("main .slot").first.wait_for()
    page.get_by_text("Change time zone").click()
    page.get_by_label("Tell times as in").select_option("America/New_York")
    page.get_by_text("New York time").first.wait_for()
    stage.take(page, "book-zone")


@scene("book-gone")
def _gone(stage: Stage) -> None:
    first, second = (stage.guest("/book/?clinician=tomas-herrera") for _ in range(2))
    for page in (first, second):
        page.locator("main .slot").nth(1).wait_for()
    first.locator("main .slot").nth(1).click()
    first.wait_for_url("**/checkout/**")
    second.locator("main .slot").nth(1).click()
    second.get_by_text("That time has just gone").wait_for()
    stage.take(second, "book-gone")
    first.get_by_role("button", name="Let this time go").first.click()
    first.wait_for_url("**/book/**")


@scene("sign-in-wrong")
def _wrong(stage: Stage) -> None:
    page = stage.guest("/sign-in/")
    _enter(page, email=stage.sign_ins.patient, password="not the right one")
    page.locator("[role=alert] .notice, [role=alert] >> text=password").first.wait_for()
    stage.take(page, "sign-in-wrong")


@scene("reset-sent", "reset-expired")
def _reset(stage: Stage) -> None:
    page = stage.guest("/reset/")
    _enter(page, email=stage.sign_ins.patient)
    page.get_by_text(re.compile("on its way|we have sent|We have written", re.IGNORECASE)).first.wait_for()
    stage.take(page, "reset-sent")
    page.goto(f"{stage.practice.url}/reset/new/#an-old-link")
    _enter(page, password="a lamp beside the window")
    page.locator("[role=alert]").filter(has_text=re.compile("link", re.IGNORECASE)).first.wait_for()
    stage.take(page, "reset-expired")


@scene("book-full", "book-closed")
def _without_times(stage: Stage) -> None:
    """One therapist whose calendar is full, one who takes nobody new."""
    full, closed = stage.change(lambda work: [_hire(work, "Dr Ada Lund", True), _hire(work, "Noor Haddad", False)])
    try:
        page = stage.guest("/book/?clinician=ada-lund")
        page.get_by_text("No free times up to").wait_for()
        stage.take(page, "book-full")
        page = stage.guest("/book/?clinician=noor-haddad")
        page.get_by_text("takes no new visits").wait_for()
        stage.take(page, "book-closed")
    finally:
        stage.change(lambda work: _dismiss(work, [full, closed]))


def _hire(work: UnitOfWork, name: str, has_service: bool) -> int:
    slug = name.removeprefix("Dr ").lower().replace(" ", "-")
    wanted = SignUp(name, f"{slug}@lindenrow.example", "Europe/London")
    person_id = people.sign_up(work, wanted, "no password fits", Role.CLINICIAN)
    row = Clinician(person_id=person_id, slug=slug, name=name, zone="Europe/London", position=99)
    work.db.add(row)
    work.db.flush()
    if has_service:
        offer = work.db.exec(select(Offer)).first()
        work.db.add(ClinicianOffer(clinician_id=row.id, offer_id=offer.id if offer else 0))
    return row.id


def _dismiss(work: UnitOfWork, who: list[int]) -> None:
    work.db.exec(sa.update(Clinician).where(sa.column("id").in_(who)).values(is_active=False))


@scene("help-no-lines", "home-no-lines")
def _no_lines(stage: Stage) -> None:
    """A practice that has not set its crisis lines yet."""
    kept = stage.change(lambda work: [one.model_dump() for one in work.db.exec(select(CrisisLine))])
    stage.change(lambda work: work.db.exec(sa.delete(CrisisLine)))
    try:
        page = stage.guest("/help/")
        page.locator("main h1").wait_for()
        stage.take(page, "help-no-lines")
        page = stage.guest("/")
        page.locator(".people .slot").first.wait_for()
        stage.take(page, "home-no-lines")
    finally:
        stage.change(lambda work: [work.db.add(CrisisLine(**one)) for one in kept])


def _enter(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"input[name={name}]").fill(text)
    page.locator("main form button[type=submit]").first.click()
