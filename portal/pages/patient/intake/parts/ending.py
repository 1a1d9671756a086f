"""What stands at the end: a form that was sent, a packet that is done, forms that are not there."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import calm, go, quiet
from portal.components.layout import end, stack
from portal.components.tables import segments
from portal.components.words import heading, para, small
from portal.pages.patient.intake.parts.asking import way
from portal.pages.patient.intake.state import IntakeState
from portal.texts import rich, t

_WAY, _PACKET = IntakeState.way, IntakeState.packet


def sent_page() -> rx.Component:
    """A form that was sent: what was answered, and the ways on."""

    def line(one: Any) -> rx.Component:
        return rx.el.div(
            rx.el.dt(one.question, class_name="small soft"), rx.el.dd(one.answer, class_name="whitespace-pre-wrap")
        )

    change = rx.cond(
        _WAY.may_change,
        calm(t("Change these answers"), on_click=IntakeState.change, grow=True),
        small(t("The visit is over, so these answers can no longer be changed.")),
    )
    return stack(
        way(),
        stack(
            heading(_WAY.title),
            small(t("You sent these answers {at}. {name} has them.", at=_WAY.sent_at, name=_PACKET.therapist)),
            gap="tight",
        ),
        rx.el.dl(rx.foreach(IntakeState.said, line), class_name="grid gap-row"),
        end(
            go(t("Go on"), on_click=IntakeState.go_further, grow=True),
            change,
            quiet(t("To your papers"), href=routes.PATIENT_PAPERS, grow=True),
        ),
    )


def done_page() -> rx.Component:
    """Everything is done."""
    return stack(
        segments(_WAY.segments, t("All parts are done")),
        heading(t("That is all we need from you")),
        para(
            rich(
                t(
                    "{name} reads your answers before your visit on **{moment}** ({zone}).",
                    name=_PACKET.therapist,
                    moment=_PACKET.moment,
                    zone=_PACKET.zone,
                )
            )
        ),
        para(t("You can look at everything again under Papers, and change it until the visit is over.")),
        end(
            go(t("To your home"), href=routes.PATIENT_HOME, grow=True),
            calm(t("To your papers"), href=routes.PATIENT_PAPERS, grow=True),
        ),
    )


def not_there() -> rx.Component:
    """No packet under this address, or not this person's."""
    return stack(
        heading(t("These forms are not here")),
        para(t("The address names no forms of yours.")),
        para(t("Everything that you have answered is kept. Open your forms from your home.")),
        end(go(t("To your home"), href=routes.PATIENT_HOME, grow=True)),
    )
