"""Every screen of the room at two widths: what it says, that axe finds nothing, and that a keyboard is enough."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.storage.clock import utc_now
from tests.support.patience import until
from tests.video.people import Person

pytestmark = [pytest.mark.livekit, pytest.mark.browser]

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}

DENIED = """navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotAllowedError"); };
navigator.permissions.query = async () => ({ state: "denied" });"""
UNASKED = """navigator.permissions.query = async () => ({ state: "prompt" });"""


# Whatever slides or fades in has arrived: colours of what is half there say nothing.
STILL = """() => Promise.all(
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => null)),
)"""


def no_camera(error: str) -> str:
    return f"""const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {{
  if (wish.video) throw new DOMException("", "{error}");
  return real(wish);
}};"""


def is_accessible(page: Page) -> None:
    page.evaluate(STILL)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("h1").count() == 1


@pytest.fixture(params=SIZES)
def come(request, chromium, clinic) -> Callable[..., Person]:
    def at_the_door(role: str = "patient", script: str = "") -> Person:
        return Person.at_the_door(chromium, clinic, role, script, viewport=SIZES[request.param])

    return at_the_door


@pytest.mark.parametrize("light", ["day", "dark"])
def test_waiting(come, clinic, light):
    patient = come()
    patient.open(f"&light={light}")
    patient.sees("We can hear you well.")
    is_accessible(patient.page)
    patient.press("Tell Dr Okafor I am here")
    patient.sees("Dr Okafor will let you in.")
    is_accessible(patient.page)
    patient.press("Go out again")
    patient.sees("Tell Dr Okafor I am here")
    until(lambda: not clinic.visit.waiting(), page=patient.page)


@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_the_waiting_room_tells_only_what_is_true_of_the_therapist(come, clinic):
    clinic.visit.busy = True
    patient = come()
    patient.press("Tell Dr Okafor I am here")
    patient.sees("Dr Okafor is still in another visit, and lets you in after it.")
    is_accessible(patient.page)
    assert patient.page.evaluate("document.querySelector('.tr-from img').naturalWidth") > 0
    clinic.visit.busy = False
    patient.sees("Dr Okafor will let you in.")


def test_the_patient_says_where_they_are_today(come, clinic):
    patient = come()
    field = patient.page.get_by_label("You told us this address before")
    expect(field).to_have_value("14 Harbour Lane, Whitby")
    field.fill(" ")
    patient.press("Keep this address")
    patient.sees("Please write where you are.")
    is_accessible(patient.page)
    field.fill("Hotel Linde, room 4, Oslo")
    field.press("Enter")
    patient.sees("Kept for this visit")
    is_accessible(patient.page)
    assert clinic.visit.place == "Hotel Linde, room 4, Oslo"
    patient.press("I am somewhere else")
    expect(patient.page.get_by_label("The address where you are now")).to_have_value("Hotel Linde, room 4, Oslo")
    patient.page.route("**/place", lambda route: route.abort())
    patient.press("Keep this address")
    patient.sees("What you wrote is still here")


@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_early(come, clinic):
    clinic.visit.opens_at = utc_now() + timedelta(seconds=70)
    patient = come()
    patient.sees("In 1\u00a0minute. This page opens it by itself.")
    expect(patient.page.get_by_role("button", name="I am here")).to_have_count(0)
    is_accessible(patient.page)
    clinic.visit.opens_at = utc_now()
    patient.sees("Tell Dr Okafor I am here")


@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_the_browser_was_not_asked_yet(come):
    patient = come(script=UNASKED)
    is_accessible(patient.page)
    patient.press("Try camera and sound")
    patient.sees("Only you see this")


@pytest.mark.parametrize(
    ("script", "title", "help_"),
    [
        (DENIED, "We can’t use your camera and microphone yet", "Turn on Camera and Microphone."),
        (no_camera("NotFoundError"), "We found no camera", "Plug one in"),
        (no_camera("NotReadableError"), "Something else is using your camera", "another video call"),
        (no_camera("StrangeError"), "Your camera did not start", "open it anew"),
    ],
    ids=["denied", "missing", "busy", "strange"],
)
@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_a_device_that_does_not_come(come, script, title, help_):
    patient = come(script=script)
    patient.sees(title)
    patient.sees(help_)
    is_accessible(patient.page)


@pytest.mark.parametrize("come", ["desk"], indirect=True)
def test_without_a_camera_one_goes_in_with_sound(come, clinic):
    patient, clinician = come(script=no_camera("NotFoundError")), come("clinician")
    patient.press("Go on with sound only")
    patient.sees("Dr Okafor will let you in.")
    clinician.press("Let Rosa in")
    clinician.sees("Rosa has the camera off.")
    patient.sees_the_other()
    assert clinician.receives(2)["energy"] > 0


def test_the_call_with_every_panel(come, clinic):
    clinic.visit.safety = {
        "phone": "07700 900 418",
        "place": "14 Harbour Lane",
        "contact_name": "Helen",
        "flag": "several days",
    }
    patient, clinician = come(), come("clinician")
    clinician.sees("Waiting for Rosa. You can go in first")
    is_accessible(clinician.page)
    patient.press("Tell Dr Okafor I am here")
    clinician.sees("Rosa is in the waiting room")
    is_accessible(clinician.page)
    clinician.press("Let Rosa in")
    patient.sees_the_other()
    clinician.sees_the_other()
    is_accessible(patient.page)
    for panel in ("Safety", "More"):
        clinician.press(panel, exact=True)
        is_accessible(clinician.page)
        clinician.press("Close")
    patient.press("Leave")
    is_accessible(patient.page)
    clinician.sees("Rosa is not in the room just now and can come back.")
    is_accessible(clinician.page)
    clinician.press("Leave")
    clinician.press("Finish the visit")
    is_accessible(clinician.page)
    clinician.page.get_by_role("dialog").get_by_role("button", name="Finish the visit").click()
    clinician.sees("Write the note")
    is_accessible(clinician.page)


def test_no_video(come, clinic):
    clinic.visit.video = False
    patient = come()
    patient.sees("The video is not working just now")
    expect(patient.page.get_by_role("link", name="020")).to_have_attribute("href", "tel:02079460112")
    is_accessible(patient.page)
    clinic.visit.video = True
    patient.sees("You are in the right place, Rosa")


@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_a_video_server_that_is_away_at_the_press(come, clinic, livekit):
    clinic.visit.admitted_at = utc_now()
    patient = come()
    patient.is_at("admitted")
    livekit.stop(at_once=True)
    patient.press("Go into the room")
    patient.sees("The video does not start")
    is_accessible(patient.page)
    livekit.start()
    patient.is_at("call")


@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_a_room_that_is_not_there_and_a_session_that_ended(come, clinic):
    patient = come()
    patient.page.goto(f"{clinic.url}/room/?visit=other")
    patient.sees("There is no such room here")
    is_accessible(patient.page)
    patient.visitor.context.clear_cookies()
    patient.open()
    patient.sees("Please sign in again")
    expect(patient.page.get_by_role("link", name="Sign in")).to_have_attribute(
        "href", "/sign-in/?next=%2Froom%2F%3Fvisit%3Dv1"
    )
    is_accessible(patient.page)


@pytest.mark.parametrize("come", ["phone"], indirect=True)
def test_a_clinic_that_does_not_answer(come, clinic):
    patient = come()
    patient.page.route("**/api/**", lambda route: route.abort())
    patient.open()
    patient.sees("The clinic’s server does not answer")
    is_accessible(patient.page)
    broken = json.dumps({"ok": False, "code": "failed", "support": "QR-1234"})
    patient.page.unroute("**/api/**")
    patient.page.route("**/api/**", lambda route: route.fulfill(status=500, body=broken))
    patient.open()
    patient.sees("The clinic’s server does not answer")
    patient.page.unroute("**/api/**")
    patient.press("Try again now")
    patient.sees("You are in the right place, Rosa")


def reach(person: Person, name: str) -> None:
    wanted = person.page.get_by_role("button", name=name).first
    expect(wanted).to_be_visible()
    for _ in range(30):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


def press(person: Person, name: str) -> None:
    reach(person, name)
    person.page.keyboard.press("Enter")


@pytest.mark.parametrize("come", ["desk"], indirect=True)
def test_a_keyboard_is_enough_for_the_call(come):
    patient, clinician = come(), come("clinician")
    press(patient, "Tell Dr Okafor I am here")
    press(clinician, "Let Rosa in")
    clinician.sees_the_other()
    expect(clinician.page.get_by_role("heading", level=1)).to_be_focused()
    press(clinician, "Mute your microphone")
    clinician.page.keyboard.press("ArrowRight")
    expect(clinician.page.get_by_role("button", name="Camera off: stop your picture")).to_be_focused()
    press(clinician, "More")
    clinician.page.keyboard.press("Escape")
    expect(clinician.page.get_by_role("button", name="More")).to_be_focused()
    for _ in range(20):
        clinician.page.keyboard.press("Tab")
        assert clinician.page.evaluate("!document.activeElement.closest('header')")


@pytest.mark.parametrize("come", ["desk"], indirect=True)
def test_a_keyboard_is_enough_to_finish(come, clinic):
    clinic.visit.admitted_at = utc_now()
    clinician = come("clinician")
    press(clinician, "Go into the room")
    clinician.is_at("call")
    press(clinician, "Leave")
    press(clinician, "Finish the visit")
    expect(clinician.page.get_by_role("button", name="Keep it open")).to_be_focused()
    clinician.page.keyboard.press("Escape")
    expect(clinician.page.get_by_role("dialog")).to_have_count(0)
    expect(clinician.page.get_by_role("button", name="Finish the visit")).to_be_focused()
