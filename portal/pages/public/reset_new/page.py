"""Choosing a new password by a mailed link; what is secret in its address never leaves the browser in an address."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import link
from portal.components.credential_form import credential_form
from portal.components.layout import stack
from portal.components.words import heading, lead
from portal.pages.frames import plain_frame
from portal.pages.public.contact import rather_talk
from portal.pages.public.credentials import MESSAGES, NEW_PASSWORD
from portal.pages.session import SessionState
from portal.texts import t


def reset_new() -> rx.Component:
    """The page: the form sends the address's fragment along as its token."""
    return plain_frame(
        stack(
            heading(t("Choose a new password")),
            lead(t("It holds from now on, and you are signed out everywhere else.")),
            credential_form(
                action="/api/reset/finish",
                fields=[NEW_PASSWORD],
                submit=t("Set the new password"),
                messages=MESSAGES,
            ),
            link(t("Ask for a new link"), routes.RESET),
            rather_talk(),
        ),
        practice_name=SessionState.practice_name,
        width="form",
    )
