"""The one outline set: beside a word it is silent, alone it carries a label."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Text, given

_PATHS: Final = bundled(__name__, "icons.js")  # icon.jsx imports it
_ICON: Final = bundled(__name__, "icon.jsx")


class _Icon(rx.Component):
    library = _ICON
    tag = "Icon"

    name: rx.Var[str]
    label: rx.Var[str]
    large: rx.Var[bool]


def icon(name: Text, *, label: Text = "", large: bool = False) -> rx.Component:
    """An outline of 1.25 em, or 1.5 rem when `large`; `name` may be a Var."""
    props: dict[str, Any] = {"name": name}
    if given(label):
        props["label"] = label
    if large:
        props["large"] = True
    return _Icon.create(**props)
