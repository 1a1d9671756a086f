"""All visits of a patient: to come, and past with their documents."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import calm
from portal.components.layout import chapter, stack
from portal.components.notices import empty
from portal.components.words import heading, small
from portal.pages.patient.framing import framed, once
from portal.pages.patient.listing import coming_list, past_list
from portal.pages.patient.visits.state import VisitsState
from portal.pages.session import SessionState
from portal.texts import t


def visits() -> rx.Component:
    """The page."""
    nothing = empty(
        t("No visit is booked"),
        t("Visits that you book will stand here, with their times in your own zone."),
        calm(t("Find a time"), href=routes.HOME),
    )
    booked = chapter(
        t("To come"),
        coming_list(VisitsState.coming),
        calm(t("Book another visit"), href=routes.HOME, class_name="justify-self-start"),
    )
    past = chapter(t("Past visits"), past_list(VisitsState.past))
    return framed(
        stack(heading(t("Your visits")), small(t("Times are in {zone}.", zone=SessionState.zone_words)), gap="tight"),
        once(
            VisitsState.loaded,
            stack(
                rx.cond(VisitsState.coming.length() > 0, booked, nothing),
                rx.cond(VisitsState.past.length() > 0, past),
                gap="section",
            ),
        ),
        active="visits",
    )
