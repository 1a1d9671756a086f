"""The audit trail: filters in one row, a sentence, the table."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import calm
from portal.components.fields import form, select, text_field
from portal.components.layout import stack
from portal.components.notices import empty, failed, skeleton, word
from portal.components.tables import cell, table, table_row
from portal.components.words import heading, lead, small
from portal.pages.owner.audit.cards import EntryCard
from portal.pages.owner.audit.state import AuditState
from portal.pages.owner.frame import framed
from portal.texts import t


def audit() -> rx.Component:
    """The page."""
    return framed(
        heading(t("Audit trail")),
        lead(t("Every look at health data and every change of it. Nothing here can be changed or taken away.")),
        _filters(),
        failed(AuditState.problem),
        rx.cond(AuditState.loaded, _found(), skeleton(t("The trail is being read"), rows=3)),
        active="audit",
    )


def _filters() -> rx.Component:
    outcomes = [("", t("Allowed and refused")), ("allowed", t("Allowed")), ("refused", t("Refused"))]
    return form(
        text_field("since", t("From"), kind="date"),
        text_field("until", t("Until"), kind="date"),
        select("area", t("About"), AuditState.areas),
        select("who", t("Who"), AuditState.people),
        select("patient", t("Whose data"), AuditState.people),
        select("outcome", t("Outcome"), outcomes),
        calm(t("Show"), kind="submit"),
        on_submit=AuditState.search,
        label=t("Filter the trail"),
        class_name="grid gap-row items-end sm:grid-cols-2 lg:grid-cols-[repeat(6,minmax(0,1fr))_auto]",
    )


def _found() -> rx.Component:
    heads = [t("When"), t("Who"), t("What"), t("On what"), t("Whose data"), t("Outcome")]
    return rx.cond(
        AuditState.entries.length() > 0,
        stack(
            rx.el.p(AuditState.sentence, role="status"),
            table(heads, rx.foreach(AuditState.entries, _entry), caption=t("Entries of the trail"), kind="audit"),
            rx.cond(AuditState.more, calm(t("Show older entries"), on_click=AuditState.show_more)),
        ),
        empty(t("No entry fits"), t("Widen the dates, or show everything.")),
    )


def _entry(card: EntryCard) -> rx.Component:
    return table_row(
        cell(card.when, head=True),
        cell(card.who, small(card.role)),
        cell(card.action, small(card.detail)),
        cell(card.subject),
        cell(card.patient),
        cell(rx.cond(card.refused, word(t("refused"), "danger", "alert"), word(t("allowed"), "positive", "check"))),
        kind=rx.cond(card.refused, "hot", ""),
    )
