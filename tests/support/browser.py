"""A Chromium for one test: contexts that keep apart, and everything that a page complained of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.patience import MILLISECONDS

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)


class Visitor:
    """One person's browser: its context, its first page, and what went wrong in any page of it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.violations: list[str] = []
        self.errors: list[str] = []
        self.requests: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", lambda request: self.requests.append(request.url))
        self.page: Page = context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Permissions policy" in message.text:
            self.violations.append(message.text)
        elif message.type == "error":
            self.errors.append(message.text)


class Chromium:
    """A started browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @classmethod
    @contextmanager
    def started(cls, binary: Path | None) -> Iterator[Chromium]:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=binary, args=list(ARGUMENTS))
            yield cls(browser)
            browser.close()

    def visitor(self, **options: Any) -> Visitor:
        """A context of its own: a private window. Options go to Playwright's `new_context`."""
        context = self.browser.new_context(**options)
        context.set_default_timeout(MILLISECONDS)
        return Visitor(context)
