"""The therapists as a list; one opens with profile, weekly hours and days off."""

from __future__ import annotations

from zoneinfo import available_timezones

import reflex as rx

from portal.components.buttons import calm, go, quiet
from portal.components.fields import form, select, text_field
from portal.components.layout import end, row, split, stack
from portal.components.notices import saved, skeleton, tag
from portal.components.pictures import portrait
from portal.components.words import heading, lead, small, strong
from portal.pages.owner.clinicians.cards import TherapistCard
from portal.pages.owner.clinicians.parts import days, hours, profile
from portal.pages.owner.clinicians.state import CliniciansState
from portal.pages.owner.frame import framed
from portal.texts import t

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


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
    return stack(
        split(heading(t("Therapists")), calm(t("Add a therapist"), icon="plus", on_click=CliniciansState.ask_to_add)),
        lead(t("Who works here, when, and what patients read about them.")),
        rx.el.ul(rx.foreach(CliniciansState.therapists, _row), class_name="stack none"),
    )


def _row(card: TherapistCard) -> rx.Component:
    return rx.el.li(
        split(
            row(
                portrait(card.portrait, size="s"),
                stack(
                    row(strong(card.name), rx.cond(card.is_active, rx.fragment(), tag(t("not shown"), "caution"))),
                    small(card.title),
                    small(card.given),
                    small(card.zone),
                    gap="tight",
                ),
            ),
            quiet(t("Open {name}", name=card.name), on_click=CliniciansState.open(card.public_id)),
        ),
        class_name="border-t border-line pt-3",
    )


def _adding() -> rx.Component:
    wrong = CliniciansState.errors
    return stack(
        quiet(t("All therapists"), icon="back", on_click=CliniciansState.load),
        heading(t("A new therapist")),
        form(
            text_field("name", t("Name"), error=wrong["name"]),
            text_field(
                "email", t("Email"), kind="email", error=wrong["email"], hint=t("They choose a password by mail.")
            ),
            select(
                "zone",
                t("Time zone"),
                [(zone, zone) for zone in ZONES],
                default_value="Europe/London",
                error=wrong["zone"],
            ),
            end(go(t("Add this therapist"), kind="submit")),
            on_submit=CliniciansState.add,
            label=t("A new therapist"),
            class_name="stack max-w-form",
        ),
    )


def _opened() -> rx.Component:
    return stack(
        quiet(t("All therapists"), icon="back", on_click=CliniciansState.load),
        split(heading(CliniciansState.opened.name), saved(CliniciansState.said)),
        profile(ZONES),
        hours(),
        days(),
        gap="section",
        key=CliniciansState.opened.public_id,
    )
