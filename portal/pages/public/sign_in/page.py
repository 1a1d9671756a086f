"""Signing in."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import go, link
from portal.components.credential_form import credential_form, sign_out_button
from portal.components.layout import row, rule, stack
from portal.components.notices import saved
from portal.components.words import heading, lead, small
from portal.pages.frames import plain_frame
from portal.pages.public.contact import rather_talk
from portal.pages.public.credentials import EMAIL, KNOWN_PASSWORD, MESSAGES
from portal.pages.public.sign_in.state import SignInState
from portal.pages.session import SessionState
from portal.texts import t


def sign_in() -> rx.Component:
    """The page."""
    return plain_frame(
        rx.cond(SessionState.signed_in, _already(), _form()),
        practice_name=SessionState.practice_name,
        width="form",
    )


def _form() -> rx.Component:
    return stack(
        heading(t("Sign in")),
        rx.cond(SignInState.has_chosen, saved(t("Your new password is set. Sign in with it."))),
        rx.cond(SignInState.onward != "", lead(t("Then you go on to the page that you wanted."))),
        credential_form(
            link(t("I don’t know my password any more"), routes.RESET),
            action="/api/sign-in",
            fields=[EMAIL, KNOWN_PASSWORD],
            submit=t("Sign in"),
            messages=MESSAGES,
            extra={"next": SignInState.onward},
        ),
        rule(),
        stack(
            small(t("Here for the first time? Choose a time first. Your account is made on the way.")),
            row(link(t("See who is free"), f"{routes.HOME}#people")),
            rather_talk(),
            gap="tight",
        ),
    )


def _already() -> rx.Component:
    return stack(
        heading(t("You are signed in")),
        lead(t("As {name}.", name=SessionState.person_name)),
        row(go(t("Go on"), href=rx.cond(SignInState.onward != "", SignInState.onward, SignInState.home))),
        row(sign_out_button(t("Sign out"))),
    )
