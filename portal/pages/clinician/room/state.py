"""What the room's page holds: nothing that could take the room away."""

from __future__ import annotations

import reflex as rx

from portal.clinic.access import Permission
from portal.pages.clinician.screens import put_away_others, screen
from portal.pages.guard import allow


@screen
class RoomState(rx.State):
    """Empty: the room asks the clinic by itself."""

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def enter(self) -> None:
        """Put away what other screens showed."""
        await put_away_others(self)
