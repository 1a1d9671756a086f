"""What stands before the camera: scenes in the order in which they are played, and the people who play them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page

from benchmarks.shots.camera import Camera
from portal.demo.seed import SignIns
from portal.storage.work import SYSTEM, UnitOfWork
from tests.e2e.people import Patient, Therapist
from tests.support.browser import Chromium
from tests.support.practice import Practice

WINDOW: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "reduced_motion": "reduce",
    "color_scheme": "light",
    "locale": "en-GB",
}


@dataclass
class Stage:
    """The practice, the camera, and windows that stay open from scene to scene."""

    chromium: Chromium
    practice: Practice
    sign_ins: SignIns
    camera: Camera
    _rooms: dict[str, BrowserContext] = field(default_factory=dict)
    _pages: list[Page] = field(default_factory=list)
    _rosa: Patient | None = None

    def guest(self, path: str, **options: Any) -> Page:
        """Somebody nobody knows, in a window of their own."""
        context = self.chromium.browser.new_context(**WINDOW, timezone_id="Europe/Oslo", **options)
        return self._open(context, path)

    def known(self, role: str, path: str) -> Page:
        """`patient`, `therapist`, `owner` or an address of the seeded practice: signed in once, a new tab each time."""
        if role not in self._rooms:
            context = self.chromium.browser.new_context(**WINDOW, timezone_id="Europe/London")
            self._sign_in(context, role if "@" in role else getattr(self.sign_ins, role))
            self._rooms[role] = context
        return self._open(self._rooms[role], path)

    def newcomer(self) -> Patient:
        """Somebody who is here for the first time."""
        patient = Patient(self.chromium, self.practice, **WINDOW)
        self._pages.append(patient.page)
        return patient

    def therapist(self) -> Therapist:
        """The seeded therapist in a window for a call."""
        return Therapist(self.chromium, self.practice, **WINDOW)

    @property
    def rosa(self) -> Patient:
        """A new patient who has booked and paid a visit."""
        if self._rosa is None:
            self._rosa = Patient(self.chromium, self.practice, **WINDOW)
            self._rosa.book_and_pay("priya-raman")
        return self._rosa

    def keep_rosa(self, patient: Patient) -> None:
        """This one is she, for the scenes that come."""
        self._rosa = patient
        self._pages = [page for page in self._pages if page is not patient.page]

    def take(self, page: Page, name: str, **more: Any) -> None:
        """A picture of each size and scheme."""
        self.camera.take(page, name, **more)

    def change(self, act: Callable[[UnitOfWork], Any]) -> Any:
        """Put something into the database that takes too long to wait for."""
        database = self.practice.open_database()
        try:
            return database.run(SYSTEM, act)
        finally:
            database.close()

    def tidy(self) -> None:
        """Close what the scene has opened; who is signed in stays so."""
        kept = list(self._rooms.values())
        for page in self._pages:
            context = page.context
            page.close()
            if context not in kept:
                context.close()
        self._pages.clear()

    def _open(self, context: BrowserContext, path: str) -> Page:
        page = context.new_page()
        self._pages.append(page)
        page.set_default_timeout(20_000)
        page.goto(path if path.startswith("http") else self.practice.url + path)
        return page

    def _sign_in(self, context: BrowserContext, email: str) -> None:
        url = self.practice.url
        answer = context.request.post(
            f"{url}/api/sign-in",
            data={"email": email, "password": self.sign_ins.password},
            headers={"X-Quietroom": "1", "Origin": url, "Sec-Fetch-Site": "same-origin"},
        )
        if not answer.ok:
            raise RuntimeError(f"{email} cannot sign in: {answer.text()}")


@dataclass(frozen=True)
class Scene:
    """Some pictures that belong together."""

    names: tuple[str, ...]
    play: Callable[[Stage], None]
    room: str


SCENES: list[Scene] = []


def scene(*names: str) -> Callable[[Callable[[Stage], None]], Callable[[Stage], None]]:
    """Registers what takes these pictures."""

    def note(play: Callable[[Stage], None]) -> Callable[[Stage], None]:
        SCENES.append(Scene(names, play, play.__module__))
        return play

    return note
