"""One visit: what is known of it, paying what is owed, and cancelling it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import OutcomeKind
from portal.clinic.errors import ClinicError, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.people import service as people
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import RoomState
from portal.errands import pay
from portal.gateways.payments import PaymentsError
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
    paying: rx.Field[bool] = rx.field(False)
    done: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def open(self) -> None:
        """Read the visit that the address names."""
        self.asking, self.busy, self.paying, self.done, self.problem = False, False, False, "", ""
        query = self.router.url.query_parameters
        visit_id, payment = query.get("id", ""), query.get("payment", "")[:40]
        if payment:
            await self._after_card_page(visit_id, payment)
        await self._show(visit_id)

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
        """Cancel on the terms that were shown, once; when they have changed meanwhile, ask again."""
        if self.busy or not self.terms.may_cancel:
            return
        self.busy = True
        yield
        shown = self.terms.keep_minor
        try:
            await self._cancel(shown)
        finally:
            self.busy = False

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def pay_now(self) -> AsyncIterator[Any]:
        """Open the card page for what is still owed; pressed twice, it is one page."""
        if self.paying:
            return
        self.paying, self.problem, self.done = True, "", ""
        yield
        try:
            page = await pay.open_card_page(parts(), viewer(), self.facts.id)
        except PaymentsError:
            self.problem = "payments_unavailable"
        except ClinicError as refused:
            self.problem = refused.code
        else:
            yield rx.redirect(page)
            return
        self.paying = False
        await self._show(self.facts.id)

    async def _cancel(self, shown: int) -> None:
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

    async def _after_card_page(self, visit_id: str, payment: str) -> None:
        """Say how it went on the card page, when it was about this visit."""
        try:
            outcome = await pay.settle_own_payment(parts(), viewer(), payment)
        except (ClinicError, PaymentsError):
            return
        if outcome.appointment_id != visit_id:
            return
        if outcome.kind is OutcomeKind.CONFIRMED:
            self.done = cards.paid_words(outcome)
        elif outcome.kind is not OutcomeKind.REFUNDED:
            self.problem = "declined" if outcome.kind is OutcomeKind.DECLINED else "came_back"

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
    room = visits.room_status(work, visit_id) if visit.status is AppointmentStatus.CONFIRMED else None
    mark = intake.marks_of_mine(work, [visit_id]).get(visit_id) if room and room.consent_gone_at else None
    booking = Booking(
        visit,
        billing.paid_state(work, visit_id),
        due,
        room is not None and room.state in _OPEN,
        consent_gone_at=room.consent_gone_at if room and room.state is not RoomState.FINISHED else None,
        packet_id=mark.public_id if mark else "",
    )
    return _Visit(work.now, people.me(work).zone, booking)
