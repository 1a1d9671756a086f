"""What must not be lost or forgotten around a call: where the patient is, what they turned off, how it ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.storage.clock import utc_now
from tests.support.patience import until
from tests.video.people import Person

pytestmark = [pytest.mark.livekit, pytest.mark.browser]

PHONE = {"width": 360, "height": 740}
LONG = "A" * 400


@pytest.fixture
def patient(chromium, clinic) -> Person:
    return Person.at_the_door(chromium, clinic, "patient", viewport=PHONE)


def address(person: Person):
    return person.page.get_by_role("textbox", name="address")


def fits(page: Page) -> bool:
    wide = "[document.documentElement, ...document.querySelectorAll('.tr-sheet')].map((one) => one.scrollWidth > one.clientWidth)"
    return not any(page.evaluate(wide))


def test_a_typed_place_goes_with_the_green_button(patient, clinic):
    address(patient).fill("Hotel Linde, room 4")
    patient.press("Tell Dr Okafor I am here")
    patient.is_at("waiting")
    until(lambda: clinic.visit.place == "Hotel Linde, room 4")
    patient.sees("Kept for this visit")


def test_a_typed_place_is_kept_without_any_press(patient, clinic):
    address(patient).fill("Hotel Linde, room 4")
    patient.sees("Kept for this visit")
    assert clinic.visit.place == "Hotel Linde, room 4"
    address(patient).fill("Hotel Linde, room 5")
    address(patient).blur()
    until(lambda: clinic.visit.place == "Hotel Linde, room 5")


def test_what_is_only_offered_was_not_said(patient, clinic):
    expect(address(patient)).to_have_value("14 Harbour Lane, Whitby")
    patient.press("Tell Dr Okafor I am here")
    patient.is_at("waiting")
    assert clinic.visit.place == ""


def test_a_place_that_did_not_arrive_is_sent_again(patient, clinic):
    patient.page.route("**/place", lambda route: route.abort())
    address(patient).fill("Hotel Linde")
    patient.press("Tell Dr Okafor I am here")
    patient.sees("What you wrote is still here")
    patient.page.unroute("**/place")
    patient.sees("Kept for this visit")
    assert clinic.visit.place == "Hotel Linde"


def test_before_the_room_opens_nobody_asks_where_one_is(chromium, clinic):
    clinic.visit.opens_at = utc_now() + timedelta(days=12, hours=1)
    clinic.visit.starts_at = clinic.visit.opens_at + timedelta(minutes=15)
    patient = Person.at_the_door(chromium, clinic, "patient", viewport=PHONE)
    patient.sees("In 12\u00a0days\u00a0and\u00a01\u00a0hour.")
    patient.sees(f"The room opens on {clinic.visit.opens_at:%A}")
    patient.sees(f"Your visit is on {clinic.visit.starts_at:%A}")
    assert fits(patient.page)
    expect(patient.page.get_by_text("Where are you today?")).to_have_count(0)
    assert "place" not in clinic.visit.asked
    clinic.visit.opens_at = utc_now()
    patient.open()
    patient.sees("Where are you today?")


def test_in_the_call_the_place_is_at_hand_and_can_be_changed(pair, clinic):
    patient, clinician = pair()
    patient.press("More", exact=True)
    address(patient).fill(LONG)
    patient.press("Keep this address")
    patient.sees("I am somewhere else")
    assert clinic.visit.place == LONG
    assert fits(patient.page)
    clinic.visit.safety = {"place": LONG, "place_at": (utc_now() - timedelta(days=2)).isoformat(), "lines": []}
    clinician.page.set_viewport_size(PHONE)
    clinician.press("Safety", exact=True)
    clinician.sees("Where they were, said on")
    assert fits(clinician.page)


def test_a_long_place_does_not_widen_the_waiting_room(patient):
    address(patient).fill(LONG)
    patient.press("Keep this address")
    patient.sees("I am somewhere else")
    assert fits(patient.page)


def test_who_comes_back_comes_as_they_left(pair, clinic):
    patient, clinician = pair()
    patient.press("Mute your microphone")
    patient.press("Camera off: stop your picture")
    clinician.sees("Rosa has the camera off.")
    patient.press("Leave")
    clinician.sees("Rosa is not in the room just now and can come back.")
    expect(patient.page.get_by_role("link", name="020")).to_have_attribute("href", "tel:02079460112")
    patient.press("Come back to the room")
    patient.is_at("call")
    clinician.sees("Rosa has the camera off.")
    expect(patient.page.get_by_role("button", name="No camera. Turn your picture on")).to_be_visible()
    expect(patient.page.get_by_role("button", name="Muted. Turn your microphone on")).to_be_visible()
    assert clinician.receives(2)["energy"] == 0


def test_a_visit_that_ends_while_one_waits_says_how_and_stops_knocking(patient, clinic):
    patient.press("Tell Dr Okafor I am here")
    patient.is_at("waiting")
    clinic.visit.by_phone, clinic.visit.finished_at = True, utc_now()
    patient.sees("Dr Okafor has noted that the visit took place by phone.")
    expect(patient.page.get_by_role("link", name="020")).to_have_attribute("href", "tel:02079460112")
    knocks = clinic.visit.asked.count("knock")
    patient.page.wait_for_timeout(4000)  # more than one knock
    assert clinic.visit.asked.count("knock") == knocks


def test_a_consent_taken_back_is_all_that_the_door_speaks_of(chromium, clinic):
    clinic.visit.consent_gone_at = utc_now()
    patient = Person.at_the_door(chromium, clinic, "patient", viewport=PHONE)
    patient.sees("Your consent to video is taken back")
    expect(patient.page.get_by_role("link", name="Sign again")).to_be_visible()
    expect(patient.page.get_by_text("Check camera and sound")).to_have_count(0)
    clinician = Person.at_the_door(chromium, clinic, "clinician")
    clinician.sees("Consent taken back")
    expect(clinician.page.get_by_text("You can go in first")).to_have_count(0)
    for one in (patient, clinician):
        expect(one.page.get_by_role("button", name=re.compile("^Tell|^Let|^Go in"))).to_have_count(0)
