"""The patient's home: the next visit lit, what to do before it, later, past."""

from __future__ import annotations

import reflex as rx

from portal.components.layout import stack, two
from portal.components.times import tick
from portal.components.words import heading
from portal.pages.patient.framing import framed, once
from portal.pages.patient.home import parts
from portal.pages.patient.home.state import HomeState

_LOOK_EVERY = 15


def home() -> rx.Component:
    """The page."""
    ahead = HomeState.next.state != ""
    side = stack(
        rx.cond(HomeState.later.length() > 0, parts.later()),
        parts.if_it_fails(),
        gap="section",
    )
    below = stack(
        rx.cond(ahead, two(rx.cond(HomeState.todo.length() > 0, parts.before(), parts.if_it_fails()), side)),
        rx.cond(HomeState.past.length() > 0, parts.past()),
        gap="section",
    )
    top = stack(heading(HomeState.greeting), rx.cond(ahead, parts.next_visit(), parts.nothing_booked()))
    return framed(
        once(HomeState.loaded, stack(top, below, gap="section"), tick(_LOOK_EVERY, HomeState.open)), active="home"
    )
