"""Pages that are looked at as they open, in the room to which each belongs."""

from __future__ import annotations

from benchmarks.shots import patient, public, staff
from benchmarks.shots.scenes import Scene, Stage

# Name, role, path, and what is there once the page is complete.
_PAGES = {
    public.__name__: (
        ("home", "", "/", ".people .slot"),
        ("help", "", "/help/", "main h1"),
        ("book", "", "/book/?clinician=tomas-herrera", "main .slot"),
        ("book-nobody", "", "/book/?clinician=somebody-else", "text=Nobody by this name"),
        ("sign-in", "", "/sign-in/", "input[name=password]"),
        ("reset", "", "/reset/", "input[name=email]"),
        ("reset-new", "", "/reset/new/#not-a-real-link", "input[name=password]"),
        ("not-found", "", "/nothing-here/", "main h1"),
    ),
    patient.__name__: (
        ("patient-home", "patient", "/home/", "main .lit, main h2"),
        ("patient-visits", "patient", "/visits/", "main h2"),
        ("patient-papers", "patient", "/papers/", "main h2"),
        ("patient-account", "patient", "/me/", "main h1"),
        (
            "patient-visit-unknown",
            "patient",
            "/visits/detail/?id=000000000000000000000000",
            "text=There is no such visit",
        ),
    ),
    staff.__name__: (
        ("day", "therapist", "/day/", "main h1"),
        ("day-visit-unknown", "therapist", "/day/visit/?id=000000000000000000000000", "text=There is no such visit"),
        ("practice", "owner", "/practice/", "main form"),
        ("practice-services", "owner", "/practice/services/", "main li, main table"),
        ("practice-clinicians", "owner", "/practice/clinicians/", "main li"),
        ("practice-money", "owner", "/practice/money/", "main table"),
        ("practice-audit", "owner", "/practice/audit/", "main table"),
    ),
}


def scenes() -> list[Scene]:
    """One for each of the pages."""
    return [_scene(room, *page) for room, pages in _PAGES.items() for page in pages]


def _scene(room: str, name: str, role: str, path: str, ready: str) -> Scene:
    def play(stage: Stage) -> None:
        page = stage.known(role, path) if role else stage.guest(path)
        page.locator(ready).first.wait_for()
        stage.take(page, name)

    return Scene((name,), play, room)
