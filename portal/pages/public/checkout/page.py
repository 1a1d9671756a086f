"""From a held time to a booked visit: who is coming, one last look, paying."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import calm, go, quiet
from portal.components.layout import row, stack
from portal.components.notices import skeleton
from portal.components.tables import steps
from portal.components.times import zone_probe
from portal.components.words import heading, para, strong
from portal.pages.frames import plain_frame
from portal.pages.public.checkout.parts import (
    about_you,
    banner,
    declined,
    last_look,
    over_notice,
)
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.public.holding import hold_failed
from portal.pages.session import SessionState
from portal.texts import t


def checkout() -> rx.Component:
    """The page."""
    view = CheckoutState.view
    was_declined = CheckoutState.problem == "declined"
    return plain_frame(
        zone_probe([SessionState.detected_zone, CheckoutState.retell]),
        _about(),
        rx.match(
            view.stage,
            ("about", rx.fragment()),
            (
                "pay",
                rx.cond(
                    view.over,
                    _over(),
                    rx.cond(was_declined, declined(), stack(_steps(3), last_look())),
                ),
            ),
            ("clash", _clash()),
            ("staff", _staff()),
            ("none", _nothing_kept()),
            stack(heading(t("Your time")), skeleton(t("Your time is on its way."), rows=2)),
        ),
        practice_name=SessionState.practice_name,
        banner=banner(),
    )


def _about() -> rx.Component:
    """Hidden rather than gone: what was typed stays, when the time is over and when the server starts anew."""
    over = CheckoutState.view.over
    return rx.el.div(
        rx.cond(over, _over()),
        rx.el.div(stack(_steps(2), about_you()), class_name=rx.cond(over, "hidden", "")),
        class_name=rx.cond(CheckoutState.view.stage == "about", "", "hidden"),
    )


def _over() -> rx.Component:
    return stack(heading(t("The time to keep it is over")), hold_failed(CheckoutState.problem), over_notice())


def _steps(current: int) -> rx.Component:
    return steps(current, t("Time"), t("About you"), t("Look over and pay"))


def _clash() -> rx.Component:
    """The person has a visit at that time already."""
    return stack(
        heading(t("You have a visit at that time already")),
        para(t("So this time cannot be yours as well. Nothing was charged.")),
        row(
            go(t("Choose another time"), href=CheckoutState.view.held.times_href, grow=True),
            calm(t("See your visits"), href=routes.PATIENT_VISITS, grow=True),
        ),
    )


def _staff() -> rx.Component:
    """Signed in with an account that is not a patient's."""
    return stack(
        heading(t("This account is for staff")),
        para(t("Visits are booked with a patient’s account. Sign out first, then make one or sign in with yours.")),
        row(quiet(t("Let this time go"), on_click=CheckoutState.let_go)),
    )


def _nothing_kept() -> rx.Component:
    """No time is kept for this visitor."""
    after_card = (CheckoutState.problem == "declined") | (CheckoutState.problem == "came_back")
    return stack(
        heading(t("No time is kept for you at present")),
        rx.cond(after_card, para(strong(t("Nothing was charged to your card.")))),
        para(
            t(
                "A time is kept for 15 minutes after you choose it. "
                "If you have booked already, you find it among your visits."
            )
        ),
        row(
            go(t("Choose a time"), href=f"{routes.HOME}#people", grow=True),
            rx.cond(SessionState.is_patient, calm(t("See your visits"), href=routes.PATIENT_VISITS, grow=True)),
        ),
    )
