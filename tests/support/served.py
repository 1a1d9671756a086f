"""The built application as it is served, in a process of its own that tests may kill and start again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from portal.settings import Settings
from portal.storage.keys import load_keyring
from portal.storage.work import Database

ROOT = Path(__file__).resolve().parents[2]
PORT = int(os.environ.get("SERVED_PORT", "3900"))
"""All tests serve on one port, one after the other: the front end's build is keyed by it. With SERVED_PORT a second run
goes beside the first."""


class ServedApp:
    """`portal serve` on loopback, with a data folder and further variables of its own."""

    def __init__(self, folder: Path, port: int = PORT, **variables: str) -> None:
        self.url = f"http://localhost:{port}"
        self.port = port
        self.data_dir = folder / "data"
        self.log = folder / "server.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("REFLEX_")},
            "PORT": str(port),
            "DATA_DIR": str(self.data_dir),
            "DEMO": "",
            **variables,
        }
        self._child: subprocess.Popen[bytes] | None = None

    def portal(self, *words: str) -> str:
        """Runs a verb of the command line to its end."""
        command = [sys.executable, "-m", "portal.cli", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def settings(self) -> Settings:
        """What the server reads from its environment."""
        known = {name.lower(): value for name, value in self.environment.items()}
        return Settings(_env_file=None, **{name: known[name] for name in Settings.model_fields if known.get(name)})  # pyright: ignore[reportArgumentType, reportCallIssue]

    def open_database(self) -> Database:
        """The same database from here; close it."""
        return Database(self.settings.database, load_keyring(self.settings.keys_at))

    def start(self, *verb: str) -> None:
        """Starts and returns when the server answers."""
        self._start("portal.cli", *(verb or ("serve",)))

    def start_beside_parts(self) -> None:
        """The same with the outside world on loopback, which `portal serve` refuses: as `portal demo` starts it."""
        self.portal("migrate")
        self.portal("build")
        self._start("portal.serving")

    def _start(self, module: str, *words: str) -> None:
        with self.log.open("ab") as out:
            self._child = subprocess.Popen(
                [sys.executable, "-m", module, *words],
                cwd=ROOT,
                env=self.environment,
                stdout=out,
                stderr=out,
                stdin=subprocess.PIPE,
            )
        assert self._child.stdin
        self._child.stdin.write(b"serve\n")
        self._child.stdin.close()
        until = time.monotonic() + 240
        while time.monotonic() < until:
            assert self._child.poll() is None, self.log.read_text()
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(self.log.read_text())

    def kill(self) -> None:
        """Ends it without a chance to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ends it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.send_signal(how)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
