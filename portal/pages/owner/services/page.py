"""The services as a list; one opens as a form in its place."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import back_link, calm, go, link, quiet
from portal.components.fields import checkbox, form, text_area, text_field
from portal.components.layout import end, row, split, stack
from portal.components.notices import empty, saved, skeleton, tag, word
from portal.components.unsaved import mind_unsaved
from portal.components.words import heading, lead, small, strong
from portal.pages.owner.frame import framed
from portal.pages.owner.services.cards import ServiceCard
from portal.pages.owner.services.state import ServicesState
from portal.routes import PRACTICE_SERVICES
from portal.texts import t


def services() -> rx.Component:
    """The page."""
    add = calm(t("Add a service"), icon="plus", href=f"{PRACTICE_SERVICES}?new=1")
    return framed(
        rx.cond(
            ServicesState.is_open,
            stack(back_link(t("All services"), PRACTICE_SERVICES), _form()),
            stack(
                split(heading(t("Services")), add),
                lead(
                    t("What can be booked. A change counts for new bookings; what is booked keeps its price and terms.")
                ),
                saved(ServicesState.said),
                rx.cond(ServicesState.loaded, _list(), skeleton(t("The services are being read"), rows=2)),
            ),
        ),
        active="services",
    )


def _list() -> rx.Component:
    nothing = empty(
        t("Nothing can be booked yet"),
        t("Add a service: how long it takes, what it costs, and until when it can be cancelled for nothing."),
    )
    return rx.cond(
        ServicesState.services.length() > 0,
        rx.el.ul(rx.foreach(ServicesState.services, _row), class_name="stack none"),
        nothing,
    )


def _row(card: ServiceCard) -> rx.Component:
    withdraw = quiet(
        t("Withdraw"),
        aria_label=t("Withdraw {name}", name=card.name),
        on_click=ServicesState.withdraw(card.public_id),
    )
    back = calm(
        t("Bring back"),
        aria_label=t("Bring back {name}", name=card.name),
        on_click=ServicesState.bring_back(card.public_id),
    )
    return rx.el.li(
        stack(
            row(strong(card.name), rx.cond(card.is_active, rx.fragment(), tag(t("withdrawn"), "caution"))),
            rx.cond(card.summary != "", small(card.summary)),
            small(
                card.lasts,
                " · ",
                card.price_words,
                rx.cond(card.pay_later, rx.fragment(" · ", t("may be paid later"))),
                soft=False,
            ),
            small(card.terms),
            rx.cond(
                card.givers != "",
                small(t("Given by {names}", names=card.givers)),
                word(t("Nobody gives it yet, so it cannot be booked"), "caution", "alert"),
            ),
            rx.cond(
                card.no_way_to_pay,
                word(
                    t("Nobody can pay it online: no card account is set up, and it may not be paid after the visit"),
                    "caution",
                    "alert",
                ),
            ),
            gap="tight",
            class_name="grow basis-[18rem]",
        ),
        row(
            rx.cond(card.is_active, withdraw, back),
            quiet(t("Change {name}", name=card.name), href=f"{PRACTICE_SERVICES}?id={card.public_id}"),
            class_name="gap-x-4!",
        ),
        class_name="flex flex-wrap gap-row items-start justify-between border-t border-line pt-3",
    )


def _form() -> rx.Component:
    one, wrong = ServicesState.editing, ServicesState.errors
    number = "number"
    return form(
        heading(rx.cond(one.public_id != "", t("Change {name}", name=one.name), t("A new service"))),
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
        rx.el.fieldset(
            rx.el.legend(t("Who gives it"), class_name="lab"),
            rx.cond(
                ServicesState.givers.length() > 0,
                rx.foreach(
                    ServicesState.givers,
                    lambda one: checkbox(f"gives-{one.public_id}", one.name, default_checked=one.gives),
                ),
                small(t("There are no therapists yet. Add one under Therapists, then tick them here.")),
            ),
        ),
        stack(
            checkbox("pay_later", t("May be paid after the visit"), default_checked=one.pay_later),
            rx.cond(
                ServicesState.takes_cards,
                rx.fragment(),
                small(t("No card account is set up, so without this tick patients can only book by phone.")),
            ),
            gap="tight",
        ),
        checkbox("is_active", t("Can be booked"), default_checked=one.is_active),
        end(go(t("Save this service"), kind="submit"), link(t("Back without saving"), PRACTICE_SERVICES)),
        mind_unsaved(ServicesState.said),
        on_submit=ServicesState.save,
        label=t("A service"),
        key=one.public_id,
        class_name="stack max-w-form",
    )


def _pair(left: rx.Component, right: rx.Component) -> rx.Component:
    return rx.el.div(left, right, class_name="grid gap-row sm:grid-cols-2 items-start")
