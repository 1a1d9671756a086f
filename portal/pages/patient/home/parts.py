"""The pieces of the home."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import anchor, calm, go, quiet
from portal.components.layout import chapter, stack
from portal.components.light import visit_card
from portal.components.notices import empty
from portal.components.staff import todo_list, todo_row
from portal.components.words import num, para
from portal.pages.patient.home.state import HomeState
from portal.pages.patient.listing import coming_list, past_list
from portal.pages.session import SessionState
from portal.texts import rich, t

_NEXT = HomeState.next


def next_visit() -> rx.Component:
    """The lit card: its words and its one green button follow the room by themselves."""
    early = rx.cond(
        _NEXT.opens_in != "",
        rich(
            t(
                "The room opens at **{time}**, in {wait}. The button appears here by itself.",
                time=_NEXT.opens_at,
                wait=_NEXT.opens_in,
            )
        ),
        rich(t("The room opens that day at **{time}**. The button appears here by itself.", time=_NEXT.opens_at)),
    )
    told: Any = rx.match(
        _NEXT.state,
        ("open", t("You check camera and sound first. Nobody sees you before you say so.")),
        ("waiting", t("{name} knows that you are here. You don’t have to do anything.", name=_NEXT.therapist)),
        ("admitted", t("{name} has let you in. You can come back until the visit is over.", name=_NEXT.therapist)),
        "",
    )
    said = rx.cond(_NEXT.state == "early", early, rx.el.p(told))
    label: Any = rx.match(
        _NEXT.state,
        ("early", t("Your next visit")),
        ("open", t("Your room is open")),
        ("waiting", t("You are in the waiting room")),
        ("admitted", t("Your visit is going on")),
        "",
    )
    enter = rx.match(
        _NEXT.state,
        ("open", go(t("Go to the waiting room"), href=_NEXT.room, grow=True)),
        ("waiting", go(t("Back to the waiting room"), href=_NEXT.room, grow=True)),
        ("admitted", go(t("Back to the room"), href=_NEXT.room, grow=True)),
        rx.fragment(
            calm(t("Try camera and sound"), href=_NEXT.room, icon="video", grow=True),
            quiet(t("See or cancel this visit"), href=_NEXT.detail, grow=True),
        ),
    )
    when_at: Any = rx.fragment(
        rx.el.span(_NEXT.when_at, class_name="hidden @min-[34rem]:inline"),
        rx.el.span(_NEXT.when_short, class_name="@min-[34rem]:hidden"),
    )
    return visit_card(
        label=label,
        icon=rx.cond(_NEXT.state == "early", "", "door"),
        face=_NEXT.face,
        when_at=when_at,
        who=_NEXT.who,
        zone=_NEXT.zone,
        words=said,
        actions=[enter],
    )


def nothing_booked() -> rx.Component:
    """No visit ahead: what will stand here, and the way to it."""
    return empty(
        t("No visit is booked"),
        t("Your next visit will stand here, with the way into its room."),
        go(t("Find a time"), href=routes.HOME),
    )


def before() -> rx.Component:
    """What is to do before the visit."""
    done = todo_list(
        todo_row(t("All forms are done."), t("{name} has them.", name=_NEXT.therapist), done=True),
    )
    rows = rx.foreach(HomeState.todo, _todo)
    return chapter(t("Before you come"), rx.cond(HomeState.all_done, done, todo_list(rows)))


def _todo(one: Any) -> rx.Component:
    way = calm(rx.cond(one.started, t("Go on"), t("Start")), href=one.href, aria_label=_aim(one))
    return todo_row(one.what, one.detail, done=one.done, action=rx.cond(one.done, rx.fragment(), way))


def _aim(one: Any) -> rx.Var:
    return rx.cond(one.started, t("Go on with: {form}", form=one.what), t("Start: {form}", form=one.what))


def later() -> rx.Component:
    """Visits after the next one."""
    return chapter(t("Later"), coming_list(HomeState.later))


def if_it_fails() -> rx.Component:
    """Whom to call when the video does not work."""
    call = para(
        t("Call the practice on"),
        " ",
        anchor(num(SessionState.practice_phone), href="tel:" + SessionState.practice_phone, reload_document=True),
        ".",
    )
    back = rx.cond(
        HomeState.phone_end != "",
        rich(
            t(
                "If the video fails, {name} calls you on the number ending in **{end}**.",
                name=_NEXT.therapist,
                end=HomeState.phone_end,
            )
        ),
    )
    return chapter(t("If something goes wrong"), stack(call, para(back), gap="tight"))


def past() -> rx.Component:
    """The last few visits with their documents."""
    return chapter(
        t("Past visits"),
        past_list(HomeState.past),
        quiet(t("All visits"), href=routes.PATIENT_VISITS, class_name="justify-self-start"),
    )
