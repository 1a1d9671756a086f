"""The patient's own details: who, how to be reached, in which zone, and the way out."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import link
from portal.components.credential_form import sign_out_button
from portal.components.layout import chapter, row, stack
from portal.components.shell import scheme_switch
from portal.components.tables import fact, facts
from portal.components.times import zone_bar
from portal.components.words import heading, para, small
from portal.pages.patient.account.state import AccountState
from portal.pages.patient.framing import framed, once
from portal.pages.session import SessionState
from portal.texts import t


def account() -> rx.Component:
    """The page."""
    no_phone = rx.fragment(
        t("Not given yet."), " ", small(t("You can give it in the form About you, before your next visit."))
    )
    details = chapter(
        t("Your details"),
        facts(
            fact(t("Name"), AccountState.name),
            fact(t("Email"), rx.el.span(AccountState.email, class_name="[overflow-wrap:anywhere]")),
            fact(t("Phone"), rx.cond(AccountState.phone != "", AccountState.phone, no_phone)),
        ),
        small(t("Something is not right? Call us on {phone}, and we change it.", phone=SessionState.practice_phone)),
    )
    times = chapter(
        t("Your time zone"),
        para(t("All times on these pages and in our letters are told in this zone.")),
        zone_bar(SessionState.zone_words, zone=SessionState.zone, on_change=SessionState.change_zone),
    )
    access = chapter(
        t("Signing in"),
        link(t("Change your password"), routes.RESET),
        row(sign_out_button(t("Sign out"), look="btn calm")),
    )
    colours = chapter(t("Colours"), para(t("By day or by night, for this device.")), row(scheme_switch()))
    return framed(
        heading(t("You")),
        once(AccountState.loaded, stack(details, times, colours, access, gap="section")),
        active="me",
        width="narrow",
    )
