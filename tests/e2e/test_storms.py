"""What goes wrong on the way: a hold that ends, a card that is declined, a server that dies in the middle of a call."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.billing.tables import Payment
from portal.clinic.people.queries import by_email
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import SYSTEM, UnitOfWork
from tests.e2e.conftest import Colleague
from tests.e2e.people import Patient, Therapist
from tests.support.patience import SECONDS
from tests.support.practice import Practice

pytestmark = [pytest.mark.browser, pytest.mark.livekit]


def in_the_database(patient: Patient, service, *args):
    database = patient.practice.open_database()
    try:
        return database.run(SYSTEM, service, *args)
    finally:
        database.close()


def _end_the_hold(work: UnitOfWork, email: str) -> None:
    person = by_email(work, email)
    assert person is not None
    held = sa.update(Appointment).where(col(Appointment.patient_id) == person.id, col(Appointment.status) == "held")
    work.db.exec(held.values(held_until=work.now - timedelta(seconds=1)))


def _payments(work: UnitOfWork, email: str) -> list[tuple[str, int]]:
    person = by_email(work, email)
    assert person is not None
    return list(work.db.exec(select(Payment.status, Payment.amount_minor).where(Payment.patient_id == person.id)).all())


def test_a_hold_that_ended_a_card_that_was_declined_and_a_pay_button_pressed_twice(
    patient: Patient, colleague: Colleague
) -> None:
    patient.choose_the_next_time(colleague.slug)
    patient.sign_up()
    in_the_database(patient, _end_the_hold, patient.email)
    patient.press(re.compile(r"^Pay £"))
    patient.sees("is free again")
    patient.press("Keep it for me again")
    patient.reads("Is this right?")

    patient.go_to_the_card_page()
    patient.pay("declined")
    patient.page.goto(patient.practice.url + "/checkout/")
    patient.sees("is kept for you")

    patient.page.get_by_role("button", name=re.compile(r"^Pay £|^Try again")).first.dblclick()
    patient.page.wait_for_url("**/c/pay/**")
    patient.pay("pays")
    patient.is_booked()
    assert in_the_database(patient, _payments, patient.email) == [("paid", 6500)]


def test_a_form_goes_on_where_it_was_left(patient: Patient, colleague: Colleague) -> None:
    patient.book_and_pay(colleague.slug)
    patient.open("/home/")
    patient.follow(re.compile("Start|Go on"))
    first = patient.page.locator("[name='about_you-preferred_name']")
    first.fill("Rosa")
    patient.sees(re.compile("^Saved"))
    patient.page.reload()
    first.wait_for()
    assert first.input_value() == "Rosa"


def test_a_call_outlives_the_server_and_the_video_server_comes_back(
    patient: Patient, therapist: Therapist, colleague: Colleague
) -> None:
    patient.book_and_pay(colleague.slug)
    therapist.sign_in(colleague.email)
    patient.open(f"/room/?visit={patient.appointment}")
    patient.press(re.compile("Tell .* I am here"))
    patient.is_in_room("waiting")
    therapist.open(f"/day/room/?visit={patient.appointment}")
    therapist.press(re.compile("^Let Rosa"))
    for one in (patient, therapist):
        one.sees_the_other()

    practice = patient.practice
    practice.kill_server()
    try:
        for one in (patient, therapist):
            assert one.receives(5)["frames"] > 20
        patient.sees("The clinic’s server does not answer. Your call goes on.")
    finally:
        practice.start_server()

    start_the_video_server_again(practice)
    for one in (patient, therapist):
        one.receives_again()
        one.sees_the_other()

    patient.page.reload()  # the laptop was closed and opened again
    patient.press(re.compile("Go into the room|Tell .* I am here|Come back"))
    patient.sees_the_other()
    assert patient.receives(3)["frames"] > 10


def start_the_video_server_again(practice: Practice) -> None:
    """With it every room is gone: both find back through the clinic."""
    practice.livekit.stop(at_once=True)
    practice.livekit.start()
    assert practice.livekit.wait(SECONDS)
