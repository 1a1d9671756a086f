"""The video room from the therapist's side. No State stands above it: it goes on when the clinic is away."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.therapy_room.room import therapy_room
from portal.pages.frames import clinician_frame
from portal.pages.session import SessionState

_lines: Any = SessionState.help_lines


def room() -> rx.Component:
    """The page."""
    return clinician_frame(
        therapy_room(
            "clinician", home=f"{routes.DAY_VISIT}?id={{visit}}", crisis_lines=_lines.to(list[dict[str, str]])
        ),
        practice_name=SessionState.practice_name,
        person_name=SessionState.person_name,
        bleed=True,
    )
