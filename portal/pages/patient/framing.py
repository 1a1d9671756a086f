"""The two frames of a patient's pages, filled with what every page knows."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.notices import skeleton
from portal.components.times import tick
from portal.pages.frames import patient_frame, plain_frame
from portal.pages.session import SessionState
from portal.texts import t

_EVERY = 5


def framed(*children: Any, active: str, **more: Any) -> rx.Component:
    """A page of the patient. `active`: home, visits, papers, me."""
    return patient_frame(
        tick(_EVERY, SessionState.stay),
        *children,
        practice_name=SessionState.practice_name,
        person_name=first_name(),
        active=active,
        crisis=SessionState.help_lines,
        **more,
    )


def undistracted(*children: Any, **more: Any) -> rx.Component:
    """A page with one task: the practice's name, Help now, and nothing else to go astray in."""
    return plain_frame(
        tick(_EVERY, SessionState.stay),
        *children,
        practice_name=SessionState.practice_name,
        home=routes.PATIENT_HOME,
        **more,
    )


def first_name() -> Any:
    """How the navigation names the person."""
    first = SessionState.person_name.split(" ")[0].to(str)
    return rx.cond(SessionState.person_called != "", SessionState.person_called, first)


def once(loaded: Any, *children: Any) -> rx.Component:
    """The page's content as soon as it is there; before that its shape."""
    return rx.cond(loaded, rx.fragment(*children), skeleton(t("One moment"), rows=2))
