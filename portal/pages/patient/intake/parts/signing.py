"""The text of a consent on paper, a tick and a typed name under it; and what stands there once it is signed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import anchor, calm, file_link, go, quiet
from portal.components.fields import checkbox, form, text_field
from portal.components.layout import end, stack
from portal.components.notices import word
from portal.components.staff import paper
from portal.components.tables import fact, facts
from portal.components.words import code, heading, num, para, small, strong
from portal.pages.patient.intake import cards
from portal.pages.patient.intake.parts.asking import problems, way
from portal.pages.patient.intake.state import IntakeState
from portal.pages.session import SessionState
from portal.texts import t

_TEXT, _PACKET, _WAY = IntakeState.consent, IntakeState.packet, IntakeState.way


def consent_page() -> rx.Component:
    """To sign, or signed."""
    return rx.cond(_TEXT.signature_id != "", _signed(), _to_sign())


def text_on_paper(pieces: rx.Var, label: rx.Var) -> rx.Component:
    """The full text; no box that scrolls."""

    def piece(one: Any) -> rx.Component:
        return rx.cond(one.is_heading, rx.el.h2(one.text, class_name="text-[1.3125rem]! pt-2"), rx.el.p(one.text))

    return paper(rx.foreach(pieces, piece), label=label)


def _to_sign() -> rx.Component:
    minutes = small(t("About {minutes} minutes to read", minutes=_TEXT.minutes))
    name = IntakeState.errors[f"{cards.CONSENT}.typed_name"].to(str)
    tick = IntakeState.errors[f"{cards.CONSENT}.agree"].to(str)
    sign = rx.cond(IntakeState.tried.doubt != "", t("Sign with this name"), t("Sign"))
    return stack(
        way(minutes),
        heading(_TEXT.title),
        text_on_paper(_TEXT.pieces, t("Text of the consent")),
        file_link(t("Save a copy of this text (PDF)"), _TEXT.copy),
        form(
            checkbox(
                "agree",
                t("I have read this text, or had it read to me, could ask my questions, and agree to it."),
                error=tick,
            ),
            text_field(
                "typed_name",
                t("Type your full name to sign"),
                hint=t("As in your details: {name}. The date and time are added for you.", name=_PACKET.name),
                class_name="sign-name",
                auto_complete="name",
                max_length=120,
                error=name,
            ),
            problems(),
            end(
                go(sign, kind="submit", grow=True),
                calm(t("Back"), on_click=IntakeState.go_back, grow=True),
                quiet(t("Stop here and go on later"), href=routes.PATIENT_HOME, grow=True),
            ),
            on_submit=IntakeState.sign,
            label=t("Your signature"),
            class_name="stack",
        ),
        _without(),
    )


def _without() -> rx.Component:
    """What happens when somebody does not want to sign."""
    call = anchor(num(SessionState.practice_phone), href="tel:" + SessionState.practice_phone, reload_document=True)
    return rx.el.details(
        rx.el.summary(t("I don’t want to sign this"), class_name="btn quiet"),
        stack(
            para(t("You need not. Without it there can be no visit by video, and your visit stays booked for now.")),
            para(t("Call us, and we look for another way together:"), " ", call, "."),
            gap="tight",
            class_name="pt-2",
        ),
    )


def _signed() -> rx.Component:
    """Name, instant, version, fingerprint, how to take it back."""
    return stack(
        way(),
        word(strong(t("Signed")), "positive", "check"),
        heading(_TEXT.title),
        stack(
            rx.el.p(_TEXT.signed_name, class_name="signed max-w-[30rem]"),
            small(t("Typed by you on {moment}", moment=_TEXT.signed_at)),
            gap="tight",
        ),
        facts(
            fact(t("Text"), _TEXT.version),
            fact(t("Fingerprint"), code(_TEXT.marks)),
            fact(t("Holds until"), t("you take it back, under Papers or by telling us")),
        ),
        small(t("The fingerprint shows that nobody has changed the text since you signed it.")),
        end(
            go(t("Continue"), on_click=IntakeState.go_further, grow=True),
            calm(t("Save a copy"), href=_TEXT.copy, icon="download", reload_document=True, grow=True),
            quiet(t("Stop here and go on later"), href=routes.PATIENT_HOME, grow=True),
        ),
    )
