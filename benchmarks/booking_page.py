"""What the booking page weighs, and when it is of use on a slow phone, beside a bare Reflex page in the same run."""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.bare import bare_page
from benchmarks.figures import Reference, tell
from tests.support import served
from tests.support.browser import ARGUMENTS
from tests.support.practice import Practice
from tools import parts

BARE_PORT = served.PORT + 30
TIMES = 5
# A slow phone: 1.6 Mbit/s, 150 ms, a quarter of this machine's speed.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOW_CPU = {"rate": 4}


def run(*figures: str) -> None:
    """Both pages, one after the other: `booking_page_weight`, `booking_page_usable`."""
    binary = parts.chromium()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        practice = Practice(Path(folder) / "practice")
        try:
            with contextlib.redirect_stdout(sys.stderr):  # only figures stand on the output
                practice.start()
            with bare_page(Path(folder) / "app", BARE_PORT) as bare:
                browser = driver.chromium.launch(executable_path=binary, args=list(ARGUMENTS))
                pages = f"{practice.url}/book/?clinician=priya-raman", bare
                if "booking_page_weight" in figures:
                    _weigh(browser, *pages)
                if "booking_page_usable" in figures:
                    _time(browser, *pages)
                browser.close()
        finally:
            practice.stop()


def _weigh(browser: Browser, booking: str, bare: str) -> None:
    weight, bare_weight = _weight(browser, booking, _times_are_there), _weight(browser, bare, _button_works)
    tell("booking_page_weight", weight / 1000, "kB", Reference("a bare Reflex page", bare_weight / 1000), limit=1.4)


def _time(browser: Browser, booking: str, bare: str) -> None:
    """In turn, several times each: what else the machine does then meets both."""
    taken, bare_taken = [], []
    for _ in range(TIMES):
        taken.append(_usable(browser, booking, _times_are_there))
        bare_taken.append(_usable(browser, bare, _button_works))
    reference = Reference("a bare Reflex page", statistics.median(bare_taken))
    tell("booking_page_usable", statistics.median(taken), "s", reference, limit=1.3)


def _weight(browser: Browser, address: str, ready: Callable[[Page], None]) -> float:
    """Bytes over the wire until the page has everything, heads of answers included."""
    page, cdp = _fresh(browser)
    received: list[float] = []
    cdp.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address)
    ready(page)
    page.wait_for_load_state("networkidle")
    page.context.close()
    return sum(received)


def _usable(browser: Browser, address: str, ready: Callable[[Page], None]) -> float:
    page, cdp = _fresh(browser)
    cdp.send("Network.emulateNetworkConditions", SLOW_LINE)
    cdp.send("Emulation.setCPUThrottlingRate", SLOW_CPU)
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    ready(page)
    seconds = time.perf_counter() - started
    page.context.close()
    return seconds


def _fresh(browser: Browser) -> tuple[Page, CDPSession]:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page, cdp


def _times_are_there(page: Page) -> None:
    page.locator("main button[aria-pressed]").first.wait_for(timeout=60_000)


def _button_works(page: Page) -> None:
    """Pressed again and again, as people do: before the script is there, a prerendered button does nothing."""
    page.get_by_role("button", name="Pressed").wait_for(timeout=60_000)
    page.evaluate(_PRESS_UNTIL_IT_ANSWERS)


_PRESS_UNTIL_IT_ANSWERS = """() => new Promise((answered) => {
  const button = document.querySelector("main button");
  const pressing = setInterval(() => {
    if (/[1-9]/.test(button.textContent)) { clearInterval(pressing); answered(); } else button.click();
  }, 50);
})"""
