"""Help now: the practice's own crisis lines, one press away."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.base import Text, some, when
from portal.components.icons import icon
from portal.components.words import title


def help_strip(lines: Any, *, heading: Text, text: Text = "") -> rx.Component:
    """The strip at the end of a page: `lines` are `HelpLine`s, in a list or a Var."""

    def button(line: Any) -> rx.Component:
        return rx.el.a(
            icon(line.icon),
            rx.el.span(line.name, " ", rx.el.span(line.number, class_name="num nowrap")),
            href=line.href,
            reload_document=True,
            class_name="btn calm",
        )

    inside = rx.el.div(
        rx.el.p(rx.el.strong(heading)),
        *some(when(text, rx.el.p(text))),
        rx.el.div(_each(lines, button), class_name="row"),
        class_name="inside",
    )
    return rx.el.aside(inside, aria_label=heading, class_name="help")


def help_lines(lines: Any) -> rx.Component:
    """The lines as large rows: number, name, when they answer."""

    def line_row(line: Any) -> rx.Component:
        words = rx.el.span(rx.el.strong(line.number), " ", line.name, *some(when(line.note, rx.el.small(line.note))))
        return rx.el.a(icon(line.icon), words, href=line.href, reload_document=True)

    return rx.el.div(_each(lines, line_row), class_name="lines")


def crisis_help(lines: Any, *, heading: Text, text: Text) -> rx.Component:
    """Opens at once under an answer that asks for it: thanks first, then ways to reach a person; spoken."""
    return rx.el.div(
        title(heading),
        rx.el.p(text),
        help_lines(lines),
        role="status",
        class_name="crisis lit plain",
    )


def _each(lines: Any, draw: Any) -> Any:
    return rx.foreach(lines, draw) if isinstance(lines, rx.Var) else rx.fragment(*[draw(one) for one in lines])
