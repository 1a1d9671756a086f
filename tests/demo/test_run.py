"""`portal demo`: one command up, one key down."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.demo.plan import DemoPlan, Video, demo_environment
from portal.settings import Settings
from tests.support.patience import SECONDS
from tests.support.ports import free_port
from tests.support.served import PORT, ROOT

pytestmark = pytest.mark.timeout(400)
PLAN = DemoPlan(8080, Path("/demo"), "sk_test_demo1", "whsec_demo1")


def test_nothing_of_a_real_practice_reaches_the_demo(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "of-a-real-practice")
    monkeypatch.delenv("LOG_LEVEL")
    environment = demo_environment(PLAN, Video("ws://localhost:8083", "http://localhost:8083", "k", "s"))
    assert "of-a-real-practice" not in environment.values()


def test_its_parts_stand_beside_its_port():
    environment = demo_environment(PLAN, Video("ws://localhost:8083", "http://localhost:8083", "k", "s"))
    assert environment["STRIPE_API_BASE"] == "http://localhost:8081"
    assert environment["SMTP_PORT"] == "8082"
    assert environment["DEMO"] == "true"


def environment_of(folder: Path, port: int) -> dict[str, str]:
    return os.environ | {"PORT": str(port), "DATA_DIR": str(folder)}


def portal(verb: str, folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal.cli", verb],
        cwd=ROOT,
        env=environment_of(folder, port),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize("beside", [0, 1, 2])
def test_a_port_in_use_is_named_with_what_to_do(tmp_path, beside):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = portal("demo", tmp_path, port - beside)
    assert done.returncode == 1
    assert f"Port {port}" in done.stdout
    assert "PORT=8080" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_folder_that_the_demo_did_not_make_is_never_emptied(tmp_path):
    (tmp_path / "quietroom.sqlite3").write_text("a real practice")
    done = portal("seed", tmp_path, free_port())
    assert done.returncode != 0
    assert (tmp_path / "quietroom.sqlite3").read_text() == "a real practice"


@pytest.mark.parametrize("seconds", [0.8, 2.5, 5])
def test_it_can_be_stopped_on_the_way_up(tmp_path, seconds):
    child = subprocess.Popen(
        [sys.executable, "-m", "portal.cli", "demo"],
        cwd=ROOT,
        env=environment_of(tmp_path, PORT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    time.sleep(seconds)
    child.send_signal(signal.SIGINT)
    said, _ = child.communicate(timeout=SECONDS)
    assert "Traceback" not in said or seconds < 1  # before it listens, Python itself answers
    assert not any(listening(PORT + beside) for beside in range(4))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo, once it is ready, and what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "portal.cli", "demo"],
        cwd=ROOT,
        env=environment_of(folder, PORT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = ""
    assert child.stdout
    for line in child.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    yield child, said
    child.kill()
    child.wait()


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class TestTheFirstTime:
    def test_it_says_that_it_is_ready_where_and_for_whom_and_one_key_ends_it_all(self, demo):
        child, said = demo
        assert re.search(r"^ready in \d+ s$", said, re.MULTILINE), said
        assert f"http://localhost:{PORT}/" in said
        for who in ("patient", "therapist", "owner", "private window"):
            assert who in said
        assert all(listening(PORT + beside) for beside in (0, 1, 2))
        started = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.wait(SECONDS) == 0
        assert time.monotonic() - started < 15
        assert not any(listening(PORT + beside) for beside in range(4))


class TestTheSecondTime:
    def test_it_is_there_soon(self, demo):
        child, said = demo
        seconds = re.search(r"^ready in (\d+) s$", said, re.MULTILINE)
        assert seconds, said
        assert int(seconds[1]) <= 10
        child.send_signal(signal.SIGTERM)
        assert child.wait(SECONDS) == 0
