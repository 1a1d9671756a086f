"""Rows of a therapist's day, lists of what is to do, notes that are drafted and signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal.components.base import Text, some, when
from portal.components.icons import icon
from portal.components.notices import tag
from portal.components.words import small
from portal.texts import t


def day_list(*rows: Any) -> rx.Component:
    """The day, in the order of the clock."""
    return rx.el.ol(*rows)


def day_row(
    *,
    time: Text,
    length: Text,
    name: Text,
    about: Any,
    state: Text = "",
    flag: Any = None,
    bits: Sequence[Any] = (),
    score: Any = None,
    action: Any = None,
) -> rx.Component:
    """One visit: time, who and what, icons with words, score, one action. `state`: past, next (lit) or empty."""
    who = rx.el.div(rx.el.p(name, class_name="name"), small(about, soft=False), *some(flag), class_name="who-in-a")
    inside = rx.el.div(
        who,
        rx.el.div(*bits, class_name="bits"),
        rx.el.div(*some(score)),
        rx.el.div(*some(action)),
        class_name="in-a",
    )
    return _appointment(time, length, inside, state)


def gap_row(*, time: Text, length: Text = "", text: Text) -> rx.Component:
    """What is in the day but is no visit."""
    return _appointment(time, length, rx.el.p(text), "gap")


def _appointment(time: Text, length: Text, inside: Any, state: Text) -> rx.Component:
    clock = rx.el.p(time, *some(when(length, rx.el.small(length))), class_name="t")
    return rx.el.li(clock, inside, class_name="appt", custom_attrs={"data-state": state})


def now_line(words: Text) -> rx.Component:
    """Where the day is now."""
    return rx.el.li(rx.el.span(words), class_name="now-line")


def side_list(*rows: Any) -> rx.Component:
    """A list in a side panel; each row is `rx.el.li(link, small(...))`."""
    return rx.el.ul(*rows, class_name="side-list")


def todo_list(*rows: Any) -> rx.Component:
    """What is to do before a visit."""
    return rx.el.ul(*rows, class_name="todo")


def todo_row(what: Text, detail: Text, *, done: Any, action: Any = None) -> rx.Component:
    """One thing to do: its mark, what, how far, and the way there. `done` may be a Var."""
    state = rx.cond(done, "true", "false") if isinstance(done, rx.Var) else str(done).lower()
    mark = rx.el.span(
        icon("check", label=t("Done")) if done is True else when(done, icon("check", label=t("Done"))),
        class_name="mark",
        custom_attrs={"data-done": state},
    )
    words = rx.el.div(rx.el.p(what, class_name="what"), small(detail))
    return rx.el.li(mark, words, *some(action), custom_attrs={"data-done": state})


def note_paper(*children: Any, **props: Any) -> rx.Component:
    """The paper on which a note is drafted."""
    return rx.el.div(*children, class_name="note-card soap", **props)


def signed_note(head: Any, *children: Any) -> rx.Component:
    """A note that lies still: a lock, who and when, the words."""
    top = rx.el.p(tag(t("Signed"), icon="lock"), " ", rx.el.span(head, class_name="small soft"), class_name="row")
    return rx.el.div(top, *children, class_name="locked")


def amendment(head: Any, *children: Any) -> rx.Component:
    """What was added to a signed note: date and reason, the words."""
    return rx.el.div(small(head), *children, class_name="amend")


def paper(*children: Any, label: Text) -> rx.Component:
    """A text to be read in full before it is signed."""
    return rx.el.div(*children, role="group", aria_label=label, class_name="paper")


def as_typed(text: Text) -> rx.Component:
    """Words as they were typed, line breaks kept; they turn no word around them."""
    return rx.el.p(rx.el.bdi(text), class_name="as-typed")
