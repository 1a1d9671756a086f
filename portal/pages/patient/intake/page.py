"""The forms before a visit, one group of questions at a time; the address says which.

What is drawn depends on the address alone, never on State: a field that somebody types into stays where it is when the
line to the practice breaks and comes back.
"""

from __future__ import annotations

import reflex as rx

from portal.clinic.intake.forms import CONSENT_TELEHEALTH, PACKET
from portal.components.notices import skeleton
from portal.pages.patient.framing import undistracted
from portal.pages.patient.intake import cards, parts
from portal.pages.patient.intake.state import IntakeState
from portal.texts import t


def intake() -> rx.Component:
    """The page."""
    at = rx.State.router.url.query_parameters["at"].to(str)
    questions = [
        (f"{form.key}.{group.key}", parts.page_of(form, group))
        for form in PACKET
        if form is not CONSENT_TELEHEALTH
        for group in form.groups
    ]
    sent = [(f"{form.key}.{cards.SENT}", parts.sent_page()) for form in PACKET if form is not CONSENT_TELEHEALTH]
    pages = rx.match(
        at,
        *questions,
        *sent,
        (cards.CONSENT_PAGE, parts.consent_page()),
        (f"{cards.CONSENT}.{cards.SENT}", parts.consent_page()),
        (cards.DONE, parts.done_page()),
        skeleton(t("One moment"), rows=2),
    )
    missing = IntakeState.loaded & (IntakeState.packet.id == "")
    return undistracted(
        rx.cond(missing, parts.not_there(), pages),
        width="narrow",
        on_unmount=IntakeState.leave,
    )
