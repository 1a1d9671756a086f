"""The patient's own details."""

from __future__ import annotations

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.people import service as people
from portal.pages.guard import allow, read


class AccountState(rx.State):
    """Name, email and phone, while they are on the screen."""

    loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    phone: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.OWN_ACCOUNT)
    async def open(self) -> None:
        """Read them."""
        me = await read(people.me)
        self.name, self.email, self.phone, self.loaded = me.name, me.email, me.phone, True

    @rx.event
    @allow(Permission.ANYBODY)
    async def leave(self) -> None:
        """Forget them when the page goes away."""
        self.name, self.email, self.phone, self.loaded = "", "", "", False
