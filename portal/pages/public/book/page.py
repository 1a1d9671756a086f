"""Free times of one therapist: days are headings, times are buttons, choosing one keeps it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import back_link, calm, go, quiet
from portal.components.fields import choice
from portal.components.layout import row, stack, two
from portal.components.notices import empty, notice, skeleton
from portal.components.pictures import portrait
from portal.components.times import slot_list, zone_bar, zone_probe
from portal.components.words import heading, para, quote, small
from portal.pages.frames import public_frame
from portal.pages.public.book.state import BookState
from portal.pages.public.holding import hold_failed
from portal.pages.session import SessionState
from portal.texts import rich, t

_view = BookState.view
_gone = BookState.gone


def book() -> rx.Component:
    """The page."""
    return public_frame(
        zone_probe([SessionState.detected_zone, BookState.retell]),
        rx.match(
            _view.stage,
            ("times", rx.cond(_gone.when != "", _just_gone(), _times())),
            ("closed", _closed()),
            ("missing", _missing()),
            stack(
                heading(t("Free times")),
                skeleton(t("Free times are on their way."), rows=4),
            ),
        ),
        practice_name=SessionState.practice_name,
        crisis=SessionState.help_lines,
        signed_in=SessionState.signed_in,
        lean=True,
    )


def _times() -> rx.Component:
    return stack(
        back_link(t("All therapists"), f"{routes.HOME}#people"),
        two(_who(), _calendar(), kind="side"),
        gap="row",
    )


def _who() -> rx.Component:
    return stack(
        portrait(_view.portrait, size="l"),
        rx.el.div(
            heading(t("A time with {name}", name=_view.name)),
            rx.el.p(_view.title, class_name="soft mt-tight"),
        ),
        rx.cond(_view.quote != "", rx.el.p(quote(_view.quote))),
        choice(
            "service",
            t("What kind of visit?"),
            _view.services,
            value=_view.service,
            on_change=BookState.choose_service,
        ),
    )


def _calendar() -> rx.Component:
    more = calm(t("Show the next days"), icon="down", on_click=BookState.show_more)
    return rx.el.div(
        zone_bar(
            SessionState.zone_words,
            zone=SessionState.zone,
            on_change=[SessionState.change_zone, BookState.retell],
            now=_view.now,
        ),
        hold_failed(BookState.problem),
        rx.cond(
            _view.days.length() > 0,
            slot_list(_view.days, chosen=_chosen(), on_choose=BookState.choose),
            _nothing_free(),
        ),
        stack(
            rx.cond(
                _view.more,
                rx.el.div(more),
                rx.cond(
                    _view.days.length() > 0,
                    small(t("These are all times up to {day}. Later ones are not open yet.", day=_view.until)),
                ),
            ),
            rx.foreach(_view.notes, _note),
            _ask_us(),
            class_name="border-t border-line mt-block pt-block",
            gap="row",
        ),
    )


def _note(words: Any) -> rx.Component:
    return small(words)


def _chosen() -> rx.Var[str]:
    """What has just been pressed, else what is being kept already."""
    return rx.cond(BookState.chosen != "", BookState.chosen, _view.held)


def _nothing_free() -> rx.Component:
    return rx.el.div(
        empty(
            t("No free times up to {day}", day=_view.until),
            t("Times come free when somebody cancels. Somebody else may have one sooner."),
            calm(t("See who else is free"), href=f"{routes.HOME}#people"),
        ),
        class_name="pt-block",
    )


def _ask_us() -> rx.Component:
    phone = SessionState.practice_phone
    call = rx.el.a(phone, href=f"tel:{phone}", class_name="nowrap")
    return rx.cond(phone != "", small(t("Nothing fits? Ask us for another time on"), " ", call, "."))


def _just_gone() -> rx.Component:
    """Somebody was faster: what happened, what is kept, the nearest times."""
    faster = rich(
        t(
            "Somebody else chose **{when}** a moment before you. Nothing was charged and nothing you typed is lost.",
            when=_gone.when,
        )
    )
    late = rich(t("**{when}** is too near to be booked now. Nothing was charged.", when=_gone.when))
    others = rx.foreach(
        _gone.others,
        lambda one: calm(
            t("{when} with {name}", when=one.time, name=one.note), on_click=BookState.choose(one.id), grow=True
        ),
    )
    return stack(
        heading(t("That time has just gone"), id="gone", tab_index=-1),
        rx.el.div(
            notice("caution", rx.el.p(rx.cond(_gone.too_late, late, faster)), icon="clock", label=t("What happened")),
            role="status",
        ),
        hold_failed(BookState.problem),
        rx.cond(
            _gone.days.length() > 0,
            stack(
                rx.el.p(t("The nearest free times with {name}:", name=_view.name)),
                slot_list(_gone.days, chosen=_chosen(), on_choose=BookState.choose),
                gap="tight",
            ),
            para(t("{name} has no other free time at present.", name=_view.name)),
        ),
        row(others, quiet(t("All times with {name}", name=_view.name), on_click=BookState.show_all, grow=True)),
        zone_bar(
            SessionState.zone_words,
            zone=SessionState.zone,
            on_change=[SessionState.change_zone, BookState.retell],
        ),
        class_name="max-w-[44rem]",
    )


def _closed() -> rx.Component:
    return stack(
        heading(t("{name} takes no new visits at present", name=_view.name)),
        para(t("Somebody else here may be right for you too.")),
        row(go(t("See who is free"), href=f"{routes.HOME}#people")),
    )


def _missing() -> rx.Component:
    return stack(
        heading(t("Nobody by this name works here now")),
        para(t("The address may be old. These are the people who work here, with their next free times:")),
        row(go(t("All therapists"), href=f"{routes.HOME}#people")),
    )
