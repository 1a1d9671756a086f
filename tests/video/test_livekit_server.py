"""The demo's video server: where it comes from, how it starts and stops, what it says when it cannot."""

from __future__ import annotations

import socket
import stat
import sys
from pathlib import Path

import pytest

from portal.demo import livekit_binary
from portal.demo.livekit_binary import NoBinary, Workshop, build_binary, find_binary
from portal.demo.livekit_server import Doors, LivekitServer
from tests.support.patience import SECONDS


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with nothing on it."""
    monkeypatch.delenv("LIVEKIT_SERVER_BIN", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def test_the_named_binary_comes_first(bare, monkeypatch):
    named = script(bare / "elsewhere" / "lk", "")
    script(bare / "bin" / "livekit-server", "")
    script(bare / "tools" / "livekit-server", "")
    monkeypatch.setenv("LIVEKIT_SERVER_BIN", str(named))
    assert find_binary(bare / "tools") == named


def test_then_path_then_the_tools_folder(bare):
    tools = script(bare / "tools" / "livekit-server", "")
    assert find_binary(bare / "tools") == tools
    on_path = script(bare / "bin" / "livekit-server", "")
    assert find_binary(bare / "tools") == on_path


def test_a_named_binary_that_is_not_there_is_not_replaced_in_silence(bare, monkeypatch):
    script(bare / "tools" / "livekit-server", "")
    monkeypatch.setenv("LIVEKIT_SERVER_BIN", str(bare / "nothing"))
    assert find_binary(bare / "tools") is None


GO = """
import os, pathlib, sys
if sys.argv[1] == "version":
    print("go version go1.26.8 linux/amd64")
else:
    for number in range(200):
        print(f"some/package/{number}", file=sys.stderr)
    pathlib.Path(os.environ["GOBIN"], "server").write_text("binary")
"""


def test_it_is_built_with_go_and_says_how_far_it_is(bare):
    script(bare / "bin" / "go", GO)
    said: list[str] = []
    built = build_binary(Workshop(bare / "tools", said.append, lambda _: None))
    assert built == bare / "tools" / "livekit-server"
    assert built.read_text() == "binary"
    assert [entry.name for entry in (bare / "tools").iterdir() if entry.is_dir()] == []
    assert any("%" in line for line in said)


def test_what_is_missing_is_said_in_one_line(bare, monkeypatch):
    script(bare / "bin" / "go", 'print("go version go1.19.8 linux/amd64")')
    monkeypatch.setattr(livekit_binary, "_installers", lambda _: [[sys.executable, "-c", "raise SystemExit(1)"]])
    with pytest.raises(NoBinary) as caught:
        build_binary(Workshop(bare / "tools", lambda _: None, lambda _: None))
    assert "Go 1.26" in str(caught.value)
    assert "LIVEKIT_SERVER_BIN" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_failed_build_names_its_last_words(bare):
    fails = GO.replace("pathlib.Path(os.environ", "sys.exit('no space left on device'); (os.environ")
    script(bare / "bin" / "go", fails)
    server = LivekitServer(Doors(23990, 23991, "http://127.0.0.1:1"), bare, bare / "tools", say=lambda _: None)
    server.start()
    assert not server.wait(SECONDS)
    assert server.phase == "missing"
    assert "no space left on device" in server.detail


@pytest.mark.livekit
def test_it_starts_again_with_the_same_key_and_leaves_nothing(livekit, tmp_path):
    key = livekit.account.secret
    livekit.stop(at_once=True)
    assert livekit.phase == "stopped"
    livekit.start()
    assert livekit.wait(SECONDS), livekit.detail
    assert livekit.account.secret == key


@pytest.mark.livekit
def test_a_taken_port_is_named(livekit, tmp_path):
    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        tools = livekit._workshop.tools
        server = LivekitServer(Doors(port, 23992, "http://127.0.0.1:1"), tmp_path, tools, say=said.append)
        server.start()
        assert not server.wait(SECONDS)
    assert f"port {port} is in use" in server.detail
    assert said == [server.detail]


@pytest.mark.livekit
def test_the_key_lies_in_no_readable_file(livekit, tmp_path):
    seen: list[int] = []
    from portal.demo import livekit_server

    class Watched(livekit_server._private_file):
        def __enter__(self) -> Path:
            path = super().__enter__()
            seen.append(stat.S_IMODE(path.stat().st_mode))
            self.path = path
            return path

    keep = livekit_server._private_file
    livekit_server._private_file = Watched
    try:
        livekit.stop()
        livekit.start()
        assert livekit.wait(SECONDS)
    finally:
        livekit_server._private_file = keep
    assert seen == [0o600]
    assert livekit.account.secret not in (livekit._folder / "livekit.log").read_text()
