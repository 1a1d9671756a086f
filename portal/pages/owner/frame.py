"""The frame of every owner page, and what its load begins with."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.pages.frames import owner_frame
from portal.pages.session import SessionState


def framed(*children: Any, active: str, **more: Any) -> rx.Component:
    """An owner page in its frame."""
    return owner_frame(
        *children, practice_name=SessionState.practice_name, person_name=SessionState.person_name, active=active, **more
    )
