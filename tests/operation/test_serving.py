"""The build's key, the lock on the data folder, the port, and Reflex's internal switches."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal import serving
from portal.settings import Settings


def here(**changes: object) -> Settings:
    return Settings(_env_file=None, **changes)  # pyright: ignore[reportArgumentType, reportCallIssue]


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A copy of the sources that a test may change."""
    for name in ("portal", "assets", "reflex.lock"):
        shutil.copytree(serving.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "external"))
    for name in ("rxconfig.py", "uv.lock"):
        shutil.copy(serving.ROOT / name, tmp_path / name)
    monkeypatch.setattr(serving, "ROOT", tmp_path)
    monkeypatch.setattr(serving, "_LOCKS", tmp_path / "reflex.lock")
    monkeypatch.setattr(serving, "_BUILDS", tmp_path / ".built")
    return tmp_path


def test_a_build_is_kept_for_its_sources_and_port(house):
    first = serving.built_folder(here(port=3000))
    assert serving.built_folder(here(port=3000)) == first
    assert serving.built_folder(here(port=8080)) != first
    assert serving.built_folder(here(port=3000, public_url="https://quiet.example")) == first


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("portal/portal.py", True),
        ("portal/components/new.jsx", True),
        ("assets/tokens.css", True),
        ("reflex.lock/package-lock.json", True),
        ("portal/gateways/mail.py", False),
        ("portal/demo/new.py", False),
        ("assets/external/portal/texts/texts.js", False),
    ],
)
def test_what_ends_up_in_the_bundle_asks_for_a_new_build(house, name, matters):
    before = serving.built_folder(here())
    changed = house / name
    changed.parent.mkdir(parents=True, exist_ok=True)
    with changed.open("a") as file:
        file.write("\n/* more */\n")
    assert (serving.built_folder(here()) != before) is matters


def test_inline_scripts_are_hashed_and_others_are_not(tmp_path, monkeypatch):
    pages = tmp_path / "build" / "client" / "book"
    pages.mkdir(parents=True)
    (pages / "index.html").write_text(
        '<script>alert(1)</script><script src="/a.js"></script><script type="x">2</script>'
    )
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path))
    assert serving.inline_script_hashes() == {"/book/": tuple(sorted(map(source_hash, (b"alert(1)", b"2"))))}


def source_hash(script: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode()


def test_only_one_server_holds_a_data_folder(tmp_path):
    one = here(data_dir=tmp_path)
    with serving.only_one(one):
        code = (
            "from portal import serving; from portal.settings import Settings\n"
            "try:\n"
            f"    with serving.only_one(Settings(_env_file=None, data_dir={str(tmp_path)!r})): pass\n"
            "except serving.Busy as busy: print(busy)"
        )
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert f"process {os.getpid()}" in said
    assert str(tmp_path) in said
    with serving.only_one(one):
        pass


def test_a_port_in_use_is_named_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serving.Busy, match=f"Port {port}.*PORT=8080"):
            serving.refuse_taken_port(port)


def test_the_port_that_is_proposed_is_not_the_one_in_use():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # somebody has it already: all the same
            other.bind(("127.0.0.1", 8080))
            other.listen()
        with pytest.raises(serving.Busy, match=r"Port 8080.*PORT=9080"):
            serving.refuse_taken_port(8080)


def test_the_internal_switches_of_the_pinned_reflex_are_still_there():
    code = (
        "from pathlib import Path\n"
        "from portal import serving\n"
        "from reflex_base.environment import environment\n"
        "from reflex.utils.prerequisites import get_web_dir\n"
        "from reflex.utils.exec import is_prod_mode\n"
        "serving.switch_to_built(Path('/built'))\n"
        "assert environment.REFLEX_SKIP_COMPILE.get() is True\n"
        "assert environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.get() is True\n"
        "assert is_prod_mode()\n"
        "assert get_web_dir() == Path('/built')\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(serving.ROOT), check=True)
