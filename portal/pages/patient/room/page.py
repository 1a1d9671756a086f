"""The patient's door to the video room. No State draws this page again: a call goes on whatever happens to the rest."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.therapy_room.room import therapy_room
from portal.pages.session import SessionState

_lines: Any = SessionState.help_lines


def room() -> rx.Component:
    """The page: nothing but the room, which brings its own heading and way back."""
    lines = _lines.to(list[dict[str, str]])
    return rx.el.main(
        therapy_room("patient", home=routes.PATIENT_HOME, crisis_lines=lines), custom_attrs={"id": "main"}
    )
