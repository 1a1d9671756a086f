"""A visit from the waiting room to the signed note, from both sides, on the real video server."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from benchmarks.shots.scenes import WINDOW, Stage, scene
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork
from tests.e2e.people import Patient, Therapist

_DENIED = """navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotAllowedError"); };
navigator.permissions.query = async () => ({ state: "denied" });"""

_CAMERA = """(() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const draw = async () => {
    const face = new Image();
    face.src = "/faces/FACE.svg";
    await face.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
    const paper = canvas.getContext("2d");
    setInterval(() => {
      const size = 820 + 4 * Math.sin(Date.now() / 900);
      paper.filter = "blur(90px)";
      paper.drawImage(face, -200, -500, 1680, 1680);
      paper.filter = "none";
      paper.drawImage(face, 640 - size / 2, 360 - size * 0.44, size, size);
    }, 50);
    return canvas.captureStream(20).getVideoTracks()[0];
  };
  navigator.mediaDevices.getUserMedia = async wish => {
    const stream = await real(wish);
    const [pattern] = stream.getVideoTracks();
    if (pattern) {
      const drawn = await draw();
      const settings = pattern.getSettings();
      drawn.getSettings = () => settings;
      stream.removeTrack(pattern);
      stream.addTrack(drawn);
    }
    return stream;
  };
})();"""
"""A camera before which the drawn face of somebody sits, instead of Chromium's test pattern."""


@scene("room-early")
def _early(stage: Stage) -> None:
    """A room that opens another day."""
    rosa = stage.rosa
    rosa.open(f"/room/?visit={rosa.appointment}")
    rosa.is_in_room("early")
    stage.take(rosa.page, "room-early")


@scene("patient-home-open", "room-check", "room-place", "room-denied", "room-waiting", "day-knock",
       "day-room-lobby", "call-patient", "call-therapist", "call-devices", "call-safety", "call-muted", "call-left",
       "call-therapist-left", "day-visit-now", "visit-finish", "note-draft", "note-sign", "note-signed",
       "note-addition", "note-amended", "room-over")  # fmt: skip
def _visit(stage: Stage) -> None:
    patient, therapist = _signed_in(stage)
    visit = _waits(stage, patient)
    _knocks(stage, therapist, visit)
    _talk(stage, patient, therapist)
    _finish(stage, therapist, visit)
    _write(stage, therapist)
    patient.open(f"/room/?visit={visit}")
    patient.page.locator("[data-therapy-room]").wait_for()
    patient.page.wait_for_function(
        "!['', 'opening'].includes(document.querySelector('[data-therapy-room]').dataset.state)"
    )
    stage.take(patient.page, "room-over")


def _signed_in(stage: Stage) -> tuple[Patient, Therapist]:
    patient = Patient(stage.chromium, stage.practice, **WINDOW)
    therapist = Therapist(stage.chromium, stage.practice, **WINDOW)
    for one, face in ((patient, "rosa"), (therapist, "miriam")):
        one.visitor.context.add_init_script(_CAMERA.replace("FACE", face))
        one.page.set_default_timeout(20_000)
    therapist.sign_in(stage.sign_ins.therapist)
    patient.open("/sign-in/")
    patient.page.locator("input[name=email]").fill(stage.sign_ins.patient)
    patient.page.locator("input[name=password]").fill(stage.sign_ins.password)
    patient.page.locator("main form button[type=submit]").first.click()
    patient.page.wait_for_url("**/home/**")
    return patient, therapist


def _waits(stage: Stage, patient: Patient) -> str:
    """From the home into the waiting room; answers with the visit."""
    page = patient.page
    page.get_by_role("link", name="Go to the waiting room").wait_for()
    stage.take(page, "patient-home-open")
    patient.follow("Go to the waiting room")
    page.wait_for_url("**/room/**")
    address = page.url
    page.get_by_role("button", name=re.compile("^Tell .* I am here")).wait_for()
    page.locator("video").first.wait_for()
    stage.take(page, "room-check")
    page.get_by_role("textbox", name=re.compile("address")).fill("Hotel Linde, room 4, Oslo")
    patient.press("Keep this address")
    patient.sees("Kept for this visit")
    stage.take(page, "room-place")
    _denied(stage, patient, address)
    page.goto(address)
    patient.press(re.compile("Tell .* I am here"))
    patient.is_in_room("waiting")
    stage.take(page, "room-waiting")
    return address.partition("visit=")[2].partition("&")[0]


def _denied(stage: Stage, patient: Patient, address: str) -> None:
    """A browser that keeps the camera back, in a window of the same person."""
    page = patient.visitor.context.new_page()
    page.add_init_script(_DENIED)
    page.goto(address)
    page.get_by_role("button", name="Look again").first.wait_for()
    stage.take(page, "room-denied")
    page.close()


def _knocks(stage: Stage, therapist: Therapist, visit: str) -> None:
    therapist.open("/day/")
    therapist.page.get_by_role("button", name=re.compile("^Let .* in")).first.wait_for()
    stage.take(therapist.page, "day-knock")
    therapist.open(f"/day/room/?visit={visit}")
    therapist.page.get_by_role("button", name=re.compile("^(Let|Go in)")).first.wait_for()
    stage.take(therapist.page, "day-room-lobby")


def _talk(stage: Stage, patient: Patient, therapist: Therapist) -> None:
    therapist.press(re.compile("^Let .* in"))
    therapist.page.wait_for_timeout(500)
    for _ in range(20):
        if therapist.page.locator("[data-remote-video]").count():
            break
        enter = therapist.page.get_by_role("button", name=re.compile("^(Go in|Go into|Come back)"))
        if enter.count():
            enter.first.click()
        therapist.page.wait_for_timeout(500)
    for one in (patient, therapist):
        one.sees_the_other()
    stage.take(patient.page, "call-patient", whole=False)
    stage.take(therapist.page, "call-therapist", whole=False)
    patient.press("More")
    stage.take(patient.page, "call-devices", whole=False)
    patient.press("More")
    therapist.press("Safety")
    therapist.page.get_by_role("heading", name=re.compile("Safety")).first.wait_for()
    stage.take(therapist.page, "call-safety", whole=False)
    therapist.press("Safety")
    patient.press("Mute your microphone")
    patient.press(re.compile("^Camera off"))
    patient.page.get_by_role("button", name=re.compile("^Muted")).wait_for()
    stage.take(patient.page, "call-muted", whole=False)
    patient.press("Leave")
    patient.page.wait_for_timeout(800)
    stage.take(patient.page, "call-left", whole=False)
    therapist.press("Leave")
    therapist.page.wait_for_timeout(800)
    stage.take(therapist.page, "call-therapist-left", whole=False)


def _finish(stage: Stage, therapist: Therapist, visit: str) -> None:
    page = therapist.page
    therapist.open(f"/day/visit/?id={visit}")
    page.get_by_role("button", name="Finish the visit").first.wait_for()
    stage.take(page, "day-visit-now")
    therapist.press("Finish the visit")
    page.get_by_role("alertdialog").wait_for()
    stage.take(page, "visit-finish", whole=False)
    therapist.confirm("Finish the visit")
    therapist.sees(re.compile("^Ended"))


def _write(stage: Stage, therapist: Therapist) -> None:
    page = therapist.page
    fields = page.locator("#note textarea").filter(visible=True)
    for number, words in enumerate(("Slept better this week.", "Calm, looks at the camera.", "On a good way.")):
        fields.nth(number).fill(words)
    therapist.sees(re.compile("^Saved"))
    stage.take(page, "note-draft")
    therapist.press("Sign and lock")
    page.get_by_role("alertdialog").wait_for()
    stage.take(page, "note-sign", whole=False)
    therapist.confirm("Sign and lock")
    therapist.sees("Fingerprint")
    stage.take(page, "note-signed")
    therapist.press("Add to this note")
    page.get_by_label("Why you add this").fill("A date was missing.")
    page.get_by_label("What you add").fill("The next visit is in two weeks.")
    stage.take(page, "note-addition")
    therapist.press("Add for good")
    therapist.sees("The next visit is in two weeks.")
    stage.take(page, "note-amended")


@scene("visit-by-phone", "visit-was-by-phone")
def _phoned(stage: Stage) -> None:
    """The visit of somebody who was not let in has begun; last, for it moves that visit to now."""
    visit = stage.rosa.appointment

    def begin(work: UnitOfWork) -> None:
        begun = {"starts_at": work.now - timedelta(minutes=20), "ends_at": work.now + timedelta(minutes=30)}
        work.db.exec(sa.update(Appointment).where(col(Appointment.public_id) == visit).values(**begun))

    stage.change(begin)
    page = stage.known("priya@lindenrow.example", f"/day/visit/?id={visit}")
    page.get_by_role("button", name="It took place by phone").first.click()
    page.get_by_role("alertdialog").wait_for()
    stage.take(page, "visit-by-phone", whole=False)
    page.get_by_role("alertdialog").get_by_role("button", name="It took place by phone").click()
    page.get_by_text(re.compile("^By phone")).first.wait_for()
    stage.take(page, "visit-was-by-phone")
