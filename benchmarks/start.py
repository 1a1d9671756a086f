"""How long a built practice needs from its command to its first answered page."""

from __future__ import annotations

import statistics
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.figures import Reference, tell
from portal.serving import build
from portal.settings import Settings
from tests.support import served
from tests.support.served import ServedApp

LIMIT_SECONDS = 4.0
PORT = served.PORT + 20
TIMES = 5


def run(*_: str) -> None:
    """A fresh process each time, on a migrated database; the front end is built before."""
    build(Settings(_env_file=None, port=PORT), lambda _: None)
    with tempfile.TemporaryDirectory() as folder:
        app = ServedApp(Path(folder), PORT)
        app.portal("migrate")
        taken = [_start(app) for _ in range(TIMES)]
    tell("cold_start", statistics.median(taken), "s", Reference("the limit that was set", LIMIT_SECONDS), starts=TIMES)


def _start(app: ServedApp) -> float:
    started = time.perf_counter()
    app.start()
    with urllib.request.urlopen(f"{app.url}/", timeout=5) as answer:
        assert b"<html" in answer.read()
    seconds = time.perf_counter() - started
    app.stop()
    return seconds
