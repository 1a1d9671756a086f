"""The processes that the demo starts: each in a session of its own, all of them ended with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portal.serving import ROOT

_PATIENCE = 6.0


class Broken(Exception):
    """A part did not start or fell over; the message says which, and where its words are."""


@dataclass(frozen=True)
class Child:
    """A started process and the file that holds what it says."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def tell(self, words: str) -> None:
        """Writes a line to it."""
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.write(f"{words}\n".encode())
                self.process.stdin.close()

    @property
    def is_over(self) -> bool:
        """Whether it has ended, wanted or not."""
        return self.process.poll() is not None


class Children:
    """Starts Python modules of ours, waits for them, ends them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all: list[Child] = []

    def start(self, name: str, module: str, *words: str, env: dict[str, str]) -> Child:
        """Starts `python -m module words…`; what it says goes to `<folder>/<name>.log`."""
        log = self._folder / f"{name}.log"
        with log.open("wb") as out:
            log.chmod(0o600)
            process = subprocess.Popen(  # noqa: S603 - our own modules
                [sys.executable, "-m", module, *words],
                cwd=ROOT,
                env=env,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        child = Child(name, process, log)
        self._all.append(child)
        return child

    def wait_for(self, child: Child, address: str, seconds: float = 60) -> None:
        """Returns when `address` answers. Raises Broken when the process ends first, or takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if child.is_over:
                raise Broken(f"{child.name} did not start. Its last words, from {child.log}:\n{_tail(child.log)}")
            with suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - loopback
                return
            time.sleep(0.05)
        raise Broken(f"{child.name} does not answer at {address}. Its words are in {child.log}")

    def fallen(self) -> Child | None:
        """A child that ended though nobody asked it to."""
        return next((child for child in self._all if child.is_over), None)

    def stop(self, only: Child | None = None) -> None:
        """Ends the newest first, or one alone; a second signal for those who do not listen."""
        for child in [only] if only else list(reversed(self._all)):
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(child.process.pid, number)
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(_PATIENCE)
                    break
            self._all.remove(child)


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
