"""Parts of the public home: the list of therapists, how it works, what it costs."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.buttons import calm, go, link, quiet
from portal.components.fields import form, select
from portal.components.icons import icon
from portal.components.layout import chapter, row, split, stack
from portal.components.notices import empty, skeleton
from portal.components.pictures import portrait, scene
from portal.components.tables import Column, cell, table, table_row
from portal.components.times import slot_row, zone_bar
from portal.components.words import display, lead, num, para, quote, small, strong, subtitle, title
from portal.pages.public.contact import rather_talk
from portal.pages.public.holding import hold_failed
from portal.pages.public.home.state import HomeState
from portal.pages.session import SessionState
from portal.texts import t


def hero() -> rx.Component:
    """What this place is, in one sentence, and the door."""
    words = HomeState.view.tagline
    facts = (
        ("door", t("Nothing to install")),
        ("user", t("No account to look around")),
        ("lock", t("Records stay with us")),
    )
    return rx.el.div(
        stack(
            display(
                rx.cond(words != "", words, t("Someone to talk to, this week, from where you are.")),
                class_name="text-pretty!",
            ),
            lead(
                t(
                    "By video, with a therapist of your choice. Every time you see here is free right now, and yours "
                    "as soon as you choose it."
                )
            ),
            row(
                go(t("See who is free"), href="#people", grow=True),
                quiet(t("I don’t know whom to choose"), href="#unsure", grow=True),
            ),
            rx.el.ul(*[rx.el.li(icon(name), said) for name, said in facts], class_name="facts-in-line"),
        ),
        scene(t("Two armchairs and a small table in a quiet room. Light from a window falls across the wall.")),
        class_name="hero",
    )


def people() -> rx.Component:
    """Who works here, and when they are free."""
    everybody = rx.el.ul(rx.foreach(HomeState.view.therapists, _person), class_name="people")
    nobody = empty(
        t("Nobody here fits all of that"),
        t("Take one of the wishes back, or call us: we know each other and can tell you who might."),
        calm(t("Show everybody"), on_click=HomeState.widen),
    )
    known = HomeState.view.found != ""
    offered = stack(
        heading_of_people(),
        _sieve(),
        zone_bar(
            SessionState.zone_words,
            zone=SessionState.zone,
            on_change=[SessionState.change_zone, HomeState.retell],
        ),
        hold_failed(HomeState.problem),
        rx.cond(
            known,
            rx.cond(HomeState.view.therapists.length() > 0, everybody, nobody),
            skeleton(t("Therapists and their free times are on their way."), rows=3),
        ),
    )
    not_yet = empty(
        t("Nobody can be booked here yet"),
        t("This practice is being set up. Free times will stand here as soon as somebody works here."),
        rather_talk(),
    )
    return rx.el.section(
        rx.cond(HomeState.view.is_open, offered, not_yet),
        custom_attrs={"id": "people"},
        class_name="page",
    )


def heading_of_people() -> rx.Component:
    """The heading, and how many there are: heard again when the list is narrowed."""
    return split(
        title(t("Therapists and their next free times"), class_name="heading"),
        rx.el.p(HomeState.view.found, role="status", class_name="small soft"),
    )


def _sieve() -> rx.Component:
    sieve, view = HomeState.sieve, HomeState.view
    parts_of_day = [
        ("", t("Any time")),
        ("morning", t("Mornings")),
        ("afternoon", t("Afternoons")),
        ("evening", t("Evenings")),
    ]
    return form(
        select("need", t("What is it about?"), view.needs, default_value=sieve.need),
        select("language", t("Language"), view.languages, default_value=sieve.language),
        select("part", t("Time of day"), parts_of_day, default_value=sieve.part),
        calm(t("Show"), kind="submit"),
        on_submit=HomeState.narrow,
        label=t("Narrow the list"),
        class_name="sieve",
        key=sieve.key,
    )


def _person(card: Any) -> rx.Component:
    words = stack(
        rx.el.div(title(card.name, level=3), rx.el.p(card.title, class_name="soft")),
        rx.el.p(card.needs, " ", quote(card.quote)),
        small(card.facts),
        gap="row",
    )
    times = stack(
        rx.el.p(strong(card.next_words)),
        rx.cond(
            card.times.length() > 0,
            slot_row(
                card.times,
                chosen=HomeState.chosen,
                on_choose=lambda slot_id: HomeState.choose(card.slug, slot_id),
            ),
            _no_time(),
        ),
        link(t("All times with {name}", name=card.name), card.href),
        gap="row",
    )
    return rx.el.li(rx.el.div(portrait(card.portrait, size="l"), words, class_name="who"), times, key=card.slug)


def _no_time() -> rx.Component:
    call = rx.el.a(SessionState.practice_phone, href=f"tel:{SessionState.practice_phone}", class_name="nowrap")
    return rx.cond(
        SessionState.practice_phone != "",
        rx.el.p(t("Somebody may still cancel. Ask us on"), " ", call, ".", class_name="soft"),
    )


def how_it_works() -> rx.Component:
    """The way from here to the first visit, and what to do when one cannot choose."""
    steps = (
        (t("Choose a time"), t("We keep it for you for 15 minutes. Nobody else sees it meanwhile.")),
        (
            t("Say who you are"),
            t("A name, a mail address and a password. Then look everything over: the time, the price, how you pay."),
        ),
        (
            t("Answer a few questions"),
            t("At home, when it suits you. What you write is saved as you go, and only your therapist reads it."),
        ),
        (
            t("Come to your room"),
            t("It opens 15 minutes before, in your browser, on a phone or a computer. There is nothing to install."),
        ),
    )
    unsure = chapter(
        t("If you don’t know whom to choose"),
        para(
            t(
                "Take the one whose words you like, or the one who is free first. A first visit is for finding out, "
                "and changing to somebody else afterwards is nothing unusual."
            )
        ),
        rx.cond(
            SessionState.practice_phone != "",
            para(
                t("Or tell us in a few words what it is about, and we name somebody:"),
                " ",
                rx.el.a(SessionState.practice_phone, href=f"tel:{SessionState.practice_phone}", class_name="nowrap"),
                rx.cond(SessionState.practice_hours != "", rx.fragment(", ", SessionState.practice_hours)),
                ".",
            ),
        ),
        custom_attrs={"id": "unsure"},
    )
    about = HomeState.view.about
    return _section(
        "how",
        title(t("How it works"), class_name="heading"),
        rx.el.ol(
            *[_step(number + 1, *words) for number, words in enumerate(steps)],
            class_name="grid gap-block @min-[46rem]:grid-cols-2",
        ),
        rx.el.div(
            unsure,
            rx.cond(about != "", chapter(t("Who we are"), para(about, class_name="whitespace-pre-line"))),
            class_name="grid gap-block pt-block @min-[46rem]:grid-cols-2",
        ),
    )


def _step(number: int, name: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        rx.el.span(str(number), aria_hidden="true", class_name="voice heading soft num"),
        rx.el.div(subtitle(name), para(words)),
        class_name="grid grid-cols-[2rem_minmax(0,1fr)] gap-row items-baseline",
    )


def fees() -> rx.Component:
    """What a visit costs, and until when cancelling costs nothing."""
    columns = [t("Visit"), Column(t("Price"), number=True)]
    return _section(
        "fees",
        title(t("Fees"), class_name="heading"),
        rx.cond(
            HomeState.view.fees.length() > 0,
            table(columns, rx.foreach(HomeState.view.fees, _fee), caption=t("What a visit costs")),
            para(t("What a visit costs will stand here.")),
        ),
    )


def _fee(card: Any) -> rx.Component:
    about = rx.cond(card.summary != "", rx.el.span(card.summary, class_name="small block"))
    terms = rx.el.span(card.terms, class_name="small soft block")
    return table_row(
        cell(strong(card.name), about, terms, head=True), cell(num(card.price), number=True), key=card.name
    )


def _section(name: str, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.div(stack(*children, class_name="border-t border-line pt-section"), class_name="page pt-0!"),
        custom_attrs={"id": name},
    )
