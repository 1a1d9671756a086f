"""Where to go on after signing in."""

from __future__ import annotations

import reflex as rx

from portal import routes
from portal.clinic.access import Permission
from portal.pages.guard import allow, viewer


class SignInState(rx.State):
    """The address that somebody wanted to see, and the own page of somebody who is signed in already.

    `has_chosen`: they come from choosing a new password.
    """

    onward: rx.Field[str] = rx.field("")
    home: rx.Field[str] = rx.field("/")
    has_chosen: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.ANYBODY)
    async def load(self) -> None:
        """Read it from the address; other sites are not addresses here."""
        query = self.router.url.query_parameters
        self.onward = routes.safe_next(query.get("next", ""), "")
        self.has_chosen = query.get("chosen") == "1"
        self.home = routes.own_home(viewer().roles)
