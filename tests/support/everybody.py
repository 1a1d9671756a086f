"""What a page owes everybody: nothing for axe to find, no sideways scrolling, a keyboard that reaches all of it."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.patience import MILLISECONDS

SLOW = MILLISECONDS
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]

_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  if (one === document.body) return null;  // nothing has it, and the text of the body is that of every button
  const words = one.getAttribute("aria-label") || one.innerText || one.name || "";
  const within = !one.matches(":focus") && /^(date|time)$/.test(one.type); // the ring is around the field's own little button
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { words: `${one.className} ${words}`, seen: within || ring };
}"""


def reads(page: Page, heading: str | re.Pattern[str]) -> None:
    """The page has this heading, and no other of the first level."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=SLOW)
    expect(page.locator("h1:visible")).to_have_count(1)


def is_for_everybody(page: Page, heading: str | re.Pattern[str]) -> None:
    """It reads so, axe finds nothing, and it is no wider than the screen."""
    reads(page, heading)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def tab_to(page: Page, words: str, *, most: int = 60, back: bool = False) -> None:
    """Tab until what has the focus says these words; every stop on the way shows that it has the focus."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        focus = page.evaluate(_FOCUS)
        if focus is None:
            continue
        assert focus["seen"], focus
        if words in focus["words"]:
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")
