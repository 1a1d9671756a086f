"""What the page says when something failed that no screen foresaw: one sentence and a code for support."""

from __future__ import annotations

from typing import cast

import reflex as rx
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from reflex.event import EventSpec
from reflex_base.event.context import EventContext

from portal.clinic.access import Permission
from portal.clinic.errors import NotAllowed, NotFound
from portal.logs import get_logger, log_error, new_error_code
from portal.pages.guard import allow
from portal.texts import t

_NOTICES_PER_SECOND = RateLimitItemPerSecond(10)
_limiter = FixedWindowRateLimiter(MemoryStorage())


class NoticeState(rx.State):
    """The code of the last failure in this tab, while it is shown."""

    code: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.ANYBODY)
    async def show(self, code: str) -> None:
        """Show a failure."""
        self.code = code[:12]

    @rx.event
    @allow(Permission.ANYBODY)
    async def dismiss(self) -> None:
        """Put it away."""
        self.code = ""


def on_failure(exception: Exception) -> EventSpec | None:
    """Log where it broke, tell the person the code that finds it, and nothing else."""
    if not _limiter.hit(_NOTICES_PER_SECOND, _tab()):
        return None  # telling a failure may fail in the same way: that must not go round and round
    code = new_error_code()
    if isinstance(exception, NotFound | NotAllowed):  # a page that is out of date, or a forged one: nothing broke
        get_logger().warning("refused", code=code, reason=exception.code)
    else:
        log_error(code, exception)
    return cast(EventSpec, NoticeState.show(code))


def _tab() -> str:
    try:
        return EventContext.get().token
    except LookupError:
        return ""


def failure_notice() -> rx.Component:
    """The notice itself, over every page while there is something to say."""
    return rx.cond(
        NoticeState.code != "",
        rx.el.div(
            rx.el.p(t("Something went wrong on our side. What you typed is kept. Please try once more.")),
            rx.el.p(
                t("If it happens again, tell us this code: {code}", code=NoticeState.code), class_name="text-small"
            ),
            rx.el.button(
                t("Close"), on_click=NoticeState.dismiss, class_name="underline min-h-target-min", type="button"
            ),
            role="alert",
            class_name="fixed inset-x-0 bottom-0 z-alert bg-caution-soft text-ink p-4 border-t border-caution",
        ),
    )
