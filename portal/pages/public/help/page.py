"""Help now: whom to reach at once, and the practice's own phone."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import link
from portal.components.help import help_lines
from portal.components.layout import chapter, stack
from portal.components.notices import skeleton
from portal.components.words import heading, lead, para, small
from portal.pages.frames import public_frame
from portal.pages.session import SessionState
from portal.texts import t


def help_now() -> rx.Component:
    """The page."""
    lines, phone = SessionState.help_lines, SessionState.practice_phone
    return public_frame(
        stack(
            heading(t("You can talk to someone now")),
            lead(t("If you might hurt yourself, or someone is in danger, don’t wait for an appointment.")),
            rx.cond(
                SessionState.practice_name != "",
                rx.cond(lines.length() > 0, rx.el.div(help_lines(lines), class_name="help-lines"), _no_lines()),
                skeleton(t("The numbers are on their way."), rows=1),
            ),
            rx.cond(
                phone != "",
                chapter(
                    t("The practice"),
                    para(t("For appointments and questions. Nobody answers here at night.")),
                    rx.el.p(link(phone, f"tel:{phone}", icon="phone", class_name="lead num")),
                    small(SessionState.practice_hours, class_name="first-letter:uppercase"),
                ),
            ),
        ),
        practice_name=SessionState.practice_name,
        signed_in=SessionState.signed_in,
        active="help",
        width="narrow",
    )


def _no_lines() -> rx.Component:
    return para(t("Call the emergency number of the country that you are in."))
