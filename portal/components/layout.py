"""Room between things: space first, a line second, a box last."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from portal.components.base import Text
from portal.components.words import small, title

Gap = Literal["tight", "row", "block", "section"]
_GAPS = {"tight": "stack tight", "row": "stack mid", "block": "stack", "section": "stack far"}


def _with(base: str, children: tuple[Any, ...], props: dict[str, Any]) -> rx.Component:
    return rx.el.div(*children, class_name=f"{base} {props.pop('class_name', '')}".strip(), **props)


def stack(*children: Any, gap: Gap = "block", **props: Any) -> rx.Component:
    """Things under each other."""
    return _with(_GAPS[gap], children, props)


def row(*children: Any, **props: Any) -> rx.Component:
    """Things beside each other; they wrap where there is no room."""
    return _with("row", children, props)


def split(*children: Any, **props: Any) -> rx.Component:
    """Two things, one at each end."""
    return _with("split", children, props)


def two(left: Any, right: Any, *, kind: Literal["", "even", "side"] = "", **props: Any) -> rx.Component:
    """Two columns from 46 rem: wide and narrow, `even`, or a narrow `side` first."""
    return _with(f"two {kind}".strip(), (left, right), props)


def desk(main: Any, side: Any, *, half: bool = False, **props: Any) -> rx.Component:
    """A therapist's page from 62 rem: the work and a side panel of 19 rem, or two halves."""
    return _with("desk half" if half else "desk", (main, side), props)


def chapter(heading: Text, *children: Any, aside: Any = None, **props: Any) -> rx.Component:
    """A section with its heading (h2), and a small word at the other end of the line."""
    head = title(heading) if aside is None else split(title(heading), small(aside))
    return rx.el.section(head, *children, class_name=f"stack mid {props.pop('class_name', '')}".strip(), **props)


def end(*actions: Any, **props: Any) -> rx.Component:
    """The line of buttons that closes a step."""
    return _with("end", actions, props)


def rule() -> rx.Component:
    """A line between things."""
    return rx.el.hr(class_name="border-0 border-t border-line w-full")
