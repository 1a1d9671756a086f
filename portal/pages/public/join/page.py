"""Joining by an invitation: choosing the first password; the secret stays in the address's fragment."""

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


def join() -> rx.Component:
    """The page: the form sends the address's fragment along as its token, and leads on to signing in."""
    ended = t(
        "This invitation was used before, has run out, or was sent anew since. Ask the practice to send it again."
    )
    return plain_frame(
        stack(
            heading(t("Welcome to {practice}", practice=SessionState.practice_name)),
            lead(t("Choose a password. Then you sign in with your email address.")),
            credential_form(
                action="/api/reset/finish",
                fields=[NEW_PASSWORD],
                submit=t("Set my password"),
                messages={**MESSAGES, "link_ended": ended},
            ),
            link(t("I have a password already"), routes.SIGN_IN),
            rather_talk(),
        ),
        practice_name=SessionState.practice_name,
        width="form",
    )
