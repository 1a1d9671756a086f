"""From a held time to a booked visit: account, card page, and each way in which it can go otherwise."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from benchmarks.shots.scenes import Stage, scene
from portal.clinic.billing.tables import Payment
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork
from tests.e2e.people import Patient

_TRIES = 3


def _card_page(patient: Patient, card: str = "") -> None:
    """The sandbox's page, filled with one of its cards."""
    page = patient.page
    page.goto(page.url.split("?")[0] + (f"?card={card}" if card else ""))


def _pay(patient: Patient) -> None:
    patient.page.get_by_role("button", name=re.compile(r"^Pay")).last.click()


@scene(
    "checkout-about", "checkout-in-use", "checkout-sign-in", "checkout-review", "card-page", "card-declined",
    "checkout-declined", "card-asks", "booked",
)  # fmt: skip
def _book(stage: Stage) -> None:
    rosa = stage.newcomer()
    page = rosa.page
    rosa.choose_the_next_time("priya-raman")
    page.locator("input[name=name]").wait_for()
    stage.take(page, "checkout-about")
    page.locator("input[name=name]").fill(rosa.name)
    page.locator("input[name=email]").fill(stage.sign_ins.patient)
    page.locator("input[name=password]").fill(rosa.password)
    page.locator("main form button[type=submit]").first.click()
    page.locator("main form [role=alert] .notice, main form .err").first.wait_for()
    stage.take(page, "checkout-in-use")
    page.get_by_role("button", name="I have an account here already").click()
    page.get_by_text("Welcome back").wait_for()
    stage.take(page, "checkout-sign-in")
    page.get_by_role("button", name="I am here for the first time").click()
    rosa.sign_up()
    stage.take(page, "checkout-review")
    rosa.go_to_the_card_page()
    _card_page(rosa)
    stage.take(page, "card-page")
    _card_page(rosa, "declined")
    _pay(rosa)
    page.locator("[role=alert], .notice").first.wait_for()
    stage.take(page, "card-declined")
    rosa.open("/checkout/")
    page.get_by_text(re.compile("said no to this card")).first.wait_for()
    stage.take(page, "checkout-declined")
    rosa.press(re.compile("card", re.IGNORECASE))
    page.wait_for_url("**/c/pay/**")
    _card_page(rosa, "asks")
    _pay(rosa)
    page.wait_for_url("**/confirm**")
    stage.take(page, "card-asks")
    page.get_by_role("button").first.click()
    rosa.is_booked()
    page.get_by_text("What comes next").wait_for()
    stage.take(page, "booked")
    stage.keep_rosa(rosa)


@scene("checkout-soon-over", "checkout-over", "card-closed", "return-abandoned")
def _run_out(stage: Stage) -> None:
    """The time to keep it is nearly over, then over, also on the card page."""
    tom = stage.newcomer()
    tom.name = "Tom Ashdown"
    tom.choose_the_next_time("tomas-herrera")
    tom.sign_up()
    page = tom.page
    tom.go_to_the_card_page()
    card_page = page.url
    tom.open("/checkout/")
    _let_it_end(stage, timedelta(seconds=55))
    page.reload()
    page.locator(".hold, [role=timer]").first.wait_for()
    page.get_by_text("Is this right?").wait_for()
    stage.take(page, "checkout-soon-over")
    _let_it_end(stage, timedelta(seconds=2))
    page.reload()
    page.get_by_role("button", name="Keep it for me again").wait_for()
    stage.take(page, "checkout-over")
    page.goto(card_page)
    for _ in range(20):
        if page.get_by_text("This card page is closed").is_visible():
            break
        page.wait_for_timeout(1000)
        page.reload()
    stage.take(page, "card-closed", waits=False)
    payment = stage.change(
        lambda work: work.db.exec(select(Payment.public_id).order_by(col(Payment.id).desc())).first()
    )
    tom.open(f"/checkout/return/?payment={payment}")
    page.get_by_text("The card page was closed").wait_for()
    stage.take(page, "return-abandoned")


def _let_it_end(stage: Stage, after: timedelta) -> None:
    """The newest hold ends that much from now."""

    def act(work: UnitOfWork) -> None:
        newest = sa.select(sa.func.max(Appointment.id)).where(col(Appointment.status) == "held").scalar_subquery()
        work.db.exec(sa.update(Appointment).where(col(Appointment.id) == newest).values(held_until=work.now + after))

    stage.change(act)


@scene("checkout-none")
def _nothing_held(stage: Stage) -> None:
    page = stage.guest("/checkout/")
    page.get_by_text("No time is kept for you").wait_for()
    stage.take(page, "checkout-none")


@scene("return-refunded", "booked-unknown", "return-unknown")
def _too_late(stage: Stage) -> None:
    """Paid a moment after the time was gone: somebody else has it, and the money goes back."""
    for _ in range(_TRIES):
        tom, other = stage.newcomer(), stage.newcomer()
        _pay_too_late(stage, tom, other)
        if "/checkout/return/" in tom.page.url:
            break
        other.press("Let this time go")
    tom.page.get_by_text("Your money goes back to you").wait_for()
    stage.take(tom.page, "return-refunded")
    tom.open("/booked/?appointment=000000000000000000000000")
    tom.page.get_by_text("We don’t find this visit").wait_for()
    stage.take(tom.page, "booked-unknown")
    tom.open("/checkout/return/?payment=000000000000000000000000")
    tom.page.get_by_text("We don’t find this payment").wait_for()
    stage.take(tom.page, "return-unknown")
    other.press("Let this time go")


def _pay_too_late(stage: Stage, tom: Patient, other: Patient) -> None:
    """Tom pays between the end of his hold and the closing of his card page, which comes within five seconds."""
    wanted = tom.choose_the_next_time("priya-raman")
    tom.sign_up()
    tom.go_to_the_card_page()
    _card_page(tom, "pays")
    other.open("/book/?clinician=priya-raman")
    other.page.locator("main .slot").first.wait_for()
    _let_it_end(stage, timedelta(seconds=-1))
    other.page.reload()
    other.page.locator("main .slot").filter(has_text=wanted.split()[0]).first.click()
    other.page.wait_for_url("**/checkout/**")
    _pay(tom)
    tom.page.wait_for_load_state()
