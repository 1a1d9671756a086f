"""An address where nothing is."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import calm, go
from portal.components.layout import row, stack
from portal.components.pictures import chair_in_light
from portal.components.words import heading, lead
from portal.pages.frames import plain_frame
from portal.pages.session import SessionState
from portal.texts import t


def not_found() -> rx.Component:
    """The page."""
    return plain_frame(
        rx.el.div(
            chair_in_light(),
            stack(
                heading(t("There is nothing at this address")),
                lead(t("It may be old, or a letter of it is missing. Nothing of yours is lost.")),
                row(
                    go(t("Go to the first page"), href=routes.HOME, grow=True),
                    rx.cond(SessionState.is_patient, calm(t("Go to your page"), href=routes.PATIENT_HOME, grow=True)),
                ),
            ),
            class_name="empty",
        ),
        practice_name=SessionState.practice_name,
        width="narrow",
    )
