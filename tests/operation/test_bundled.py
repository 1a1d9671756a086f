"""Files that go into the bundle are linked to where its build finds them."""

from __future__ import annotations

import sys
import types

import pytest

from portal import bundled as subject


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A module with a script beside it, and a place for links."""
    module = types.ModuleType("house.room")
    module.__file__ = str(tmp_path / "house" / "room.py")
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "door.jsx").write_text("export const Door = () => null;")
    monkeypatch.setitem(sys.modules, "house.room", module)
    monkeypatch.setattr(subject, "_EXTERNAL", tmp_path / "external")
    return tmp_path


def test_a_file_is_linked_under_its_modules_name(beside):
    assert subject.bundled("house.room", "door.jsx") == "$/public/external/house/room/door.jsx"
    link = beside / "external" / "house" / "room" / "door.jsx"
    assert link.readlink() == beside / "house" / "door.jsx"


def test_a_right_link_is_left_alone_and_a_wrong_one_replaced(beside):
    subject.bundled("house.room", "door.jsx")
    link = beside / "external" / "house" / "room" / "door.jsx"
    before = link.lstat().st_mtime_ns
    subject.bundled("house.room", "door.jsx")
    assert link.lstat().st_mtime_ns == before
    link.unlink()
    link.symlink_to("/elsewhere")
    subject.bundled("house.room", "door.jsx")
    assert link.readlink() == beside / "house" / "door.jsx"


def test_a_file_that_is_not_there_is_named(beside):
    with pytest.raises(FileNotFoundError, match=r"window\.jsx"):
        subject.bundled("house.room", "window.jsx")
