"""The demo's own video server: found or built, started on loopback with a key of its own, stopped again."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.demo.livekit_binary import NoBinary, Say, Workshop, build_binary, find_binary
from portal.gateways.video import LivekitAccount

Phase = Literal["looking", "building", "starting", "ready", "missing", "stopped"]

_HOST = "127.0.0.1"
_START_WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Doors:
    """The ports that the server listens on, and where it tells what happens in its rooms."""

    port: int
    udp_port: int
    webhook: str


class LivekitServer:
    """One livekit-server of this process. `start` returns at once; `phase` and `detail` say how far it is."""

    def __init__(self, doors: Doors, folder: Path, tools: Path = Path(".tools"), say: Say = print) -> None:
        self.account = LivekitAccount(
            url=f"ws://{_HOST}:{doors.port}",
            api_url=f"http://{_HOST}:{doors.port}",
            key="quietroom-demo",
            secret=secrets.token_hex(24),
        )
        self.phase: Phase = "looking"
        self.detail = ""
        self._doors = doors
        self._folder = folder
        self._workshop = Workshop(tools=tools.resolve(), say=say, spawned=self._adopt)
        self._child: subprocess.Popen[str] | None = None
        self._stopping = threading.Event()
        self._settled = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look, build if need be, and start, all in the background; again after a stop, with the same key."""
        self._stopping.clear()
        self._settled.clear()
        self.phase = "looking"
        self._thread = threading.Thread(target=self._run, name="livekit-server", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until the server is ready or is known to be missing; answers whether it is ready."""
        self._settled.wait(seconds)
        return self.phase == "ready"

    def stop(self, *, at_once: bool = False) -> None:
        """End whatever runs, the build included. A first signal alone would wait for those in a room."""
        self._stopping.set()
        child, self._child = self._child, None
        if child is not None:
            for patience in () if at_once else (0.3, 3.0):
                _signal(child, signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    child.wait(patience)
            _signal(child, signal.SIGKILL)
            child.wait()
        if self._thread is not None:
            self._thread.join(10)
        self.phase = "stopped"

    def _adopt(self, child: subprocess.Popen[str]) -> None:
        self._child = child
        if self._stopping.is_set():
            _signal(child, signal.SIGKILL)

    def _run(self) -> None:
        try:
            binary = find_binary(self._workshop.tools)
            if binary is None:
                self.phase = "building"
                self._workshop.say("building the video server, about two minutes, once; all the rest works meanwhile")
                binary = build_binary(self._workshop)
            self._serve(binary)
        except (NoBinary, OSError) as error:
            self._give_up(str(error))
        finally:
            self._settled.set()

    def _serve(self, binary: Path) -> None:
        self.phase = "starting"
        if self._stopping.is_set():
            return
        for port, kind in ((self._doors.port, socket.SOCK_STREAM), (self._doors.udp_port, socket.SOCK_DGRAM)):
            if not _free(port, kind):
                self._give_up(f"no video server: port {port} is in use; choose another with PORT=")
                return
        log = self._folder / "livekit.log"
        with _private_file(json.dumps(self._config())) as config, log.open("w") as out:
            command = [str(binary), "--config", str(config)]
            child = subprocess.Popen(  # noqa: S603 - the command is ours, word for word
                command, stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True
            )
            self._adopt(child)
            ready = self._answers(child)
        if ready:
            self.phase = "ready"
        elif not self._stopping.is_set():
            self._give_up(f"no video server: {binary} did not start; its words are in {log}")

    def _answers(self, child: subprocess.Popen[str]) -> bool:
        until = time.monotonic() + _START_WITHIN
        while time.monotonic() < until and child.poll() is None and not self._stopping.is_set():
            with suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{self.account.api_url}/", timeout=1).close()  # noqa: S310
                return True
            self._stopping.wait(0.1)
        return False

    def _give_up(self, why: str) -> None:
        if self._stopping.is_set():
            return
        self.phase = "missing"
        self.detail = why
        self._workshop.say(why)

    def _config(self) -> dict[str, object]:
        """JSON is YAML; an unknown key would stop the server."""
        return {
            "port": self._doors.port,
            "bind_addresses": [_HOST],
            "keys": {self.account.key: self.account.secret},
            "rtc": {
                "use_external_ip": False,
                "node_ip": _HOST,
                "udp_port": self._doors.udp_port,
                "tcp_port": 0,
                "enable_loopback_candidate": True,
                "interfaces": {"includes": _loopback_names()},
                "stun_servers": [f"{_HOST}:3478"],  # without one, browsers are sent to public ones
                "congestion_control": {"enabled": True, "allow_pause": True},
            },
            "room": {
                "auto_create": False,
                "empty_timeout": 600,
                "departure_timeout": 900,
                "max_participants": 4,
                "enabled_codecs": [
                    {"mime": mime} for mime in ("audio/opus", "audio/red", "video/vp8", "video/h264", "video/rtx")
                ],
            },
            "webhook": {"api_key": self.account.key, "urls": [self._doors.webhook]},
            "logging": {"level": "warn"},
        }


class _private_file:  # noqa: N801
    """A file that nobody else may read, gone when the server has read it."""

    def __init__(self, text: str) -> None:
        handle, name = tempfile.mkstemp(prefix="quietroom-livekit-", suffix=".yaml")
        with os.fdopen(handle, "w") as out:
            out.write(text)
        self._path = Path(name)

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)


def _loopback_names() -> list[str]:
    return [name for _, name in socket.if_nameindex() if name.startswith("lo")]


def _free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def _signal(child: subprocess.Popen[str], number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
