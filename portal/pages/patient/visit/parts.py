"""The pieces of a visit's page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import anchor, calm, file_link, go, link, stop, stop_calm
from portal.components.dialog import dialog
from portal.components.layout import chapter, row, stack
from portal.components.notices import failed, notice, oops, told
from portal.components.pictures import portrait
from portal.components.tables import Column, cell, fact, facts, table, table_row
from portal.components.words import num, small, strong
from portal.pages.patient.visit.state import VisitState
from portal.pages.session import SessionState
from portal.texts import t

_FACTS, _TERMS = VisitState.facts, VisitState.terms


def not_there() -> rx.Component:
    """No visit under this address, or not this person's."""
    return oops(
        t("There is no such visit"),
        calm(t("Your visits"), href=routes.PATIENT_VISITS),
        happened=t("The address names no visit of yours."),
        kept=t("Everything that you booked stands under Your visits."),
    )


def news() -> rx.Component:
    """What was just done, or why it could not be."""
    words: Any = rx.match(
        VisitState.problem,
        ("", ""),
        ("too_late", t("This visit can no longer be cancelled here: it has begun, or it was cancelled before.")),
        ("changed", t("What cancelling costs has just changed. Please look at it once more.")),
        ("already_paid", t("Nothing is left to pay for this visit.")),
        ("came_back", ""),
        ("declined", t("Your bank said no to this card. Nothing was charged. You can try again, or use another card.")),
        (
            "payments_unavailable",
            t("The card page does not answer just now. Nothing was charged, and your visit stands. Try again later."),
        ),
        t("That did not work. Nothing was changed. Please try once more."),
    )
    left: Any = rx.cond(
        VisitState.problem == "came_back",
        t("You left the card page before paying. Nothing was charged, and you can pay whenever it suits you."),
        "",
    )
    return rx.fragment(told(VisitState.done, "positive"), told(left, "info"), failed(words))


def about() -> rx.Component:
    """With whom, when, how, what."""
    face = row(portrait(_FACTS.face, size="xs"), rx.el.span(_FACTS.name), class_name="gap-tight!")
    zone = small(_FACTS.zone, rx.cond(_FACTS.elsewhere != "", rx.fragment(". ", _FACTS.elsewhere)))
    phone = t("By video, in your browser. If that fails, {name} calls you.", name=_FACTS.therapist)
    return facts(
        fact(t("With"), face),
        fact(t("When"), strong(num(_FACTS.when_at, class_name="whitespace-normal")), zone),
        rx.cond(_FACTS.state == "ahead", fact(t("How"), phone)),
        fact(t("What"), _FACTS.what),
        fact(t("Price"), num(_FACTS.price), small(rx.cond(_FACTS.became != "", _FACTS.became, _FACTS.money))),
    )


def papers() -> rx.Component:
    """Documents and the calendar entry."""

    def line(one: Any) -> rx.Component:
        return file_link(t("{document} (PDF)", document=one.label), one.href)

    return chapter(
        t("To keep"),
        stack(
            rx.foreach(VisitState.papers, line),
            rx.cond(_FACTS.state == "ahead", file_link(t("Calendar entry (ICS)"), _FACTS.calendar)),
            gap="tight",
            class_name="justify-items-start",
        ),
    )


def change_of_mind() -> rx.Component:
    """The rule in words and in money, and the way to cancel."""
    free = table_row(
        cell(t("until"), " ", strong(_TERMS.free_until)),
        cell(strong(t("nothing")), number=True),
    )
    late = cell(rx.cond(_TERMS.free_until != "", t("after that"), t("now")))
    rows = rx.fragment(
        rx.cond(_TERMS.free_until != "", free),
        table_row(late, cell(_TERMS.late_fee, number=True)),
        table_row(cell(t("not at all, and don’t come")), cell(_TERMS.missed_fee, number=True)),
    )
    return chapter(
        t("If you change your mind"),
        table(
            [t("You cancel"), Column(t("It costs"), number=True)],
            rows,
            caption=t("What cancelling costs"),
        ),
        small(t("Times are in {zone}.", zone=_FACTS.zone)),
        stop_calm(t("Cancel this visit"), on_click=VisitState.ask, grow=True, class_name="justify-self-start"),
    )


def question() -> rx.Component:
    """The question before it is done: its buttons repeat the deed and the money."""
    changed: Any = rx.match(VisitState.problem, ("changed", t("What cancelling costs has just changed.")), "")
    return dialog(
        _TERMS.question,
        _TERMS.why,
        failed(changed),
        opened=VisitState.asking,
        on_close=VisitState.keep,
        actions=[
            stop(_TERMS.deed, on_click=VisitState.cancel, busy=VisitState.busy, wide=True),
            calm(t("Keep my visit"), on_click=VisitState.keep, wide=True),
        ],
        note=t("Your time is then free for somebody else, at once."),
    )


def consent_gone() -> rx.Component:
    """That there can be no video until they sign again, and whom to call instead."""
    call = anchor(num(SessionState.practice_phone), href="tel:" + SessionState.practice_phone, reload_document=True)
    words = t(
        "You took your consent to visits by video back on {moment}. Without it nobody can let you in.",
        moment=_FACTS.consent_gone,
    )
    box = notice(
        "caution",
        rx.el.p(words),
        rx.el.p(t("Your visit stays booked. Sign again, or call us:"), " ", call, "."),
        row(calm(t("Sign again"), href=_FACTS.sign_again, icon="pen"), class_name="mt-tight"),
        label=t("Consent"),
    )
    return rx.cond(_FACTS.consent_gone != "", box)


def ways_on() -> rx.Component:
    """The room, and paying what is open."""
    pay_label = t("Pay {price} by card", price=_FACTS.to_pay)
    pay = rx.cond(
        _FACTS.to_pay != "",
        calm(pay_label, on_click=VisitState.pay_now, busy=VisitState.paying, icon="card", grow=True),
    )
    owed = rx.cond(_FACTS.to_pay != "", go(pay_label, on_click=VisitState.pay_now, busy=VisitState.paying, grow=True))
    enter = rx.cond(
        _FACTS.room_is_open,
        go(t("To your room"), href=_FACTS.room, icon="door", grow=True),
        calm(t("Try camera and sound"), href=_FACTS.room, icon="video", grow=True),
    )
    again = rx.fragment(
        owed,
        calm(t("Book another time"), href=routes.HOME, grow=True),
        link(t("Questions? Call {phone}", phone=SessionState.practice_phone), "tel:" + SessionState.practice_phone),
    )
    return row(rx.cond(_FACTS.state == "ahead", rx.fragment(enter, pay), again))
