"""Pictures of every screen, at 360 and 1280 px, light and dark, into docs/screens/."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from portal.demo.seed import SignIns
from portal.serving import ROOT
from tests.support.browser import ARGUMENTS
from tests.support.practice import Practice
from tools import parts

SCREENS = ROOT / "docs" / "screens"
SIZES = ((1280, 800), (360, 740))
SCHEMES = ("light", "dark")
SETTLED_MS = 1200


@dataclass(frozen=True)
class Screen:
    """One screen: who looks, where, and what they do there before the picture is taken."""

    name: str
    who: str
    path: str
    act: Callable[[Page], None] | None = None
    whole: bool = True


def _choose_a_time(page: Page) -> None:
    page.locator("main button[aria-pressed]").first.click()
    page.wait_for_url("**/checkout/**")


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name).first.click(timeout=20_000)


def _follow(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("link", name=name).first.click(timeout=20_000)


SCREENS_TO_TAKE = (
    Screen("home", "", "/"),
    Screen("help", "", "/help/"),
    Screen("book", "", "/book/?clinician=tomas-herrera"),
    Screen("checkout-account", "", "/book/?clinician=tomas-herrera", _choose_a_time),
    Screen("checkout-review", "patient", "/book/?clinician=priya-raman", _choose_a_time),
    Screen("sign-in", "", "/sign-in/"),
    Screen("reset", "", "/reset/"),
    Screen("not-found", "", "/nothing-here/"),
    Screen("patient-home", "patient", "/home/"),
    Screen("patient-visits", "patient", "/visits/"),
    Screen("patient-visit", "patient", "/home/", _follow("Move or cancel|Cancel")),
    Screen("patient-papers", "patient", "/papers/"),
    Screen("patient-account", "patient", "/me/"),
    Screen("patient-intake", "patient", "/home/", _follow("Start")),
    Screen("patient-room", "patient", "/home/", _follow("Go to the waiting room"), whole=False),
    Screen("day", "therapist", "/day/"),
    Screen("day-visit", "therapist", "/day/", _press("Open visit")),
    Screen("practice", "owner", "/practice/"),
    Screen("practice-services", "owner", "/practice/services/"),
    Screen("practice-clinicians", "owner", "/practice/clinicians/"),
    Screen("practice-clinician", "owner", "/practice/clinicians/", _press("Open Dr Miriam Okafor")),
    Screen("practice-money", "owner", "/practice/money/"),
    Screen("practice-audit", "owner", "/practice/audit/"),
)


def main() -> None:
    """Take every picture that is named, or all."""
    wanted = [screen for screen in SCREENS_TO_TAKE if not sys.argv[1:] or screen.name in sys.argv[1:]]
    SCREENS.mkdir(parents=True, exist_ok=True)
    binary = parts.chromium()
    with _practice() as (practice, sign_ins), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=list(ARGUMENTS))
        for scheme in SCHEMES:
            for size in SIZES:
                for screen in wanted:
                    print(f"{screen.name} {size[0]} {scheme}", flush=True)
                    _take(browser, practice.url, sign_ins, (screen, scheme, size))
        browser.close()


@contextmanager
def _practice() -> Iterator[tuple[Practice, SignIns]]:
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(Path(folder) / "practice")
        try:
            yield practice, practice.start()
        finally:
            practice.stop()


def _take(browser: Browser, url: str, sign_ins: SignIns, what: tuple[Screen, str, tuple[int, int]]) -> None:
    screen, scheme, (width, height) = what
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(20_000)
    try:
        if screen.who:
            _sign_in(page, url, getattr(sign_ins, screen.who), sign_ins.password)
        page.goto(url + screen.path)
        page.wait_for_timeout(SETTLED_MS)
        if screen.act is not None:
            screen.act(page)
            page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=SCREENS / f"{screen.name}-{width}-{scheme}.png", full_page=screen.whole)
    finally:
        context.close()


def _sign_in(page: Page, url: str, email: str, password: str) -> None:
    answer = page.context.request.post(
        f"{url}/api/sign-in",
        data={"email": email, "password": password},
        headers={"X-Quietroom": "1", "Origin": url, "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.ok, answer.text()


if __name__ == "__main__":
    main()
