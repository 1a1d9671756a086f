"""The door mark, the drawings (public home, empty states) and the faces."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Text

_MARKS: Final = bundled(__name__, "marks.jsx")
_SCENE: Final = bundled(__name__, "scene.jsx")

FACES: Final = ("miriam", "tomas", "ingrid", "priya", "rosa", "person")
"""Drawn portraits under `assets/faces/`."""


class _DoorMark(rx.Component):
    library = _MARKS
    tag = "DoorMark"


class _ChairInLight(rx.Component):
    library = _MARKS
    tag = "ChairInLight"


class _Scene(rx.Component):
    library = _SCENE
    tag = "Scene"

    label: rx.Var[str]


def door_mark() -> rx.Component:
    """A door a little open, light on the floor."""
    return _DoorMark.create()


def chair_in_light() -> rx.Component:
    """A chair waiting where the window throws its light: for what is empty."""
    return _ChairInLight.create()


def scene(label: Text) -> rx.Component:
    """Two armchairs and a small table in the light of a window: for the public home."""
    return _Scene.create(label=label)


def portrait(key: Text, *, size: str = "m", label: Text = "", **props: Any) -> rx.Component:
    """A drawn face, square: `l` 104 px, `m` 64, `s` 48, `xs` 36. Silent unless it has a label; `key` may be a Var."""
    known = rx.cond(key == "", "person", key) if isinstance(key, rx.Var) else key or "person"
    attrs = {"data-size": size, "width": "96", "height": "96"}
    return rx.el.img(src=f"/faces/{known}.svg", alt=label, class_name="face", custom_attrs=attrs, **props)
