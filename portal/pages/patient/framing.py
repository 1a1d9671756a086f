"""The two frames of a patient's pages, filled with what every page knows."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.notices import skeleton
from portal.pages.frames import patient_frame, plain_frame
from portal.pages.session import SessionState
from portal.texts import t


def framed(*children: Any, active: str, **more: Any) -> rx.Component:
    """A page of the patient. `active`: home, visits, papers, me."""
    return patient_frame(
        *children,
        practice_name=SessionState.practice_name,
        person_name=first_name(),
        active=active,
        crisis=SessionState.help_lines,
        **more,
    )


def undistracted(*children: Any, **more: Any) -> rx.Component:
    """A page with one task: the practice's name, Help now, and nothing else to go astray in."""
    return plain_frame(*children, practice_name=SessionState.practice_name, home=routes.PATIENT_HOME, **more)


def first_name() -> rx.Var[str]:
    """How the navigation names the person."""
    return SessionState.person_name.split(" ")[0].to(str)


def once(loaded: Any, *children: Any) -> rx.Component:
    """The page's content as soon as it is there; before that its shape."""
    return rx.cond(loaded, rx.fragment(*children), skeleton(t("One moment"), rows=2))
