"""Lists of visits, to come and past."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.buttons import anchor
from portal.components.words import small, strong
from portal.texts import t


def coming_list(visits: rx.Var) -> rx.Component:
    """Visits to come (`ComingVisit`): when, with whom, the money."""

    def line(one: Any) -> rx.Component:
        return rx.el.li(anchor(strong(one.when_at), href=one.href), small(one.about))

    return rx.el.ul(rx.foreach(visits, line), class_name="stack mid")


def past_list(visits: rx.Var) -> rx.Component:
    """Visits that are over (`PastVisit`): when, what became of them, their documents."""
    return rx.el.ul(rx.foreach(visits, _past), class_name="past")


def _past(one: Any) -> rx.Component:
    documents = rx.el.span(
        _document(one.invoice, t("Invoice"), one.on),
        _document(one.receipt, t("Receipt"), one.on),
        _document(one.credit, t("Credit note"), one.on),
        rx.cond(one.to_pay != "", anchor(strong(t("Pay {price}", price=one.to_pay)), href=one.detail)),
        anchor(t("Details"), href=one.detail, aria_label=t("Details of {day}", day=one.on)),
        class_name="links",
    )
    return rx.el.li(strong(one.on), rx.el.span(one.about), documents)


def _document(href: rx.Var, label: rx.Var, on: rx.Var) -> rx.Component:
    words = t("{document} of {day}, PDF", document=label, day=on)
    return rx.cond(href != "", anchor(label, href=href, reload_document=True, aria_label=words))
