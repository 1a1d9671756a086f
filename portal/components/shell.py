"""What every page stands in: skip link, header, one main place, help, the quiet line at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Text, some
from portal.components.buttons import anchor
from portal.components.icons import icon
from portal.components.pictures import door_mark
from portal.components.words import hidden
from portal.texts import t

_ARRIVE: Final = bundled(__name__, "arrive.jsx")
_PARTS: Final = bundled(__name__, "parts.css")


class _Arrive(rx.Component):
    library = _ARRIVE
    tag = "Arrive"


class _Parts(rx.Fragment):
    """Brings a style sheet and nothing else; the router has it loaded before it shows the page."""

    def add_imports(self) -> rx.ImportDict:
        return {"": _PARTS}


@dataclass(frozen=True)
class Way:
    """One entry of a navigation."""

    key: str
    label: Any
    href: str
    icon: str = ""


def skip_link() -> rx.Component:
    """The first stop of the keyboard: past the header."""
    return rx.el.a(t("Go to the content"), href="#main", reload_document=True, class_name="skip")


def brand(practice_name: Text, href: str) -> rx.Component:
    """The door and the practice's name; until that is known the link says where it leads."""
    unnamed = hidden(t("First page"))
    known = rx.cond(practice_name != "", practice_name, unnamed) if isinstance(practice_name, rx.Var) else practice_name
    return anchor(door_mark(), rx.el.span(known), href=href, class_name="brand")


def nav(ways: Sequence[Way], active: str, label: Text, *, class_name: str = "nav") -> rx.Component:
    """Where one can go; the place where one is says so."""
    return rx.el.nav(*[_way(way, active) for way in ways], aria_label=label, class_name=class_name)


def menu(ways: Sequence[Way], active: str, label: Text) -> rx.Component:
    """The same ways behind one button, where the header is narrow."""
    button = rx.el.summary(icon("menu"), rx.el.span(t("Menu")), class_name="btn calm")
    return rx.el.details(button, nav(ways, active, label, class_name=""), class_name="menu")


def bottom_bar(ways: Sequence[Way], active: str, label: Text) -> rx.Component:
    """The four places of a patient, under the thumb."""
    return nav(ways, active, label, class_name="bottom-bar")


def scheme_switch() -> rx.Component:
    """Light or dark, kept over a reload."""
    by_day = rx.el.span(icon("moon"), t("Dark colours"), class_name="by-day word")
    by_night = rx.el.span(icon("sun"), t("Light colours"), class_name="by-night word")
    return rx.el.button(by_day, by_night, type="button", on_click=rx.toggle_color_mode, class_name="btn quiet")


def footer(practice_name: Text, *more: Any) -> rx.Component:
    """The quiet line at the foot."""
    inside = rx.el.div(
        rx.el.span(practice_name),
        rx.el.div(*some(*more), scheme_switch(), class_name="row"),
        class_name="inside",
    )
    return rx.el.footer(inside, class_name="foot")


def standing(
    header: Any, children: Sequence[Any], *after: Any, bleed: bool = False, width: str = "", **props: Any
) -> rx.Component:
    """Header, the main place, and what comes after it. `bleed`: the page draws to the edges by itself.

    `lean`: it shows nothing that `parts.css` has rules for, and does not load it.
    """
    lean = props.pop("lean", False)
    inside = list(children) if bleed else [page(*children, width=width)]
    return rx.el.div(
        *([] if lean else [_Parts.create()]),
        _Arrive.create(),
        skip_link(),
        header,
        rx.el.main(*inside, custom_attrs={"id": "main"}, tab_index=-1),
        *some(*after),
        **props,
    )


def page(*children: Any, width: str = "", **props: Any) -> rx.Component:
    """The padded inside of a page; `width`: narrow (52 rem), form (34 rem), broad; else 72 rem."""
    return rx.el.div(*children, class_name=f"page {width}".strip(), **props)


def _way(way: Way, active: str) -> rx.Component:
    here = {"aria_current": "page"} if way.key == active else {}
    inside = some(icon(way.icon, large=True) if way.icon else None, way.label)
    return anchor(*inside, href=way.href, **here)
