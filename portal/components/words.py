"""Words on the wall: the serif is a person speaking, the sans is the house informing."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.base import Text


def _classes(base: str, props: dict[str, Any]) -> str:
    return f"{base} {props.pop('class_name', '')}".strip()


def display(*children: Any, **props: Any) -> rx.Component:
    """The one sentence of the public home, its `h1`."""
    return rx.el.h1(*children, class_name=_classes("voice display max-w-[17ch]", props), **props)


def heading(*children: Any, **props: Any) -> rx.Component:
    """The page's `h1`: exactly one a page."""
    return rx.el.h1(*children, class_name=_classes("voice heading", props), **props)


def title(*children: Any, level: int = 2, **props: Any) -> rx.Component:
    """The heading of a chapter, a day, a person."""
    element = {2: rx.el.h2, 3: rx.el.h3, 4: rx.el.h4}[level]
    return element(*children, class_name=_classes("voice title", props), **props)


def subtitle(*children: Any, level: int = 3, **props: Any) -> rx.Component:
    """A heading in the sans, inside a chapter."""
    element = {2: rx.el.h2, 3: rx.el.h3, 4: rx.el.h4}[level]
    return element(*children, class_name=_classes("font-strong", props), **props)


def lead(*children: Any, **props: Any) -> rx.Component:
    """One sentence under the heading."""
    return rx.el.p(*children, class_name=_classes("lead max-w-[34rem]", props), **props)


def para(*children: Any, **props: Any) -> rx.Component:
    """A paragraph to be read."""
    return rx.el.p(*children, class_name=_classes("max-w-read", props), **props)


def small(*children: Any, soft: bool = True, **props: Any) -> rx.Component:
    """Explains, never decides."""
    return rx.el.p(*children, class_name=_classes("small soft" if soft else "small", props), **props)


def quote(*children: Any, **props: Any) -> rx.Component:
    """What a therapist wrote, in their own voice."""
    return rx.el.span(*children, class_name=_classes("said", props), **props)


def num(text: Text, **props: Any) -> rx.Component:
    """A time, a price, a count: figures of one width, never broken across lines."""
    return rx.el.span(text, class_name=_classes("num nowrap", props), **props)


def strong(*children: Any, **props: Any) -> rx.Component:
    """What must be seen in a sentence."""
    return rx.el.strong(*children, **props)


def code(text: Text, **props: Any) -> rx.Component:
    """A code for support, a fingerprint."""
    return rx.el.span(text, class_name=_classes("code", props), **props)


def hidden(*children: Any, **props: Any) -> rx.Component:
    """Words for screen readers alone."""
    return rx.el.span(*children, class_name=_classes("hide", props), **props)
