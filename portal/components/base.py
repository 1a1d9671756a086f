"""What every part shares: the names of its arguments, and small decisions about values that may be Vars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import reflex as rx

from portal.texts import Rich

Text: TypeAlias = "str | rx.Var[Any]"
"""Words for people: `t("…")`, or a string that a State formatted."""

Deed: TypeAlias = Any
"""An event handler, an event, or a list of them."""


def present(value: Any) -> Any:
    """Whether there is something to show: a bool for plain values, a Var for Vars."""
    return value.bool() if isinstance(value, rx.Var) else bool(value)


def given(value: Any) -> bool:
    """Whether a part was asked for at all; what a Var holds shows itself later."""
    return isinstance(value, rx.Var) or bool(value)


def when(value: Any, then: Any, otherwise: Any = None) -> Any:
    """`then` if there is something in `value`, decided now or in the browser."""
    shown = present(value)
    if isinstance(shown, rx.Var):
        return rx.cond(shown, then, otherwise)
    return then if shown else otherwise


def some(*children: Any) -> list[Any]:
    """The children that are there at all."""
    return [child for child in children if child is not None and (not isinstance(child, str) or child)]


def lines(children: Sequence[Any]) -> list[Any]:
    """Words become paragraphs; what is an element already stays."""
    return [rx.el.p(child) if isinstance(child, (str, rx.Var, Rich)) else child for child in children]


def press(on_click: Deed, *, blocked: Any) -> Deed:
    """The event of a button, or nothing while it is blocked."""
    if on_click is None:
        return rx.noop()
    if isinstance(blocked, rx.Var):
        return rx.cond(blocked, rx.noop(), on_click)
    return rx.noop() if blocked else on_click
