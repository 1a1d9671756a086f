"""Back from the card page: waits for the card company's word, and says what happens by itself."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import calm, go
from portal.components.layout import row, stack
from portal.components.notices import notice
from portal.components.times import tick
from portal.components.words import heading, lead, para, small
from portal.pages.frames import plain_frame
from portal.pages.public.checkout_return.state import EVERY_SECONDS, LONG_SECONDS, ReturnState
from portal.pages.public.contact import rather_talk
from portal.pages.session import SessionState
from portal.texts import t


def checkout_return() -> rx.Component:
    """The page."""
    view = ReturnState.view
    waits = (
        (view.stage == "waiting") | (view.stage == "silent") | (view.stage == "confirmed") | (view.stage == "declined")
    )
    return plain_frame(
        rx.cond(
            waits,
            rx.fragment(tick(EVERY_SECONDS, ReturnState.look), _waiting()),
            rx.match(
                view.stage,
                ("abandoned", _abandoned()),
                ("refunded", _refunded()),
                ("twice", _twice()),
                ("differs", _differs()),
                _unknown(),
            ),
        ),
        practice_name=SessionState.practice_name,
        width="narrow",
    )


def _waiting() -> rx.Component:
    silent = ReturnState.view.stage == "silent"
    so_far = rx.cond(
        ReturnState.seconds > 0,
        small(t("We ask every two seconds: {n} seconds so far. It mostly takes less than ten.", n=ReturnState.seconds)),
    )
    return stack(
        heading(t("Your bank is answering")),
        lead(t("You don’t have to do anything. As soon as we know, this page goes on by itself.")),
        so_far,
        rx.el.div(
            rx.cond(
                ReturnState.seconds >= LONG_SECONDS,
                notice(
                    "caution",
                    rx.cond(
                        silent,
                        t("The card company does not answer at present. That has nothing to do with your card."),
                        t("This takes longer than usual."),
                    ),
                    t(
                        "You may close this page. When the money comes, your visit is booked and we write to you. If "
                        "somebody else has the time by then, all of it goes back to your card by itself."
                    ),
                    icon="clock",
                ),
            ),
            role="status",
        ),
        rx.cond(
            ReturnState.seconds >= LONG_SECONDS,
            stack(row(calm(t("Go to your visits"), href=routes.PATIENT_VISITS)), rather_talk()),
        ),
    )


def _abandoned() -> rx.Component:
    return stack(
        heading(t("The card page was closed")),
        para(t("Nothing was charged. The time is free again, so anybody can choose it, you too.")),
        row(go(t("Choose a time"), href=f"{routes.HOME}#people")),
        rather_talk(),
    )


def _refunded() -> rx.Component:
    return stack(
        heading(t("Your money goes back to you")),
        para(
            t(
                "Your payment came after the time to keep your visit had run out, and somebody else has it now. That "
                "is why {amount} goes back to your card, all of it. Banks take up to ten days to show it.",
                amount=ReturnState.view.amount,
            )
        ),
        para(t("You don’t have to do anything. We have written to you about it too.")),
        row(go(t("Choose another time"), href=f"{routes.HOME}#people")),
        rather_talk(),
    )


def _twice() -> rx.Component:
    return stack(
        heading(t("Your second payment goes back to you")),
        para(
            t(
                "This visit was paid already. That is why {amount} goes back to your card, all of it. "
                "Banks take up to ten days to show it.",
                amount=ReturnState.view.amount,
            )
        ),
        para(t("Your visit is booked, and you don’t have to do anything. We have written to you about it too.")),
        row(go(t("Go to your visits"), href=routes.PATIENT_VISITS)),
        rather_talk(),
    )


def _differs() -> rx.Component:
    return stack(
        heading(t("Somebody has to look at this payment")),
        para(
            t(
                "The card company names another amount than we asked for, so nothing is booked yet. The practice has "
                "been told and sorts it out."
            )
        ),
        rather_talk(),
    )


def _unknown() -> rx.Component:
    return stack(
        heading(t("We don’t find this payment")),
        para(
            t(
                "It does not belong to the account that you are signed in with, or the address is not complete. "
                "Visits that are booked stand among your visits."
            )
        ),
        row(go(t("Go to your visits"), href=routes.PATIENT_VISITS)),
        rather_talk(),
    )
