"""Forms, consents, invoices and receipts."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.buttons import anchor, calm, file_link, quiet, stop
from portal.components.dialog import dialog
from portal.components.layout import chapter, row, stack
from portal.components.notices import failed, tag, told
from portal.components.tables import fact, facts
from portal.components.words import code, heading, para, small, strong
from portal.pages.patient.framing import framed, once
from portal.pages.patient.papers.state import PapersState
from portal.texts import t

_NEWEST = 6


def papers() -> rx.Component:
    """The page."""
    taken = rx.cond(
        PapersState.done == "taken_back",
        t("Your consent is taken back. It holds for no visit to come. You can sign again before your next visit."),
        "",
    )
    return framed(
        heading(t("Your papers")),
        once(
            PapersState.loaded,
            stack(told(taken, "positive"), _owed(), _money(), _signed(), _forms(), gap="section"),
            _question(),
        ),
        active="papers",
    )


def _forms() -> rx.Component:
    def line(one: Any) -> rx.Component:
        see = anchor(t("See"), href=one.href, aria_label=t("See: {form}, {detail}", form=one.what, detail=one.detail))
        links = rx.el.span(rx.cond(one.href != "", see), class_name="links")
        return rx.el.li(strong(one.on), rx.el.span(one.what, small(one.detail)), links)

    return chapter(
        t("Forms that you sent"),
        rx.cond(
            PapersState.forms.length() > 0,
            _list(PapersState.forms, line),
            para(t("Forms that you send before a visit will stand here, in every version.")),
        ),
    )


def _list(lines: Any, line: Any) -> rx.Component:
    """The newest few, and the others on request."""
    older = rx.el.details(
        rx.el.summary(t("Show all {n}", n=lines.length()), class_name="btn quiet"),
        rx.el.ul(rx.foreach(lines[_NEWEST:], line), class_name="past"),
    )
    return stack(
        rx.el.ul(rx.foreach(lines[:_NEWEST], line), class_name="past"),
        rx.cond(lines.length() > _NEWEST, older),
        gap="tight",
    )


def _signed() -> rx.Component:
    return chapter(
        t("Consents"),
        rx.cond(
            PapersState.signed.length() > 0,
            rx.el.div(rx.foreach(PapersState.signed, _signature), class_name="stack"),
            para(t("What you sign will stand here, with the exact text and how to take it back.")),
        ),
    )


def _signature(one: Any) -> rx.Component:
    holds = rx.cond(one.taken_back != "", tag(t("Taken back")), tag(t("Holds"), "positive", "check"))
    back = quiet(t("Take my consent back"), on_click=PapersState.ask(one.id))
    return rx.el.article(
        row(rx.el.h3(one.title, class_name="font-strong"), holds),
        facts(
            fact(t("Signed"), one.name, small(one.signed_at)),
            fact(t("Text"), one.version),
            fact(t("Fingerprint"), code(one.marks)),
            rx.cond(one.taken_back != "", fact(t("Taken back"), one.taken_back)),
        ),
        row(file_link(t("Save a copy (PDF)"), one.copy), rx.cond(one.taken_back == "", back)),
        aria_label=one.title,
        class_name="stack mid",
    )


def _money() -> rx.Component:
    def line(one: Any) -> rx.Component:
        what = rx.el.span(
            one.what, rx.el.span(" · ", class_name="soft"), rx.el.span(one.amount, class_name="num nowrap")
        )
        pdf = anchor(t("PDF"), href=one.href, reload_document=True, aria_label=t("{document}, PDF", document=one.what))
        return rx.el.li(strong(one.on), what, rx.el.span(pdf, class_name="links"))

    return chapter(
        t("Invoices and receipts"),
        rx.cond(
            PapersState.money.length() > 0,
            _list(PapersState.money, line),
            para(t("They come by themselves, with the visit and with each payment.")),
        ),
    )


def _owed() -> rx.Component:
    def line(one: Any) -> rx.Component:
        what = rx.el.span(
            one.why, rx.el.span(" · ", class_name="soft"), rx.el.span(one.amount, class_name="num nowrap")
        )
        pay = calm(
            t("Pay {price} by card", price=one.amount),
            on_click=PapersState.pay(one.id),
            busy=PapersState.paying == one.id,
            aria_label=t("Pay {price} by card, for {day}", price=one.amount, day=one.on),
        )
        return rx.el.li(strong(one.on), what, rx.el.span(pay, class_name="links py-tight"))

    trouble: Any = rx.match(
        PapersState.problem,
        ("", ""),
        ("nothing_owed", t("Nothing is left to pay for this visit.")),
        t("The card page does not answer just now. Nothing was charged. Try again later."),
    )
    there = chapter(t("To pay"), rx.el.ul(rx.foreach(PapersState.owed, line), class_name="past"), failed(trouble))
    return rx.cond((PapersState.owed.length() > 0) | (PapersState.problem != ""), there)


def _question() -> rx.Component:
    return dialog(
        t("Take your consent back?"),
        t("Without it there are no more visits by video. What you have booked stays booked: call us, or sign again."),
        opened=PapersState.asking != "",
        on_close=PapersState.keep,
        actions=[
            stop(t("Take my consent back"), on_click=PapersState.take_back, wide=True),
            calm(t("Keep it"), on_click=PapersState.keep, wide=True),
        ],
        note=t("It changes nothing about what was done before."),
    )
