"""Takes a page as it stands: wide and narrow, light and dark, and looks whether everybody can use it.

Pictures are kept as WebP, which Chromium itself encodes: text stays sharp and a page takes some 40 kB, a tenth of its
PNG. What lies far down a very long page is cut off.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SIZES = ((1280, 800), (360, 740))
NARROWEST = 320
SCHEMES = ("light", "dark")
_SHORTEST, _LONGEST = 640, 2000
_QUALITY = 0.7
_ENCODE = """async ([png, quality]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}"""
_PAINT = """scheme => {
  const page = document.documentElement;
  page.classList.remove("light", "dark");
  page.classList.add(scheme);
  page.style.colorScheme = scheme;
}"""
_STILL = """async () => {
  await document.fonts.ready;
  const ends = document.getAnimations().map(one => one.finished.catch(() => null));
  await Promise.race([Promise.all(ends), new Promise(next => setTimeout(next, 800))]);
  await new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)));
}"""
_COMPLETE = "() => ![...document.querySelectorAll('.sk')].some(one => one.checkVisibility())"


@dataclass
class Camera:
    """`raw` keeps the PNGs as well; `axe` looks at each picture's page with axe-core, too."""

    browser: Browser
    folder: Path
    raw: Path | None = None
    axe: bool = False
    problems: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    bytes: int = 0

    def __post_init__(self) -> None:
        self._darkroom = self.browser.new_context().new_page()
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.raw is not None:
            self.raw.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str, *, whole: bool = True, waits: bool = True) -> None:
        """Every picture of the page as it stands; afterwards it is wide and light again."""
        if waits:
            page.wait_for_function(_COMPLETE, timeout=20_000)
        page.evaluate("() => scrollTo(0, 0)")
        for width, height in SIZES:
            for scheme in SCHEMES:
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate(_PAINT, scheme)
                page.evaluate(_STILL)
                self._keep(page, f"{name}-{width}-{scheme}", whole=whole)
                if self.axe:
                    self._check(page, f"{name}-{width}-{scheme}")
        page.set_viewport_size({"width": NARROWEST, "height": 640})
        page.evaluate(_STILL)
        self._fits(page, name)
        page.evaluate(_PAINT, SCHEMES[0])
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        self.taken.add(name)

    def _keep(self, page: Page, name: str, *, whole: bool) -> None:
        if whole:
            # The window grows to its page, so that what sticks to its foot is at the foot of the picture, too.
            width, high = page.evaluate("() => [innerWidth, document.documentElement.scrollHeight]")
            page.set_viewport_size({"width": width, "height": min(max(high, _SHORTEST), _LONGEST)})
        png = page.screenshot()
        if self.raw is not None:
            (self.raw / f"{name}.png").write_bytes(png)
        webp = base64.b64decode(self._darkroom.evaluate(_ENCODE, [base64.b64encode(png).decode(), _QUALITY]))
        (self.folder / f"{name}.webp").write_bytes(webp)
        self.bytes += len(webp)

    def _check(self, page: Page, name: str) -> None:
        for one in Axe().run(page).response["violations"]:
            where = "; ".join(node["html"][:120] for node in one["nodes"][:3])
            self.problems.append(f"{name}: axe {one['id']}: {where}")

    def _fits(self, page: Page, name: str) -> None:
        if not page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"):
            self.problems.append(f"{name}: wider than {NARROWEST} px")
