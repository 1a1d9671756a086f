"""The therapists as a list; one opens with profile, weekly hours and days off."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import back_link, calm, go, link, quiet
from portal.components.fields import form, select, text_field
from portal.components.layout import end, row, split, stack, two
from portal.components.notices import empty, saved, skeleton, tag
from portal.components.pictures import portrait
from portal.components.words import heading, lead, small, strong
from portal.pages.owner.clinicians.cards import TherapistCard
from portal.pages.owner.clinicians.parts import ZONES, days, hours, invitation, outlook, profile
from portal.pages.owner.clinicians.state import CliniciansState
from portal.pages.owner.frame import framed
from portal.routes import PRACTICE_CLINICIANS
from portal.texts import t


def clinicians() -> rx.Component:
    """The page."""
    return framed(
        rx.cond(
            CliniciansState.loaded,
            rx.cond(
                CliniciansState.is_adding,
                _adding(),
                rx.cond(CliniciansState.opened.public_id != "", _opened(), _list()),
            ),
            stack(heading(t("Therapists")), skeleton(t("The therapists are being read"), rows=2)),
        ),
        active="clinicians",
    )


def _list() -> rx.Component:
    add = calm(t("Add a therapist"), icon="plus", href=f"{PRACTICE_CLINICIANS}?new=1")
    nobody = empty(
        t("Nobody works here yet"),
        t("Add a therapist: they get an invitation by mail, and you say what patients read and when they work."),
    )
    return stack(
        split(heading(t("Therapists")), add),
        lead(t("Who works here, when, and what patients read about them.")),
        rx.cond(
            CliniciansState.therapists.length() > 0,
            rx.el.ul(rx.foreach(CliniciansState.therapists, _row), class_name="stack none"),
            nobody,
        ),
    )


def _row(card: TherapistCard) -> rx.Component:
    state = rx.match(
        card.joining,
        ("invited", tag(t("invited, not yet joined"), "info", "mail")),
        ("ran_out", tag(t("link ran out"), "caution", "alert")),
        rx.fragment(),
    )
    shown = rx.cond(card.is_active, rx.fragment(), tag(t("not shown to patients"), "caution"))
    return rx.el.li(
        portrait(card.portrait, size="s"),
        stack(
            row(strong(card.name), shown, state),
            rx.cond(card.title != "", small(card.title)),
            rx.cond(card.given != "", small(card.given), small(t("Gives no service yet"))),
            small(card.zone_words),
            gap="tight",
            class_name="grow",
        ),
        quiet(t("Open {name}", name=card.name), href=f"{PRACTICE_CLINICIANS}?id={card.public_id}"),
        class_name="flex flex-wrap gap-row items-start border-t border-line pt-3",
    )


def _adding() -> rx.Component:
    wrong = CliniciansState.errors
    return stack(
        back_link(t("All therapists"), PRACTICE_CLINICIANS),
        heading(t("A new therapist")),
        lead(t("They get a letter with a link to choose a password. It works for 7 days.")),
        form(
            text_field("name", t("Name"), error=wrong["name"], hint=t("As patients read it.")),
            text_field("email", t("Email"), kind="email", error=wrong["email"], auto_complete="off"),
            select(
                "zone",
                t("Time zone in which they work"),
                [(zone, zone.replace("_", " ")) for zone in ZONES],
                default_value=CliniciansState.opened.zone,
                error=wrong["zone"],
            ),
            end(go(t("Add and invite"), kind="submit"), link(t("Back without adding"), PRACTICE_CLINICIANS)),
            on_submit=CliniciansState.add,
            label=t("A new therapist"),
            class_name="stack max-w-form",
        ),
    )


def _opened() -> rx.Component:
    return stack(
        back_link(t("All therapists"), PRACTICE_CLINICIANS),
        split(heading(CliniciansState.opened.name), saved(CliniciansState.said["invite"])),
        rx.cond(CliniciansState.opened.joining != "", invitation()),
        outlook(),
        two(profile(), stack(hours(), days(), gap="section"), kind="even"),
        key=CliniciansState.opened.public_id,
    )
