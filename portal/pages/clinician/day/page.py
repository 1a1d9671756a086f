"""The therapist's day: who comes when, what is ready, who waits, what is left to write."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import anchor, calm, go, icon_button, link
from portal.components.layout import chapter, desk, row, split, stack
from portal.components.notices import empty, skeleton, tag, word
from portal.components.pictures import portrait
from portal.components.scores import score_chip
from portal.components.staff import day_list, day_row, now_line, side_list
from portal.components.times import tick
from portal.components.words import heading, small
from portal.pages.clinician.day.state import DayState
from portal.pages.clinician.frame import KnockState, clinician_page
from portal.texts import t

_EVERY = 5
_view = DayState.view


def day() -> rx.Component:
    """The page."""
    return clinician_page(
        tick(_EVERY, DayState.refresh),
        rx.cond(
            _view.ready,
            rx.fragment(_top(), desk(_list(), _side())),
            stack(heading(t("Your day")), skeleton(t("The day is on its way."), rows=4)),
        ),
        seen_on=_view.waiting_visit,
        on_unmount=DayState.close,
    )


def _top() -> rx.Component:
    ways = row(
        icon_button("left", _view.back.label, href=_view.back.href),
        calm(t("Today"), href=routes.DAY),
        icon_button("right", _view.on.label, href=_view.on.href),
        class_name="gap-tight!",
    )
    return split(heading(_view.heading), ways, class_name="mb-row")


def _list() -> rx.Component:
    nothing = empty(
        t("No visits on this day"),
        t("Visits stand here as they are booked. Your weekly hours say which times are offered."),
        calm(_view.next_title, href=_view.on.href),
    )
    return rx.el.div(
        small(_view.summary, class_name="pb-tight"),
        rx.cond(
            _view.rows.length() > 0,
            day_list(
                rx.foreach(_view.rows, _row),
                rx.cond(_view.now_after != "", now_line(_view.now_after)),
            ),
            nothing,
        ),
    )


def _row(one: Any) -> rx.Component:
    named = rx.cond(
        one.href != "",
        anchor(one.name, href=one.href, class_name="text-inherit! no-underline hover:underline"),
        one.name,
    )
    first = rx.el.b(t("First visit"))
    about = rx.el.span(rx.cond(one.first, first), rx.cond(one.first & (one.about != ""), " · ", ""), one.about)
    return rx.fragment(
        rx.cond(one.now != "", now_line(one.now)),
        day_row(
            time=one.time,
            length=one.lasts,
            name=named,
            about=about,
            state=one.state,
            flag=rx.cond(one.flag != "", rx.el.p(tag(one.flag, "danger", "alert"))),
            bits=[rx.foreach(one.bits, _bit)],
            score=rx.cond(
                one.scores.length() > 0,
                rx.foreach(one.scores, score_chip),
                small(one.no_score),
            ),
            action=_action(one),
        ),
    )


def _bit(one: Any) -> rx.Component:
    return rx.cond(one.icon != "", word(one.label, one.kind, one.icon), rx.el.span(one.label, class_name="soft"))


def _action(one: Any) -> Any:
    """One action a row. The only solid button of the screen is on the lit row."""
    let_in = t("Let {name} in", name=one.first_name)
    admit = KnockState.let_in(one.visit)
    return rx.match(
        one.act,
        (
            "admit",
            rx.cond(one.state == "next", go(let_in, on_click=admit), calm(let_in, on_click=admit)),
        ),
        ("room", calm(t("Back to the room"), href=one.act_href, icon="video")),
        ("finish_note", calm(t("Finish note"), href=one.act_href, icon="pen")),
        ("write_note", calm(t("Write note"), href=one.act_href, icon="pen")),
        ("signed", tag(t("Note signed"), icon="lock")),
        ("open", calm(t("Open visit"), href=one.act_href)),
        rx.fragment(),
    )


def _side() -> rx.Component:
    return stack(
        rx.cond(_view.is_today, chapter(t("In the waiting room"), _waiting())),
        rx.cond(
            _view.to_talk.length() > 0,
            chapter(t("To talk about"), side_list(rx.foreach(_view.to_talk, _open))),
        ),
        rx.cond(
            _view.to_finish.length() > 0,
            chapter(t("To finish"), side_list(rx.foreach(_view.to_finish, _open))),
        ),
        chapter(_view.next_title, small(_view.next_words, soft=False)),
        class_name="content-start",
    )


def _waiting() -> rx.Component:
    nobody = small(t("Nobody yet. The knock of somebody who comes is shown on all your pages."))
    return rx.cond(_view.waiting.length() > 0, stack(rx.foreach(_view.waiting, _who), gap="row"), nobody)


def _who(one: Any) -> rx.Component:
    words = rx.el.div(rx.el.p(rx.el.b(one.name)), small(one.words, soft=False))
    return rx.el.div(portrait("", size="s"), words, class_name="row flex-nowrap! items-start!")


def _open(one: Any) -> rx.Component:
    return rx.el.li(link(one.label, one.href), small(one.note))
