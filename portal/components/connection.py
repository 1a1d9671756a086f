"""The line to the practice is lost: said by us, after a moment, and never over what goes on."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from portal.components.icons import icon
from portal.texts import t


def connection_notice() -> rx.Component:
    """A band at the foot of the page, in a call at its top; it comes 1.8 s after the first failed try."""
    elsewhere = rx.el.p(
        rx.el.strong(t("Reconnecting.")), " ", t("What you typed stays on this page."), class_name="elsewhere"
    )
    in_call = rx.el.p(
        rx.el.strong(t("Connection to the practice lost. Your call goes on.")),
        " ",
        t("You can keep talking; everything else waits until it is back."),
        class_name="in-call",
    )
    return rx.el.div(icon("cloud-off"), elsewhere, in_call, role="status", class_name="band offline")


def connection_overlay(stateful: bool) -> rx.Component | None:
    """For `rx.App(extra_app_wraps={(5, "Overlay"): connection_overlay})`, in place of Reflex's banner and toasts."""
    return rx.cond(has_connection_errors, connection_notice()) if stateful else None
