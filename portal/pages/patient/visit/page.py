"""One visit of a patient."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.components.buttons import back_link
from portal.components.layout import stack, two
from portal.components.words import heading
from portal.pages.patient.framing import framed, once
from portal.pages.patient.visit import parts
from portal.pages.patient.visit.state import VisitState
from portal.texts import t


def visit() -> rx.Component:
    """The page."""
    facts = VisitState.facts
    title = rx.match(
        facts.state,
        ("cancelled", t("Cancelled: {moment}", moment=facts.moment)),
        ("missed", t("Missed: {moment}", moment=facts.moment)),
        facts.moment,
    )
    there = stack(
        heading(title),
        parts.news(),
        parts.consent_gone(),
        two(
            stack(parts.about(), parts.ways_on()),
            stack(rx.cond(VisitState.terms.may_cancel, parts.change_of_mind()), parts.papers(), gap="section"),
        ),
        parts.question(),
    )
    missing = stack(heading(t("Your visit")), parts.not_there())
    return framed(
        back_link(t("Your visits"), routes.PATIENT_VISITS),
        once(VisitState.loaded, rx.cond(facts.id != "", there, missing)),
        active="visits",
    )
