"""How long a test waits for what is sure to come. No limit here says how fast something is: a busy machine gets its time.

Where a test does promise a speed, it has a limit of its own and says why.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page, expect

T = TypeVar("T")

SECONDS = 60.0
MILLISECONDS = SECONDS * 1000  # what Playwright counts in
BETWEEN = 0.05

expect.set_options(timeout=MILLISECONDS)


def until(
    come: Callable[[], T],
    seconds: float = SECONDS,
    *,
    page: Page | None = None,
    found: Callable[[], object] = str,
) -> T:
    """The answer, once it is true: for what another thread or process does and tells nobody.

    With a page in hand the page goes on between two questions; `found` says what there is instead, should it not come.
    """
    end = time.monotonic() + seconds
    while not (answer := come()):
        assert time.monotonic() < end, found()
        if page is None:
            time.sleep(BETWEEN)
        else:
            page.wait_for_timeout(BETWEEN * 1000)
    return answer
