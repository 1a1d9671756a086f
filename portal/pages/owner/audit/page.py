"""The audit trail: filters in one row, a sentence, the table."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import calm, link
from portal.components.fields import form, select, text_field
from portal.components.layout import split, stack
from portal.components.notices import empty, failed, skeleton, word
from portal.components.tables import cell, table, table_row
from portal.components.words import heading, lead, small
from portal.pages.owner.audit.cards import EntryCard
from portal.pages.owner.audit.state import AuditState
from portal.pages.owner.frame import framed
from portal.routes import PRACTICE_AUDIT
from portal.texts import t

_INLINE = "max-lg:inline max-lg:font-[400]"  # where the table stacks, beside the name


def audit() -> rx.Component:
    """The page."""
    return framed(
        heading(t("Audit trail")),
        lead(t("Every look at health data and every change of it. Nothing here can be changed or taken away.")),
        failed(AuditState.problem),
        rx.cond(AuditState.loaded, _found(), skeleton(t("The trail is being read"), rows=3)),
        active="audit",
        on_unmount=AuditState.leave,
    )


def _filters() -> rx.Component:
    outcomes = [("", t("All")), ("allowed", t("Allowed")), ("refused", t("Refused"))]
    chosen = AuditState.chosen
    return form(
        text_field("since", t("From"), kind="date", default_value=chosen.since),
        text_field("until", t("Until"), kind="date", default_value=chosen.until),
        select("kind", t("About"), AuditState.kinds, default_value=chosen.kind),
        select("who", t("Who"), AuditState.people, default_value=chosen.who),
        select("patient", t("Whose data"), AuditState.people, default_value=chosen.patient),
        select("outcome", t("Outcome"), outcomes, default_value=chosen.outcome),
        calm(t("Show"), kind="submit", class_name="col-span-2 lg:col-span-1"),
        on_submit=AuditState.search,
        label=t("Filter the trail"),
        key=AuditState.filters_key,
        class_name="grid grid-cols-2 gap-row items-end lg:grid-cols-[repeat(6,minmax(0,1fr))_auto]",
    )


def _found() -> rx.Component:
    heads = [t("When"), t("Who"), t("What"), t("On what"), t("Whose data"), t("Outcome")]
    everything = link(t("Show everything"), PRACTICE_AUDIT)
    return stack(
        _filters(),
        split(
            rx.el.p(AuditState.sentence, role="status"),
            rx.cond(AuditState.filters_key != "", everything),
        ),
        rx.cond(
            AuditState.entries.length() > 0,
            stack(
                table(heads, rx.foreach(AuditState.entries, _entry), caption=t("Entries of the trail"), kind="audit"),
                rx.cond(AuditState.more, calm(t("Show older entries"), wide=True, on_click=AuditState.show_more)),
            ),
            empty(t("No entry fits"), t("Widen the dates, or show everything.")),
        ),
    )


def _entry(card: EntryCard) -> rx.Component:
    return table_row(
        cell(card.when, head=True),
        cell(card.who, " ", small(card.role, class_name=_INLINE)),
        cell(card.action, small(card.detail)),
        cell(card.subject),
        cell(card.patient),
        cell(rx.cond(card.refused, word(t("refused"), "danger", "alert"), word(t("allowed"), "positive", "check"))),
        kind=rx.cond(card.refused, "hot", ""),
    )
