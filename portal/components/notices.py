"""What happened, said in place: tags, words, notices, errors, what is empty and what is on its way."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx

from portal.components.base import Text, given, lines, some, when
from portal.components.icons import icon as outline
from portal.components.pictures import chair_in_light
from portal.components.words import code as code_words
from portal.components.words import para, small, title
from portal.texts import t

_ICONS: Final = {"caution": "alert", "danger": "alert", "positive": "check", "info": "info"}


def notice(kind: str, *children: Any, icon: str = "", label: Text = "", **props: Any) -> rx.Component:
    """A notice on the wall: `caution`, `danger`, `positive`, or `info` (which has no ground of its own)."""
    if given(label):
        props |= {"role": "group", "aria_label": label}
    body = rx.el.div(*lines(children))
    return rx.el.div(
        outline(icon or _ICONS[kind]), body, class_name="notice", custom_attrs={"data-kind": kind}, **props
    )


def saved(text: Text) -> rx.Component:
    """Success, in place beside the button; screen readers hear it when it comes."""
    words = rx.el.span(outline("check"), rx.el.span(text), class_name="saved")
    return rx.el.span(when(text, words), role="status")


def failed(text: Text, *actions: Any) -> rx.Component:
    """A problem above a form or beside a button; spoken at once, nothing while `text` is empty."""
    return rx.el.div(when(text, notice("danger", text, *actions)), role="alert", class_name="empty:hidden")


def told(text: Text, kind: str = "caution", icon: str = "", *actions: Any) -> rx.Component:
    """News that a State sets: spoken politely, nothing while `text` is empty."""
    return rx.el.div(when(text, notice(kind, text, *actions, icon=icon)), role="status", class_name="empty:hidden")


def oops(heading: Text, *actions: Any, **parts: Text) -> rx.Component:
    """What happened, what is kept, what you can do, then the code: `happened`, `kept`, `todo`, `code`."""
    labels = {
        "happened": t("What happened"),
        "kept": t("What is kept"),
        "todo": t("What you can do"),
    }
    pairs = [
        when(parts.get(key, ""), rx.el.div(rx.el.dt(label), rx.el.dd(parts.get(key, ""))))
        for key, label in labels.items()
    ]
    code = parts.get("code", "")
    said = when(code, small(t("If you call us, say"), " ", code_words(code)))
    return rx.el.div(
        title(heading),
        rx.el.dl(*some(*pairs)),
        rx.el.div(*actions, *some(said), class_name="row"),
        role="alert",
        class_name="oops",
    )


def tag(label: Text, kind: Text = "plain", icon: Text = "") -> rx.Component:
    """A state in a word: `plain`, `positive`, `caution`, `danger`, `info`, `now`."""
    inside = some(outline(icon) if given(icon) else None, rx.el.span(label))
    return rx.el.span(*inside, class_name="tag", custom_attrs={"data-kind": kind})


def word(label: Any, kind: Text = "plain", icon: Text = "") -> rx.Component:
    """A state in a word without a ground: icon, word, then colour."""
    inside = some(outline(icon) if given(icon) else None, rx.el.span(label))
    return rx.el.span(*inside, class_name="word", custom_attrs={"data-kind": kind})


def empty(heading: Text, text: Text, *actions: Any, drawing: bool = True) -> rx.Component:
    """Nothing there yet: what will stand here, and one way to fill it."""
    words = rx.el.div(
        rx.el.p(heading, class_name="voice title"),
        para(text),
        *actions,
        class_name="stack mid justify-items-start",
    )
    return rx.el.div(*some(chair_in_light() if drawing else None, words), class_name="empty")


def skeleton(label: Text, *, rows: int = 1, so_far: Text = "") -> rx.Component:
    """The shape of what comes; `so_far` says how far it is."""
    line = rx.el.div(class_name="sk w-[46%]")
    blocks = [rx.el.div(*[rx.el.div(class_name="sk b") for _ in range(3)], class_name="slots three")] * rows
    return rx.el.div(
        line,
        *blocks,
        *some(when(so_far, small(so_far))),
        role="status",
        aria_label=label,
        class_name="stack mid",
    )


def meter_bar(label: Text, percent: Any) -> rx.Component:
    """How far it is, in words and as a bar."""
    return rx.el.div(
        rx.el.p(label),
        rx.el.div(
            rx.el.i(custom_attrs={"style": {"width": f"{percent}%"}}),
            role="progressbar",
            aria_label=label,
            aria_valuenow=percent,
            aria_valuemin=0,
            aria_valuemax=100,
            class_name="meter-bar",
        ),
        class_name="stack tight",
    )
