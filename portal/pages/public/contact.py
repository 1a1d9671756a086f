"""The practice's phone, for those who would rather speak."""

from __future__ import annotations

import reflex as rx

from portal.components.words import small
from portal.pages.session import SessionState
from portal.texts import t


def rather_talk() -> rx.Component:
    """The practice's phone, for those who would rather speak."""
    phone = SessionState.practice_phone
    return rx.cond(
        phone != "",
        small(
            t("Rather talk to a person?"),
            " ",
            rx.el.a(phone, href=f"tel:{phone}", class_name="nowrap"),
            rx.cond(SessionState.practice_hours != "", rx.fragment(", ", SessionState.practice_hours)),
        ),
    )
