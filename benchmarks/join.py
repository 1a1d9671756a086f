"""From pressing the button to the other's first picture: our room, and a page that uses livekit-client alone."""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from benchmarks.figures import Reference, tell
from portal.demo.livekit_server import Doors, LivekitServer
from portal.gateways.video import LivekitRooms
from portal.serving import ROOT
from tests.support.browser import Chromium
from tests.support.ports import free_port
from tests.video.clinic_double import Clinic
from tests.video.conftest import free_udp_port
from tests.video.people import WATCH, Person
from tests.video.room_page import MODULES, bundle
from tools import parts

TIMES = 9
LIMIT = 1.2
MINIMAL = Path(__file__).parent / "minimal_call.html"
KIT = MODULES / "livekit-client" / "dist" / "livekit-client.umd.js"
GO_IN = "Go into the room"
PRESSED = "addEventListener('click', () => { window.pressed = performance.now(); }, { capture: true, once: true });"
FIRST_FRAME = """async () => {
  for (;;) {
    for (const line of window.lines) {
      for (const one of (await line.getStats()).values()) {
        if (one.type === "inbound-rtp" && one.kind === "video" && one.framesDecoded) {
          return performance.now() - window.pressed;
        }
      }
    }
    await new Promise((later) => setTimeout(later, 10));
  }
}"""


class _Clinic(Clinic):
    """With the minimal page beside the room, on the same host."""

    def app(self) -> Starlette:
        app = super().app()
        app.routes.append(Route("/minimal/", lambda _: FileResponse(MINIMAL)))
        app.routes.append(Route("/livekit-client.umd.js", lambda _: FileResponse(KIT)))
        return app


def run(*_: str) -> None:
    """The therapist stays in the room; the patient comes again and again, by one page and by the other."""
    ours: list[float] = []
    minimal: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        _clinic(Path(folder)) as clinic,
        Chromium.started(parts.chromium()) as chromium,
    ):
        _open_the_room(chromium, clinic)
        for _ in range(TIMES):
            ours.append(_seconds_to_first_frame(chromium, clinic, "/room/?visit=v1"))
            minimal.append(_seconds_to_first_frame(chromium, clinic, "/minimal/"))
    reference = Reference("a page that uses livekit-client alone", statistics.median(minimal))
    tell("join_first_frame", statistics.median(ours), "s", reference, limit=LIMIT, joins=TIMES)


@contextmanager
def _clinic(folder: Path) -> Iterator[Clinic]:
    with contextlib.redirect_stdout(sys.stderr):
        page = bundle(folder)
    (folder / "livekit").mkdir()
    doors = Doors(free_port(), free_udp_port(), "http://127.0.0.1:9/webhooks/livekit")
    livekit = LivekitServer(doors, folder / "livekit", ROOT / ".tools", lambda line: print(line, file=sys.stderr))
    try:
        livekit.start()
        if not livekit.wait(240):
            raise SystemExit(f"join_first_frame needs a livekit-server: {livekit.detail}")
        clinic = _Clinic(free_port(), page, LivekitRooms(livekit.account), livekit.account.url)
        clinic.start()
        try:
            yield clinic
        finally:
            clinic.stop()
    finally:
        livekit.stop(at_once=True)


def _open_the_room(chromium: Chromium, clinic: Clinic) -> None:
    patient = Person.at_the_door(chromium, clinic, "patient")
    clinician = Person.at_the_door(chromium, clinic, "clinician")
    patient.press("Tell Dr Okafor I am here")
    clinician.press("Let Rosa in")
    patient.sees_the_other()
    patient.visitor.context.close()


def _seconds_to_first_frame(chromium: Chromium, clinic: Clinic, path: str) -> float:
    """A new browser context, camera and sound tried before, until the first picture of the other is decoded."""
    visitor = chromium.visitor(permissions=["camera", "microphone"])
    try:
        visitor.context.add_cookies([{"name": "role", "value": "patient", "url": clinic.url}])
        visitor.context.add_init_script(WATCH + PRESSED)
        visitor.page.goto(clinic.url + path, wait_until="networkidle")
        visitor.page.get_by_role("button", name=GO_IN).click(timeout=20_000)
        return visitor.page.evaluate(FIRST_FRAME) / 1000
    finally:
        visitor.context.close()
