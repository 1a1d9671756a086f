"""What stands on the page of one therapist: invitation, profile, hours, days off, and what they come to."""

from __future__ import annotations

from zoneinfo import available_timezones

import reflex as rx

from portal.components.base import Text
from portal.components.buttons import calm, go, quiet
from portal.components.fields import checkbox, form, select, text_area, text_field
from portal.components.layout import chapter, end, split, stack
from portal.components.notices import failed, notice, saved, told
from portal.components.pictures import FACES, portrait
from portal.components.unsaved import mind_unsaved
from portal.components.words import hidden, small, strong
from portal.pages.owner.clinicians.cards import GivenCard, OverrideCard, SpanCard, WeekdayCard
from portal.pages.owner.clinicians.state import CliniciansState
from portal.texts import t

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def invitation() -> rx.Component:
    """Until they have joined: how far it is, and how to send it again."""
    one = CliniciansState.opened
    return notice(
        "caution",
        rx.el.p(one.joining_words),
        form(
            text_field(
                "email", t("Email"), kind="email", default_value=one.email, error=CliniciansState.errors["email"]
            ),
            calm(t("Send the invitation again"), kind="submit"),
            on_submit=CliniciansState.invite_again,
            label=t("The invitation"),
            class_name="flex flex-wrap gap-row items-end pt-2",
        ),
        icon="mail",
        label=t("Invited, not yet joined"),
    )


def outlook() -> rx.Component:
    """What patients can book now; it moves with every change below."""
    return rx.el.div(
        rx.foreach(CliniciansState.outlook, rx.el.p),
        role="status",
        class_name="small soft stack tight",
    )


def profile() -> rx.Component:
    """What the public reads."""
    one, wrong = CliniciansState.opened, CliniciansState.errors
    return chapter(
        t("What patients read"),
        form(
            text_field("name", t("Name"), default_value=one.name, error=wrong["name"]),
            text_field("title", t("Profession"), default_value=one.title, optional=True),
            text_field("quote", t("One sentence of their own"), default_value=one.quote, optional=True),
            text_area("about", t("About them"), default_value=one.about, rows=3, optional=True),
            text_field("needs", t("Works with"), default_value=one.needs, hint=t("Separated by commas.")),
            text_field("languages", t("Languages"), default_value=one.languages, hint=t("Separated by commas.")),
            rx.el.fieldset(
                rx.el.legend(t("Picture"), class_name="lab pb-tight"),
                rx.el.div(*map(_face, range(len(FACES)), FACES), class_name="flex flex-wrap gap-tight"),
            ),
            select(
                "zone",
                t("Time zone of the weekly hours"),
                [(zone, zone.replace("_", " ")) for zone in ZONES],
                default_value=one.zone,
                error=wrong["zone"],
            ),
            rx.el.fieldset(
                rx.el.legend(t("Gives these services"), class_name="lab"),
                rx.cond(
                    CliniciansState.given.length() > 0,
                    rx.foreach(CliniciansState.given, _given),
                    small(t("There are no services yet. Add one under Services, then tick it here.")),
                ),
            ),
            checkbox("is_active", t("Shown to patients and can be booked"), default_checked=one.is_active),
            end(go(t("Save the profile"), kind="submit"), saved(CliniciansState.said["profile"])),
            mind_unsaved(CliniciansState.said["profile"]),
            on_submit=CliniciansState.save,
            label=t("Profile of the therapist"),
            class_name="stack",
        ),
    )


def hours() -> rx.Component:
    """The weekly habit."""
    return chapter(
        t("Weekly hours"),
        small(t("In {zone}. They keep their clock time when clocks change.", zone=CliniciansState.opened.zone_words)),
        form(
            rx.el.div(rx.foreach(CliniciansState.week, _weekday)),
            failed(CliniciansState.said["hours_problem"]),
            told(CliniciansState.said["standing"]),
            end(calm(t("Save these hours"), kind="submit"), saved(CliniciansState.said["hours"])),
            mind_unsaved(CliniciansState.said["hours"]),
            on_submit=CliniciansState.save_hours,
            label=t("Weekly hours"),
            class_name="stack mid",
        ),
    )


def days() -> rx.Component:
    """Dates that differ."""
    kinds = [("off", t("Off")), ("hours", t("Works other hours"))]
    return chapter(
        t("Days off and other hours"),
        rx.cond(
            CliniciansState.overrides.length() > 0,
            rx.el.ul(rx.foreach(CliniciansState.overrides, _day), class_name="stack none"),
            small(t("None to come.")),
        ),
        told(CliniciansState.said["days"]),
        form(
            _pair(
                text_field("on", t("Date"), kind="date"), text_field("until", t("Last day"), kind="date", optional=True)
            ),
            select("kind", t("What"), kinds, default_value="off"),
            rx.el.div(
                _pair(
                    text_field("start", t("From"), kind="time", optional=True),
                    text_field("end", t("To"), kind="time", optional=True),
                ),
                small(t("Off without times is the whole day.")),
                class_name="stack tight",
            ),
            text_field("note", t("Note for the practice"), optional=True),
            failed(CliniciansState.said["days_problem"]),
            end(calm(t("Add this"), kind="submit")),
            on_submit=CliniciansState.add_day,
            label=t("A date that differs"),
            key=CliniciansState.dates_added.to(str),
            class_name="stack mid",
        ),
    )


def _pair(left: rx.Component, right: rx.Component) -> rx.Component:
    return rx.el.div(left, right, class_name="grid gap-row grid-cols-1 min-[26rem]:grid-cols-2 items-end")


def _face(place: int, key: str) -> rx.Component:
    chosen = (CliniciansState.opened.portrait == key) | ((CliniciansState.opened.portrait == "") & (key == "person"))
    pick = rx.el.input(type="radio", name="portrait", value=key, default_checked=chosen, class_name="pick")
    return rx.el.label(
        portrait(key, size="s"),
        pick,
        hidden(t("Drawing {number}", number=place + 1)),
        class_name=(
            "grid justify-items-center gap-tight p-2 rounded-control border border-line cursor-pointer"
            " has-[:checked]:border-accent has-[:checked]:bg-accent-soft"
        ),
    )


def _given(card: GivenCard) -> rx.Component:
    return checkbox(f"gives-{card.public_id}", card.name, default_checked=card.is_given)


def _weekday(day: WeekdayCard) -> rx.Component:
    wide = "stack tight grow"
    spans_there = rx.Var.create(day.spans).length() > 0
    spans = rx.cond(spans_there, rx.foreach(day.spans, _span), rx.el.p(t("Free"), class_name="soft py-1"))
    add = quiet(
        t("Add"),
        icon="plus",
        aria_label=t("Add hours on {day}", day=day.name),
        on_click=CliniciansState.add_span(day.number),
    )
    return rx.el.div(
        rx.el.p(strong(day.name), class_name="py-1 w-[6.5rem]"),
        rx.el.div(spans, class_name=rx.cond(spans_there, f"{wide} basis-[16rem] order-last sm:order-none", wide)),
        rx.el.div(add, class_name="ml-auto"),
        key=day.number,
        class_name="flex flex-wrap gap-x-row gap-y-1 items-start border-t border-line py-2",
    )


def _span(span: SpanCard) -> rx.Component:
    def time(name: str, words: Text, value: Text) -> rx.Component:
        return rx.el.input(
            type="time", name=f"{name}-{span.key}", aria_label=words, default_value=value, class_name="in w-[7.5rem]!"
        )

    return rx.el.div(
        time("start", t("{day}, from", day=span.day), span.start),
        rx.el.span(t("to"), class_name="soft"),
        time("end", t("{day}, to", day=span.day), span.end),
        quiet(
            t("Take out"),
            aria_label=t("Take out {what}", what=rx.Var.create(span.day) + " " + span.start),
            on_click=CliniciansState.remove_span(span.key),
        ),
        key=span.key,
        class_name="flex flex-wrap gap-tight items-center",
    )


def _day(card: OverrideCard) -> rx.Component:
    return rx.el.li(
        split(
            stack(
                strong(card.date),
                small(card.what, rx.cond(card.note != "", rx.fragment(" · ", card.note))),
                gap="tight",
            ),
            quiet(
                t("Take out"),
                aria_label=t("Take out {what}", what=card.date),
                on_click=CliniciansState.remove_day(card.ids),
            ),
        ),
        key=card.ids,
        class_name="border-t border-line pt-3",
    )
