"""One visit: what is known of it, and cancelling it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.errors import ClinicError, NotFound
from portal.clinic.people import service as people
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import RoomState
from portal.errands import pay
from portal.gateways.payments import PaymentsUnavailable
from portal.pages.guard import allow, read, viewer
from portal.pages.patient.visit import cards
from portal.pages.patient.visit.cards import Booking, Paper, Terms, VisitFacts
from portal.storage.work import UnitOfWork
from portal.wiring import parts

_OPEN = {RoomState.OPEN, RoomState.WAITING, RoomState.ADMITTED}


class VisitState(rx.State):
    """The visit that the address names."""

    loaded: rx.Field[bool] = rx.field(False)
    facts: rx.Field[VisitFacts] = rx.field(default_factory=VisitFacts)
    terms: rx.Field[Terms] = rx.field(default_factory=Terms)
    papers: rx.Field[list[Paper]] = rx.field(default_factory=list)
    asking: rx.Field[bool] = rx.field(False)
    busy: rx.Field[bool] = rx.field(False)
    done: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def open(self) -> None:
        """Read the visit that the address names."""
        self.asking, self.busy, self.done, self.problem = False, False, "", ""
        await self._show(self.router.url.query_parameters.get("id", ""))

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def ask(self) -> None:
        """Say what cancelling means now, before it is done."""
        await self._show(self.facts.id)
        self.asking, self.problem = self.terms.may_cancel, ""

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def keep(self) -> None:
        """Close the question; nothing has happened."""
        self.asking = False

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def cancel(self):  # noqa: ANN201 - steps
        """Cancel on the terms that were shown; when they have changed meanwhile, ask again."""
        self.busy = True
        yield
        shown, self.busy = self.terms.keep_minor, False
        booking = await self._show(self.facts.id)
        if booking is None or booking.due is None or booking.due.keep_minor != shown:
            self.asking, self.problem = self.terms.may_cancel, "changed" if self.terms.may_cancel else "too_late"
            return
        try:
            await pay.cancel(parts(), viewer(), self.facts.id)
            self.done = cards.done_words(booking)
        except ClinicError as refused:
            self.problem = refused.code
        self.asking = False
        await self._show(self.facts.id)

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def pay_now(self) -> EventSpec | None:
        """Open the card page for a visit that is still to be paid."""
        self.problem = ""
        try:
            return rx.redirect(await pay.open_card_page(parts(), viewer(), self.facts.id))
        except PaymentsUnavailable:
            self.problem = "payments_unavailable"
        except ClinicError as refused:
            self.problem = refused.code
        return None

    async def _show(self, visit_id: str) -> Booking | None:
        try:
            found = await read(_look, visit_id)
        except NotFound:
            self.facts, self.terms, self.papers, self.loaded = VisitFacts(), Terms(), [], True
            return None
        booking = found.booking
        self.facts = cards.facts_of(booking, found.now, found.zone)
        self.terms = cards.terms_of(booking, found.now, found.zone)
        self.papers = cards.papers_of(booking.paid)
        self.loaded = True
        return booking


@dataclass(frozen=True)
class _Visit:
    now: datetime
    zone: str
    booking: Booking


def _look(work: UnitOfWork, visit_id: str) -> _Visit:
    visit = scheduling.appointment(work, visit_id)
    if visit.patient_id != work.viewer.person_id:
        raise NotFound
    booked = visit.status is AppointmentStatus.CONFIRMED and visit.starts_at > work.now
    due = scheduling.cancel_terms(work, visit_id) if booked else None
    is_open = visit.status is AppointmentStatus.CONFIRMED and visits.room_status(work, visit_id).state in _OPEN
    booking = Booking(visit, billing.paid_state(work, visit_id), due, is_open)
    return _Visit(work.now, people.me(work).zone, booking)
