"""The practice's profile, then its crisis lines."""

from __future__ import annotations

from zoneinfo import available_timezones

import reflex as rx

from portal.clinic.practice.service import CURRENCIES
from portal.clinic.practice.values import CrisisLineCard
from portal.components.buttons import calm, go, quiet
from portal.components.fields import form, select, text_area, text_field
from portal.components.layout import chapter, end, stack
from portal.components.notices import failed, saved, skeleton
from portal.components.words import heading, lead, small
from portal.pages.owner.frame import framed
from portal.pages.owner.practice.state import PracticeState
from portal.texts import t

_ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def practice() -> rx.Component:
    """The page."""
    return framed(
        heading(t("Your practice")),
        lead(t("What patients read about you, and whom they can reach at once.")),
        rx.cond(
            PracticeState.loaded,
            stack(_profile(), _crisis(), gap="section"),
            skeleton(t("The practice is being read"), rows=2),
        ),
        active="practice",
    )


def _profile() -> rx.Component:
    kept, errors = PracticeState.profile, PracticeState.errors
    return chapter(
        t("Profile"),
        form(
            text_field("name", t("Name of the practice"), default_value=kept.name, error=errors["name"]),
            text_field("tagline", t("One sentence for the first page"), default_value=kept.tagline, optional=True),
            text_area("about", t("About the practice"), default_value=kept.about, rows=3, optional=True),
            text_field("phone", t("Phone"), kind="tel", default_value=kept.phone, hint=t("Shown when video fails.")),
            text_field("phone_hours", t("When somebody answers"), default_value=kept.phone_hours, optional=True),
            text_field("email", t("Email"), kind="email", default_value=kept.email, error=errors["email"]),
            text_area("address", t("Address on invoices"), default_value=kept.address, rows=2),
            select(
                "zone", t("Time zone"), [(zone, zone) for zone in _ZONES], default_value=kept.zone, error=errors["zone"]
            ),
            select(
                "currency",
                t("Currency"),
                [(code, code) for code in CURRENCIES],
                default_value=kept.currency,
                error=errors["currency"],
            ),
            end(go(t("Save the profile"), kind="submit"), saved(PracticeState.saved)),
            on_submit=PracticeState.save,
            label=t("Profile of the practice"),
            class_name="stack max-w-form",
        ),
    )


def _crisis() -> rx.Component:
    return chapter(
        t("Help at once"),
        small(t("These stand on every page of your patients and open by themselves after question 9 of the PHQ-9.")),
        form(
            rx.foreach(PracticeState.lines, _line),
            failed(PracticeState.lines_problem),
            end(
                calm(t("Save these lines"), kind="submit"),
                quiet(t("Add a line"), on_click=PracticeState.add_line, icon="plus"),
                saved(PracticeState.lines_saved),
            ),
            on_submit=PracticeState.save_lines,
            label=t("Crisis lines"),
            class_name="stack",
        ),
    )


def _line(line: CrisisLineCard, place: rx.Var[int]) -> rx.Component:
    kinds = [("phone", t("Phone")), ("text", t("Text message")), ("emergency", t("Emergency"))]
    return rx.el.fieldset(
        rx.el.legend(t("Line {number}", number=place.to(int) + 1), class_name="lab pb-tight"),
        select(f"kind-{place}", t("Kind"), kinds, default_value=line.kind),
        text_field(f"label-{place}", t("Name"), default_value=line.label),
        text_field(f"contact-{place}", t("Number"), default_value=line.contact),
        text_field(f"note-{place}", t("What to know"), default_value=line.note, optional=True),
        quiet(t("Take out"), on_click=PracticeState.remove_line(place)),
        key=line.public_id,
        class_name="grid gap-row items-end md:grid-cols-[10rem_1fr_1fr_1.4fr_auto] border-0 p-0",
    )
