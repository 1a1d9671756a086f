"""Two browsers, a real video server: what people see and hear, and what survives."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Awaitable
from pathlib import Path

import pytest
from livekit import api
from playwright.sync_api import expect

from tests.support.patience import SECONDS, until
from tests.video.people import Person

pytestmark = [pytest.mark.livekit, pytest.mark.browser]


def aside(question: Awaitable) -> None:
    """Run a coroutine while Playwright holds this thread's loop."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(question)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failures == []


def renderers() -> set[int]:
    """The processes in which pages run."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"--type=renderer" in (process / "cmdline").read_bytes():
                found.add(int(process.name))
    return found


def both_receive(*people: Person) -> None:
    for one in people:
        came = one.receives(2)
        assert came["frames"] >= 10, came
        assert came["samples"] > 48_000, came
        assert came["energy"] > 0, came


def test_both_see_and_hear_each_other_and_nobody_else_is_asked(pair, clinic, livekit):
    patient, clinician = pair()
    both_receive(patient, clinician)
    allowed = (clinic.url, livekit.account.api_url, livekit.account.url, "data:", "blob:")
    for one in (patient, clinician):
        assert one.visitor.violations == []
        assert one.visitor.errors == []
        assert [url for url in one.visitor.requests if not url.startswith(allowed)] == []
        assert one.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_nobody_gets_a_seat_before_admission(chromium, clinic):
    patient = Person.at_the_door(chromium, clinic, "patient")
    patient.press("Tell Dr Okafor I am here")
    patient.sees("Dr Okafor will let you in.")
    answer = patient.page.evaluate(
        "fetch('/api/visits/v1/video-token', {method: 'POST', headers: {'X-Quietroom': '1'}}).then(async (a) => [a.status, await a.json()])"
    )
    assert answer == [409, {"code": "not_admitted"}]
    until(lambda: clinic.visit.asked.count("knock") >= 2, page=patient.page)
    assert clinic.visit.asked.count("video-token") == 1
    assert patient.page.evaluate("window.lines.length") == 0


def test_the_call_goes_on_without_the_clinic(pair, clinic):
    patient, clinician = pair()
    clinic.stop()
    for one in (patient, clinician):
        one.sees("The clinic’s server does not answer. Your call goes on.")
    both_receive(patient, clinician)
    expect(patient.page.get_by_role("button", name="Mute your microphone")).to_be_enabled()
    clinic.start()
    for one in (patient, clinician):
        expect(one.page.locator("[data-bar=clinic-away]")).to_have_count(0)
    both_receive(patient, clinician)


def test_both_come_back_after_the_video_server_was_lost(pair, livekit):
    patient, clinician = pair()
    patient.press("Mute your microphone")
    expect(clinician.page.locator("[data-remote-audio=muted]")).to_be_visible()
    livekit.stop(at_once=True)
    patient.sees("The line is gone for a moment")
    patient.sees("020\u00a07946\u00a00112")
    livekit.start()
    assert livekit.wait(SECONDS), livekit.detail
    for one in (patient, clinician):
        one.is_at("call")
        one.sees_the_other()
    expect(clinician.page.locator("[data-remote-audio=muted]")).to_be_visible()
    patient.press("Muted. Turn your microphone on")
    both_receive(patient, clinician)


def test_leaving_is_not_finishing(pair, clinic):
    patient, clinician = pair()
    patient.press("Leave")
    patient.is_at("left")
    clinician.sees("Rosa is not in the room just now and can come back.")
    assert patient.page.evaluate("window.lines.every((line) => line.connectionState === 'closed')")
    patient.press("Come back to the room")
    patient.sees_the_other()
    clinician.sees_the_other()
    clinician.press("Leave")
    clinician.press("Finish the visit")
    clinician.press("Keep it open")
    clinician.press("Come back to the room")
    clinician.sees_the_other()
    assert clinic.visit.finished_at is None


def test_finishing_ends_it_for_both(pair, clinic):
    patient, clinician = pair()
    clinician.press("Leave")
    clinician.press("Finish the visit")
    clinician.page.get_by_role("dialog").get_by_role("button", name="Finish the visit").click()
    clinician.sees("The visit is finished")
    patient.sees("The visit has ended")
    expect(clinician.page.get_by_role("link", name="Write the note")).to_have_attribute("href", "/day/visit/?id=v1")
    patient.open()
    patient.sees("The visit has ended")


def test_another_device_takes_the_seat_and_the_first_one_says_so(pair, chromium, clinic):
    first, clinician = pair()
    second = Person.at_the_door(chromium, clinic, "patient")
    second.press("Go into the room")
    second.sees_the_other()
    first.sees("The visit was opened on another device")
    time.sleep(3)  # it does not take the seat back by itself, which it would by now
    first.is_at("elsewhere")
    first.press("Use this device instead")
    first.sees_the_other()
    second.is_at("elsewhere")
    both_receive(first, clinician)


def test_who_was_taken_out_does_not_come_back_alone(pair, clinic, livekit):
    patient, _ = pair()

    async def take_out() -> None:
        account = livekit.account
        async with api.LiveKitAPI(account.api_url, account.key, account.secret) as server:
            who = api.RoomParticipantIdentity(room=clinic.visit.room, identity="patient-of-this-visit")
            await server.room.remove_participant(who)

    aside(take_out())
    patient.sees("You are out of the room")
    time.sleep(2)  # long enough to come back by itself
    patient.is_at("removed")
    patient.press("Come back to the room")
    patient.sees_the_other()


def test_camera_and_microphone_are_told_to_the_other_side(pair):
    patient, clinician = pair()
    patient.press("Camera off: stop your picture")
    clinician.sees("Rosa has the camera off.")
    assert patient.page.locator(".tr-self").count() == 0
    patient.press("No camera. Turn your picture on")
    clinician.sees_the_other()
    patient.press("Mute your microphone")
    expect(clinician.page.locator("[data-remote-audio=muted]")).to_be_visible()
    patient.press("Muted. Turn your microphone on")
    expect(clinician.page.locator("[data-remote-audio=on]")).to_be_visible()


def test_sound_only_stops_the_picture_both_ways(pair):
    patient, clinician = pair()
    patient.press("More")
    patient.page.get_by_label("Sound only").check()
    clinician.sees("Rosa has the camera off.")
    patient.sees("You and Dr Okafor hear each other.")
    until(lambda: patient.receives(1)["frames"] == 0)
    came = patient.receives(2)
    assert came["frames"] == 0
    assert came["samples"] > 48_000
    patient.page.get_by_label("As the line allows").check()
    for one in (patient, clinician):
        one.sees_the_other()


SCREEN = """navigator.mediaDevices.getDisplayMedia = async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  setInterval(() => (pen.fillStyle = `hsl(${Date.now() % 360} 60% 60%)`) && pen.fillRect(0, 0, 300, 150), 50);
  return canvas.captureStream(10);
};"""


def test_a_screen_is_shown_and_taken_back(pair):
    patient, clinician = pair()
    clinician.page.evaluate(SCREEN)
    clinician.press("Share")
    clinician.sees("Rosa sees your screen.")
    expect(patient.page.get_by_label("What Dr Okafor shows you")).to_be_visible()
    clinician.page.get_by_role("toolbar").get_by_role("button", name="Stop sharing").click()
    expect(patient.page.get_by_label("What Dr Okafor shows you")).to_have_count(0)
    both_receive(patient, clinician)


def test_a_closed_page_leaves_at_once_and_a_reload_asks_before_going_in(pair, clinic):
    patient, clinician = pair()
    patient.open()
    clinician.sees(
        "Rosa is not in the room just now and can come back.", 5
    )  # at once: a line that is merely lost is missed for longer
    patient.is_at("admitted")
    assert patient.page.evaluate("window.lines.length") == 0
    patient.press("Go into the room")
    patient.sees_the_other()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the page's process in /proc")
def test_a_laptop_that_slept_comes_back_alone(chromium, clinic):
    clinician = Person.at_the_door(chromium, clinic, "clinician")
    clinician.press("Go in and wait")
    awake = renderers()
    patient = Person.at_the_door(chromium, clinic, "patient")
    patient.press("Tell Dr Okafor I am here")
    clinician.press("Let Rosa in")
    clinician.sees_the_other()
    patient.sees_the_other()
    asleep = renderers() - awake
    for process in asleep:
        os.kill(process, signal.SIGSTOP)
    try:
        clinician.sees("The picture stands still")
        clinician.sees("Rosa is not in the room just now and can come back.")
    finally:
        for process in asleep:
            os.kill(process, signal.SIGCONT)
    patient.is_at("call")
    patient.sees_the_other()
    clinician.sees_the_other()
    both_receive(patient, clinician)


def test_a_page_that_the_browser_froze_comes_back_alone(pair):
    patient, clinician = pair()
    patient.page.evaluate("window.dispatchEvent(new Event('freeze'))")  # on which the kit hangs up
    patient.is_at("again")
    patient.is_at("call")
    for one in (patient, clinician):
        one.sees_the_other()
    both_receive(patient, clinician)


def test_the_safety_sheet_is_asked_for_and_helps_without_the_clinic(pair, clinic):
    _, clinician = pair()
    clinic.visit.safety = {"phone": "07700 900 418", "place": "14 Harbour Lane", "flag": "several days"}
    clinician.press("Safety")
    clinician.sees("14 Harbour Lane")
    clinician.sees("In their answers: several days")
    assert clinic.visit.asked.count("safety") == 1
    expect(clinician.page.get_by_role("link", name=re.compile("116 123"))).to_have_attribute("href", "tel:116123")
    clinician.page.keyboard.press("Escape")
    expect(clinician.page.get_by_role("button", name="Safety")).to_be_focused()
    clinic.stop()
    clinician.press("Safety")
    clinician.sees("so their details are missing here")
    expect(clinician.page.get_by_role("link", name=re.compile("116 123"))).to_be_visible()


def test_a_knock_reaches_the_therapist_who_went_in_first(chromium, clinic):
    clinician = Person.at_the_door(chromium, clinic, "clinician")
    clinician.press("Go in and wait")
    clinician.sees("Waiting for Rosa.")
    patient = Person.at_the_door(chromium, clinic, "patient")
    patient.press("Tell Dr Okafor I am here")
    clinician.press("Let Rosa in")
    patient.sees_the_other()
    clinician.sees_the_other()
    expect(clinician.page.get_by_role("button", name="Let Rosa in")).to_have_count(0)
