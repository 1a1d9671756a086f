"""Asking for a link that sets a new password."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import back_link
from portal.components.credential_form import credential_form
from portal.components.layout import stack
from portal.components.words import heading, lead
from portal.pages.frames import plain_frame
from portal.pages.public.contact import rather_talk
from portal.pages.public.credentials import EMAIL, MESSAGES
from portal.pages.session import SessionState
from portal.texts import t


def reset() -> rx.Component:
    """The page: its answer is the same for an address that nobody has."""
    return plain_frame(
        stack(
            back_link(t("Sign in"), routes.SIGN_IN),
            heading(t("A new password")),
            lead(t("We send you an email with a link. With it you choose a new password.")),
            credential_form(
                action="/api/reset/request",
                fields=[EMAIL],
                submit=t("Send me the link"),
                messages=MESSAGES,
                thanks=t(
                    "If an account has this address, the email is on its way. Its link works for 15 minutes. "
                    "If nothing comes, look among the unwanted mail, or call us."
                ),
            ),
            rather_talk(),
        ),
        practice_name=SessionState.practice_name,
        width="form",
    )
