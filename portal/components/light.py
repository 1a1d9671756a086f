"""The one lit place of a screen: what is now, next or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Deed, Text, given, some, when
from portal.components.icons import icon as outline
from portal.components.pictures import portrait
from portal.components.words import small, title
from portal.texts import t

_KNOCK: Final = bundled(__name__, "knock.jsx")
_HOLD: Final = bundled(__name__, "hold.jsx")


def lit(*children: Any, plain: bool = False, label: Text = "", **props: Any) -> rx.Component:
    """A lit panel; `plain` leaves the window panes away."""
    if given(label):
        props |= {"role": "group", "aria_label": label}
    classes = f"lit {'plain ' if plain else ''}{props.pop('class_name', '')}".strip()
    return rx.el.div(*children, class_name=classes, **props)


def visit_card(
    *,
    label: Text,
    face: Text,
    when_at: Text,
    who: Text,
    zone: Text,
    words: Any,
    actions: Sequence[Any] = (),
    icon: Text = "",
    note: Text = "",
) -> rx.Component:
    """The next visit: face, time large, who, zone, then one state in words and its buttons.

    `words` stands in a status region: a button that appears by itself is announced with it.
    """
    head = some(outline(icon) if given(icon) else None, rx.el.h2(label, class_name="font-strong"))
    times = rx.el.div(rx.el.p(when_at, class_name="when"), rx.el.p(who), small(zone), class_name="min-w-0")
    return rx.el.section(
        rx.el.div(*head, class_name="word small"),
        rx.el.div(portrait(face), times, class_name="who-when"),
        rx.el.div(words, role="status", class_name="max-w-[34rem] empty:hidden"),
        *some(rx.el.div(*actions, class_name="row empty:hidden") if actions else None),
        *some(when(note, small(note, soft=False))),
        class_name="next lit",
    )


class _Countdown(rx.Component):
    library = _HOLD
    tag = "Countdown"

    ends_at: rx.Var[str]
    told_at: rx.Var[str]
    lasts: rx.Var[int]
    label: rx.Var[str]
    left: rx.Var[str]
    spoken: rx.Var[dict[str, str]]
    over: rx.Var[str]
    on_end: rx.EventHandler[rx.event.no_args_event_spec]


def hold_banner(
    what: Any,
    *,
    ends_at: Text,
    told_at: Text = "",
    on_end: Deed,
    over: Text,
    lasts: Any = 900,
    more: Any = None,
) -> rx.Component:
    """The held time, sticky: `what` is kept, minutes left, a bar; `more` is the way to keep it longer.

    Nothing while `ends_at` (an ISO instant) is empty; `told_at` is the instant at which it was told. Screen readers
    hear it at 10, 5 and 1 minutes. At the end `over` takes the place of `what`, and `on_end` fires once.
    """
    spoken = {
        "10": t("We keep this time for you for 10 more minutes."),
        "5": t("We keep this time for you for 5 more minutes. Need longer?"),
        "1": t("We keep this time for you for 1 more minute."),
    }
    return _Countdown.create(
        what,
        *some(more),
        ends_at=ends_at,
        told_at=told_at,
        lasts=lasts,
        label=t("Time kept for you"),
        left=t("left"),
        spoken=spoken,
        over=over,
        on_end=on_end,
    )


def knock(*, face: Text, heading: Text, detail: Text, actions: Sequence[Any]) -> rx.Component:
    """Somebody is in the waiting room: who, for when, for how long, and the button that lets them in."""
    words = rx.el.div(title(heading), small(detail, soft=False))
    return rx.el.div(
        rx.el.div(portrait(face, size="s"), words, class_name="row flex-nowrap! items-start!"),
        rx.el.div(*actions, class_name="row"),
        role="status",
        class_name="knock lit",
    )


class _KnockPlace(rx.Component):
    library = _KNOCK
    tag = "KnockPlace"


def knock_place(one: Any) -> rx.Component:
    """Where a knock lies: above the page, never over the field that has the focus."""
    return _KnockPlace.create(one)


def live_line(*, face: Text, words: Text, detail: Text) -> rx.Component:
    """What the therapist says to somebody who waits."""
    said = rx.el.div(rx.el.p(words, class_name="said"), small(detail))
    return rx.el.div(portrait(face), said, role="status", class_name="lit word-from")
