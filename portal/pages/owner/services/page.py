"""The services as a list; one opens as a form in its place."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import calm, go, quiet
from portal.components.fields import checkbox, form, text_area, text_field
from portal.components.layout import end, row, split, stack
from portal.components.notices import saved, skeleton, tag
from portal.components.words import heading, lead, small, strong, title
from portal.pages.owner.frame import framed
from portal.pages.owner.services.state import ServiceCard, ServicesState
from portal.texts import t


def services() -> rx.Component:
    """The page."""
    return framed(
        split(heading(t("Services")), calm(t("Add a service"), icon="plus", on_click=ServicesState.edit(""))),
        lead(t("What can be booked. A change counts for new bookings; what is booked keeps its price and terms.")),
        saved(ServicesState.said),
        rx.cond(
            ServicesState.loaded,
            rx.cond(ServicesState.is_open, _form(), _list()),
            skeleton(t("The services are being read"), rows=2),
        ),
        active="services",
    )


def _list() -> rx.Component:
    return rx.el.ul(rx.foreach(ServicesState.services, _row), class_name="stack none")


def _row(card: ServiceCard) -> rx.Component:
    return rx.el.li(
        split(
            stack(
                row(strong(card.name), rx.cond(card.is_active, rx.fragment(), tag(t("not offered"), "caution"))),
                small(card.summary),
                small(
                    card.lasts,
                    " · ",
                    card.price_words,
                    rx.cond(card.pay_later, rx.fragment(" · ", t("may be paid later"))),
                ),
                small(card.terms),
                gap="tight",
            ),
            quiet(t("Change {name}", name=card.name), on_click=ServicesState.edit(card.public_id)),
        ),
        class_name="border-t border-line pt-3",
    )


def _form() -> rx.Component:
    one, wrong = ServicesState.editing, ServicesState.errors
    number = "number"
    return form(
        title(rx.cond(one.public_id != "", t("Change {name}", name=one.name), t("A new service"))),
        text_field("name", t("Name"), default_value=one.name, error=wrong["name"]),
        text_area("summary", t("What patients read"), default_value=one.summary, rows=2, optional=True),
        _pair(
            text_field(
                "minutes", t("Length in minutes"), kind=number, default_value=one.minutes, error=wrong["minutes"]
            ),
            text_field(
                "price",
                t("Price in {currency}", currency=ServicesState.currency),
                default_value=one.price,
                error=wrong["price"],
            ),
        ),
        _pair(
            text_field(
                "buffer_before_minutes",
                t("Minutes kept free before"),
                kind=number,
                default_value=one.buffer_before_minutes,
                error=wrong["buffer_before_minutes"],
            ),
            text_field(
                "buffer_after_minutes",
                t("Minutes kept free after"),
                kind=number,
                default_value=one.buffer_after_minutes,
                error=wrong["buffer_after_minutes"],
            ),
        ),
        _pair(
            text_field(
                "notice_minutes",
                t("Shortest notice in minutes"),
                kind=number,
                default_value=one.notice_minutes,
                error=wrong["notice_minutes"],
            ),
            text_field(
                "window_days",
                t("How many days ahead"),
                kind=number,
                default_value=one.window_days,
                error=wrong["window_days"],
            ),
        ),
        text_field(
            "step_minutes",
            t("A start every … minutes"),
            kind=number,
            default_value=one.step_minutes,
            error=wrong["step_minutes"],
        ),
        _pair(
            text_field(
                "free_cancel_hours",
                t("Free to cancel until … hours before"),
                kind=number,
                default_value=one.free_cancel_hours,
                error=wrong["free_cancel_hours"],
            ),
            text_field(
                "late_fee_percent",
                t("Kept after that, in percent"),
                kind=number,
                default_value=one.late_fee_percent,
                error=wrong["late_fee_percent"],
            ),
        ),
        text_field(
            "no_show_percent",
            t("Kept when nobody comes, in percent"),
            kind=number,
            default_value=one.no_show_percent,
            error=wrong["no_show_percent"],
        ),
        checkbox("pay_later", t("May be paid after the visit"), default_checked=one.pay_later),
        checkbox("is_active", t("Can be booked"), default_checked=one.is_active),
        end(go(t("Save this service"), kind="submit"), quiet(t("Back without saving"), on_click=ServicesState.close)),
        on_submit=ServicesState.save,
        label=t("A service"),
        key=one.public_id,
        class_name="stack max-w-form",
    )


def _pair(left: rx.Component, right: rx.Component) -> rx.Component:
    return rx.el.div(left, right, class_name="grid gap-row sm:grid-cols-2 items-end")
