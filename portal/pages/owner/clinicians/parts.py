"""The three chapters of one therapist."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from portal.components.buttons import calm, go, quiet
from portal.components.fields import checkbox, form, select, text_area, text_field
from portal.components.layout import chapter, end, split, stack
from portal.components.notices import failed, told
from portal.components.words import small, strong
from portal.pages.owner.clinicians.cards import GivenCard, OverrideCard, SpanCard, day_name
from portal.pages.owner.clinicians.state import CliniciansState
from portal.texts import t


def profile(zones: Sequence[str]) -> rx.Component:
    """What the public reads."""
    one, wrong = CliniciansState.opened, CliniciansState.errors
    return chapter(
        t("What patients read"),
        form(
            text_field("name", t("Name"), default_value=one.name, error=wrong["name"]),
            text_field("title", t("Profession"), default_value=one.title),
            text_field("quote", t("One sentence of their own"), default_value=one.quote, optional=True),
            text_area("about", t("About them"), default_value=one.about, rows=3, optional=True),
            text_field("needs", t("Works with"), default_value=one.needs, hint=t("Separated by commas.")),
            text_field("languages", t("Languages"), default_value=one.languages, hint=t("Separated by commas.")),
            select("portrait", t("Picture"), _portraits(), default_value=one.portrait),
            select(
                "zone",
                t("Time zone of the weekly hours"),
                [(zone, zone) for zone in zones],
                default_value=one.zone,
                error=wrong["zone"],
            ),
            rx.el.fieldset(
                rx.el.legend(t("Gives these services"), class_name="lab pb-tight"),
                rx.foreach(CliniciansState.given, _given),
            ),
            checkbox("is_active", t("Shown to patients and can be booked"), default_checked=one.is_active),
            end(go(t("Save the profile"), kind="submit")),
            on_submit=CliniciansState.save,
            label=t("Profile of the therapist"),
            class_name="stack max-w-form",
        ),
    )


def hours() -> rx.Component:
    """The weekly habit."""
    return chapter(
        t("Weekly hours"),
        small(t("In the therapist's own time zone. They keep their clock time when clocks change.")),
        form(
            rx.foreach(CliniciansState.spans, _span),
            failed(CliniciansState.hours_problem),
            end(
                calm(t("Save these hours"), kind="submit"),
                quiet(t("Add hours"), icon="plus", on_click=CliniciansState.add_span),
            ),
            on_submit=CliniciansState.save_hours,
            label=t("Weekly hours"),
            class_name="stack max-w-form",
        ),
    )


def days() -> rx.Component:
    """Dates that differ."""
    kinds = [("off", t("Off")), ("hours", t("Other hours"))]
    return chapter(
        t("Days off and other hours"),
        rx.el.ul(rx.foreach(CliniciansState.overrides, _day), class_name="stack none max-w-form"),
        told(CliniciansState.days_problem),
        form(
            text_field("on", t("Date"), kind="date"),
            select("kind", t("What"), kinds, default_value="off"),
            text_field("start", t("From"), kind="time", optional=True),
            text_field("end", t("To"), kind="time", optional=True, hint=t("Without times it is the whole day.")),
            text_field("note", t("Note for the practice"), optional=True),
            end(calm(t("Add this date"), kind="submit")),
            on_submit=CliniciansState.add_day,
            label=t("A date that differs"),
            class_name="stack max-w-form",
        ),
    )


def _portraits() -> list[tuple[str, object]]:
    drawn = ("miriam", "tomas", "ingrid", "priya", "person-1", "person-2", "person-3", "person-4")
    return [(key, t("Drawing {number}", number=place + 1)) for place, key in enumerate(drawn)]


def _given(card: GivenCard) -> rx.Component:
    return checkbox(f"gives-{card.public_id}", card.name, default_checked=card.is_given)


def _span(span: SpanCard) -> rx.Component:
    weekdays = [(str(number), day_name(number)) for number in range(7)]
    return rx.el.div(
        select(f"weekday-{span.key}", t("Day"), weekdays, default_value=span.weekday),
        text_field(f"start-{span.key}", t("From"), kind="time", default_value=span.start),
        text_field(f"end-{span.key}", t("To"), kind="time", default_value=span.end),
        quiet(t("Take out"), on_click=CliniciansState.remove_span(span.key)),
        key=span.key,
        class_name="grid grid-cols-2 gap-row items-end sm:grid-cols-[1.4fr_1fr_1fr_auto]",
    )


def _day(card: OverrideCard) -> rx.Component:
    return rx.el.li(
        split(
            stack(
                strong(card.date),
                small(card.what, rx.cond(card.note != "", rx.fragment(" · ", card.note))),
                gap="tight",
            ),
            quiet(t("Take out"), on_click=CliniciansState.remove_day(card.public_id)),
        ),
        key=card.public_id,
        class_name="border-t border-line pt-3",
    )
