"""Buttons and links: `go` is the green door, one a screen; `calm` has an edge, `quiet` a line; `stop` undoes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.base import Deed, Text, given, press, some
from portal.components.icons import icon as outline
from portal.components.words import hidden


def _button(look: str, label: Text, props: dict[str, Any]) -> rx.Component:
    icon, href = props.pop("icon", ""), props.pop("href", None)
    classes = ["btn", look, props.pop("class_name", "")]
    classes += [look for name, look in (("wide", "wide"), ("grow", "grows")) if props.pop(name, False)]
    inside = some(outline(icon) if given(icon) else None, label)
    class_name = " ".join(some(*classes))
    if href is not None:
        props.pop("on_click", None)
        return anchor(*inside, href=href, class_name=class_name, **props)
    busy, off = props.pop("busy", False), props.pop("off", False)
    kind = props.pop("kind", "button")
    on_click = props.pop("on_click", None)
    if busy is not False:
        props["aria_busy"] = busy
    if off is not False:
        props["aria_disabled"] = off
    if on_click is not None:
        props["on_click"] = press(on_click, blocked=_either(busy, off))
    return rx.el.button(*inside, type=kind, class_name=class_name, **props)


def _either(busy: Any, off: Any) -> Any:
    if isinstance(busy, rx.Var) or isinstance(off, rx.Var):
        return rx.Var.create(busy).bool() | rx.Var.create(off).bool()
    return busy or off


def go(label: Text, **props: Any) -> rx.Component:
    """What takes a person through: one a screen.

    All buttons take `on_click` or `href`, `icon`, `busy`, `off`, `wide`, `grow` (full width where it is narrow),
    `kind="submit"`, and any attribute of the element. A busy or off button keeps the focus and ignores presses.
    """
    return _button("go", label, props)


def calm(label: Text, **props: Any) -> rx.Component:
    """The other ways on."""
    return _button("calm", label, props)


def quiet(label: Text, **props: Any) -> rx.Component:
    """What one may also do."""
    return _button("quiet", label, props)


def stop(label: Text, **props: Any) -> rx.Component:
    """The deed of a dialog that cannot be undone."""
    return _button("stop", label, props)


def stop_calm(label: Text, **props: Any) -> rx.Component:
    """Leads to such a dialog."""
    return _button("stop-calm", label, props)


def icon_button(icon: str, label: Text, *, on_click: Deed = None, **props: Any) -> rx.Component:
    """An icon alone, with its word for screen readers: only back, next, close and menu."""
    inside = (outline(icon), hidden(label))
    if "href" in props:
        return anchor(*inside, class_name="btn calm", **props)
    return rx.el.button(*inside, type="button", class_name="btn calm", on_click=on_click, **props)


def anchor(*children: Any, href: Text, **props: Any) -> rx.Component:
    """A link: pages go through the router, everything else through the browser."""
    if isinstance(href, str) and (not href.startswith("/") or href.startswith("/api/")):
        props["reload_document"] = True
    return rx.el.a(*children, href=href, **props)


def link(label: Text, href: Text, *, icon: Text = "", **props: Any) -> rx.Component:
    """A link on its own line, as large as a finger."""
    inside = some(outline(icon) if given(icon) else None, label)
    return anchor(*inside, href=href, class_name=f"alone {props.pop('class_name', '')}".strip(), **props)


def back_link(label: Text, href: Text) -> rx.Component:
    """Where one came from."""
    return link(label, href, icon="back")


def file_link(label: Text, href: Text) -> rx.Component:
    """A document or a calendar file."""
    return link(label, href, icon="download", reload_document=True)
