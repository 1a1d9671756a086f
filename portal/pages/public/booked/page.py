"""The visit is booked: when, with whom, what it costs, and what comes next."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import calm, file_link, go, link
from portal.components.icons import icon
from portal.components.layout import chapter, row, stack, two
from portal.components.light import visit_card
from portal.components.notices import skeleton
from portal.components.tables import fact, facts
from portal.components.words import heading, para, small, strong
from portal.pages.frames import plain_frame
from portal.pages.public.booked.state import BookedState
from portal.pages.public.contact import rather_talk
from portal.pages.session import SessionState
from portal.texts import rich, t

_view = BookedState.view


def booked() -> rx.Component:
    """The page."""
    return plain_frame(
        rx.match(
            _view.stage,
            ("booked", _booked()),
            ("cancelled", _cancelled()),
            ("unknown", _unknown()),
            stack(heading(t("Your visit")), skeleton(t("Your visit is on its way."), rows=2)),
        ),
        practice_name=SessionState.practice_name,
    )


def _booked() -> rx.Component:
    return stack(
        heading(t("Your visit is booked")),
        visit_card(
            label=t("Your visit"),
            face=_view.portrait,
            when_at=_view.when,
            who=_view.with_whom,
            zone=_view.zone,
            words=rich(t("Your room opens at **{time}**, 15 minutes before.", time=_view.opens)),
            actions=[file_link(t("Put it into your calendar"), _view.calendar_href)],
        ),
        two(_next(), _facts()),
        gap="block",
    )


def _next() -> rx.Component:
    questions = _step(
        "pen",
        t("A few questions before you come"),
        t("About {time}, when it suits you. Every answer is saved as you give it.", time=_view.forms_take),
    )
    home = calm(t("Go to your page"), href=routes.PATIENT_HOME, grow=True)
    return chapter(
        t("What comes next"),
        rx.el.ol(
            _step(
                "mail",
                t("An email is on its way"),
                t("To {email}, with all of this and an entry for your calendar.", email=_view.email),
            ),
            rx.cond(_view.forms_href != "", questions),
            _step(
                "video",
                t("Then come to your room"),
                t(
                    "The button for it appears on your page by itself. "
                    "Use a phone or a computer with a camera; there is nothing to install."
                ),
            ),
            class_name="stack",
        ),
        row(
            rx.cond(
                _view.forms_href != "",
                rx.fragment(go(t("Answer the questions"), href=_view.forms_href, grow=True), home),
                go(t("Go to your page"), href=routes.PATIENT_HOME, grow=True),
            )
        ),
        class_name="gap-block!",
    )


def _step(sign: str, name: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon(sign, large=True), class_name="text-accent"),
        rx.el.div(rx.el.h3(name, class_name="font-strong"), small(words)),
        class_name="grid grid-cols-[auto_minmax(0,1fr)] gap-row",
    )


def _facts() -> rx.Component:
    return chapter(
        t("All of it once more"),
        facts(
            fact(t("When"), strong(_view.day), small(_view.zone)),
            fact(t("What"), _view.what),
            fact(t("Price"), _view.money),
        ),
        small(t("You can cancel on your page under Visits; it says before you confirm what that costs.")),
        rather_talk(),
    )


def _cancelled() -> rx.Component:
    return stack(
        heading(t("This visit was cancelled")),
        facts(fact(t("When"), strong(_view.day), small(_view.zone)), fact(t("Price"), _view.money)),
        row(go(t("Choose another time"), href=f"{routes.HOME}#people"), link(t("Your visits"), routes.PATIENT_VISITS)),
    )


def _unknown() -> rx.Component:
    return stack(
        heading(t("We don’t find this visit")),
        para(t("It does not belong to the account that you are signed in with, or the address is not complete.")),
        row(go(t("See your visits"), href=routes.PATIENT_VISITS)),
        rather_talk(),
    )
