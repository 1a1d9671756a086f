"""The patient's door to the video room. No State draws this page again: a call goes on whatever happens to the rest."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import quiet
from portal.components.shell import brand, standing
from portal.components.therapy_room.room import therapy_room
from portal.pages.session import SessionState
from portal.texts import t

_lines: Any = SessionState.help_lines


def room() -> rx.Component:
    """The page: the practice's name, help, and the room, which brings its own heading and way back.

    Help opens beside it: whoever waits keeps their place, and whoever is let in meanwhile is not gone.
    """
    lines = _lines.to(list[dict[str, str]])
    header = rx.el.header(
        brand(SessionState.practice_name, routes.PATIENT_HOME),
        quiet(t("Help now"), href=routes.HELP, target="_blank"),
        class_name="top",
    )
    inside = therapy_room("patient", home=routes.PATIENT_HOME, crisis_lines=lines)
    return standing(header, [inside], bleed=True, class_name="frame")
