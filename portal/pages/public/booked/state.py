"""What the confirmation holds: one visit that has just been booked."""

from __future__ import annotations

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.errors import NotFound
from portal.clinic.intake import service as intake
from portal.clinic.people import service as people
from portal.clinic.scheduling import service as scheduling
from portal.pages.guard import allow, read
from portal.pages.public.booked.cards import BookedView, Reader, booked_view
from portal.pages.session import SessionState
from portal.storage.work import UnitOfWork


class BookedState(rx.State):
    """One visit of the signed-in patient."""

    view: rx.Field[BookedView] = rx.field(default_factory=BookedView)

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def load(self) -> None:
        """Show the visit that the address names."""
        appointment = self.router.url.query_parameters.get("appointment", "")[:40]
        zone = (await self.get_state(SessionState)).zone
        try:
            self.view = await read(_booked, appointment, zone)
        except NotFound:
            self.view = BookedView("unknown")


def _booked(work: UnitOfWork, appointment: str, zone: str) -> BookedView:
    visit, paid = scheduling.appointment(work, appointment), billing.paid_state(work, appointment)
    forms = intake.marks_of_mine(work, [appointment]).get(appointment)
    return booked_view(visit, paid, forms, Reader(people.me(work).email, zone, work.now))
