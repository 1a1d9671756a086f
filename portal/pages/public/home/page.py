"""The public home: what this place is, who works here, and when they are free."""

from __future__ import annotations

import reflex as rx

from portal.components.times import zone_probe
from portal.pages.frames import public_frame
from portal.pages.public.home.parts import fees, hero, how_it_works, people
from portal.pages.public.home.state import HomeState
from portal.pages.session import SessionState


def home() -> rx.Component:
    """The page."""
    return public_frame(
        zone_probe([SessionState.detected_zone, HomeState.retell]),
        hero(),
        people(),
        how_it_works(),
        fees(),
        practice_name=SessionState.practice_name,
        crisis=SessionState.help_lines,
        signed_in=SessionState.signed_in,
        active="therapists",
        bleed=True,
    )
