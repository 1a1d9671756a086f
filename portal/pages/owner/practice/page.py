"""The practice's profile, then its crisis lines."""

from __future__ import annotations

from zoneinfo import available_timezones

import reflex as rx

from portal.clinic.practice.service import CURRENCIES
from portal.clinic.practice.values import CrisisLineCard
from portal.components.buttons import calm, go, link, quiet
from portal.components.fields import form, select, text_area, text_field
from portal.components.layout import chapter, end, stack
from portal.components.notices import failed, notice, saved, skeleton
from portal.components.staff import todo_row
from portal.components.unsaved import mind_unsaved
from portal.components.words import heading, lead, small, strong, title
from portal.pages.owner.frame import framed
from portal.pages.owner.practice.cards import StepCard
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
            stack(_steps(), _profile(), _crisis(), gap="section"),
            skeleton(t("The practice is being read"), rows=2),
        ),
        active="practice",
    )


def _steps() -> rx.Component:
    """For a practice that is new: what is missing before patients find a free time."""
    return rx.cond(
        PracticeState.steps.length() > 0,
        rx.el.section(
            title(t("Before patients can book")),
            rx.el.ul(rx.foreach(PracticeState.steps, _step), class_name="todo"),
            aria_label=t("Before patients can book"),
            class_name="lit plain stack mid p-4",
        ),
    )


def _step(step: StepCard) -> rx.Component:
    below = link(step.way, step.href, reload_document=True)  # the browser moves the focus there, the router does not
    away = link(step.way, step.href)
    return todo_row(
        step.what,
        step.detail,
        done=step.is_done,
        action=rx.cond(step.is_done, rx.fragment(), rx.cond(step.href.startswith("#"), below, away)),
    )


def _profile() -> rx.Component:
    kept, errors = PracticeState.profile, PracticeState.errors
    whole = "sm:col-span-2"
    return chapter(
        t("Profile"),
        form(
            text_field("name", t("Name of the practice"), default_value=kept.name, error=errors["name"]),
            text_field("tagline", t("One sentence for the first page"), default_value=kept.tagline, optional=True),
            rx.el.div(
                text_area("about", t("About the practice"), default_value=kept.about, rows=3, optional=True),
                class_name=whole,
            ),
            text_field("phone", t("Phone"), kind="tel", default_value=kept.phone, hint=t("Shown when video fails.")),
            text_field(
                "phone_hours",
                t("When somebody answers"),
                default_value=kept.phone_hours,
                hint=t("Such as: weekdays 9 to 17."),
                optional=True,
            ),
            text_field("email", t("Email"), kind="email", default_value=kept.email, error=errors["email"]),
            text_area("address", t("Address on invoices"), default_value=kept.address, rows=2, optional=True),
            select(
                "zone",
                t("Time zone"),
                [(zone, zone.replace("_", " ")) for zone in _ZONES],
                default_value=kept.zone,
                error=errors["zone"],
                hint=t("Of the money page, the trail and the invoices."),
            ),
            select(
                "currency",
                t("Currency"),
                [(code, code) for code in CURRENCIES],
                default_value=kept.currency,
                error=errors["currency"],
                hint=t("Fixed once the first visit is booked."),
            ),
            end(go(t("Save the profile"), kind="submit"), saved(PracticeState.saved), class_name=whole),
            mind_unsaved(PracticeState.saved),
            on_submit=PracticeState.save,
            label=t("Profile of the practice"),
            class_name="grid gap-x-block gap-y-block items-start sm:grid-cols-2 max-w-[58rem]",
        ),
    )


def _crisis() -> rx.Component:
    return chapter(
        t("Help at once"),
        small(t("These stand on every page of your patients and open by themselves after question 9 of the PHQ-9.")),
        form(
            rx.cond(
                PracticeState.lines.length() > 0,
                rx.el.ol(rx.foreach(PracticeState.lines, _line), class_name="stack none"),
                notice("caution", t("There is no line yet. Patients who need somebody at once are shown nothing.")),
            ),
            failed(PracticeState.lines_problem),
            end(
                calm(t("Save these lines"), kind="submit"),
                quiet(t("Add a line"), on_click=PracticeState.add_line, icon="plus"),
                saved(PracticeState.lines_saved),
            ),
            mind_unsaved(PracticeState.lines_saved),
            on_submit=PracticeState.save_lines,
            label=t("Crisis lines"),
            class_name="stack",
        ),
    )


def _line(line: CrisisLineCard, place: rx.Var[int]) -> rx.Component:
    kinds = [("phone", t("Phone")), ("text", t("Text message")), ("emergency", t("Emergency"))]
    number = place.to(int) + 1
    up = quiet(
        t("Move up"),
        aria_label=t("Move up line {number}", number=number),
        on_click=PracticeState.move_up(line.public_id),
    )
    out = quiet(
        t("Take out"),
        aria_label=t("Take out line {number}", number=number),
        on_click=PracticeState.remove_line(line.public_id),
    )
    return rx.el.li(
        rx.el.p(strong(t("Line {number}", number=number)), class_name="sm:col-span-2 lg:col-span-1 lg:pb-3"),
        select(f"kind-{line.public_id}", t("Kind"), kinds, default_value=line.kind),
        text_field(f"label-{line.public_id}", t("Name"), default_value=line.label),
        text_field(f"contact-{line.public_id}", t("Number"), default_value=line.contact),
        text_field(f"note-{line.public_id}", t("What to know"), default_value=line.note, optional=True),
        rx.el.div(
            rx.cond(place.to(int) > 0, up),
            out,
            class_name="flex gap-4 lg:justify-end sm:col-span-2 lg:col-span-1 lg:w-[11rem]",
        ),
        key=line.public_id,
        class_name=(
            "grid gap-row items-end border-t border-line pt-3 sm:grid-cols-2"
            " lg:grid-cols-[3.5rem_9.5rem_1fr_9.5rem_1.3fr_auto]"
        ),
    )
