"""What the page of one therapist's free times holds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import reflex as rx

from portal import routes
from portal.clinic.access import Permission
from portal.clinic.errors import Invalid, NotFound
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import ClinicianCard, OfferCard
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import Slot, SlotKey, parse_slot_id
from portal.components.cards import SlotTime
from portal.pages.guard import allow, read
from portal.pages.public.book.cards import (
    BookView,
    Free,
    GoneView,
    Wanted,
    closed,
    gone_view,
    other_time,
    stranger,
    times_view,
)
from portal.pages.public.holding import TAKEN, book_address, hold_time
from portal.pages.session import SessionState
from portal.storage.work import UnitOfWork
from portal.texts import formats as f

_AT_FIRST = 5
_MORE = 5
_MOST_OTHERS = 2


class BookState(rx.State):
    """One therapist's free times for one service."""

    view: rx.Field[BookView] = rx.field(default_factory=BookView)
    gone: rx.Field[GoneView] = rx.field(default_factory=GoneView)
    chosen: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")
    _wanted: Wanted = Wanted()
    _lost: str = ""

    @rx.event
    @allow(Permission.ANYBODY)
    async def load(self) -> Any:
        """Show the times that the address asks for."""
        query = self.router.url.query_parameters
        self.chosen = self.problem = ""
        self._wanted = Wanted(query.get("clinician", "")[:80], query.get("service", "")[:40], "", _AT_FIRST)
        if not self._wanted.slug:
            return rx.redirect(f"{routes.HOME}#people", replace=True)
        self._lost = query.get("gone", "")[:80]
        await self._look()
        return _to_gone(self.gone)

    @rx.event
    @allow(Permission.ANYBODY)
    async def retell(self) -> None:
        """Tell the times in the zone that has just become known; before it is known whose, there is nothing to tell."""
        if self._wanted.slug:
            await self._look()

    @rx.event
    @allow(Permission.ANYBODY)
    async def choose_service(self, service: str) -> Any:
        """Show the times of another service; the address keeps it."""
        self.view = replace(self.view, service=service)
        return rx.redirect(book_address(self._wanted.slug, service[:40]), replace=True)

    @rx.event
    @allow(Permission.ANYBODY)
    async def show_more(self) -> None:
        """Show the next days."""
        self._wanted = replace(self._wanted, days=min(self._wanted.days + _MORE, 120))
        await self._look()

    @rx.event
    @allow(Permission.ANYBODY)
    async def show_all(self) -> None:
        """From the nearest times back to all of them."""
        self._lost = ""
        await self._look()

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def choose(self, slot_id: str) -> AsyncIterator[Any]:
        """Keep a time for this visitor and go on with it."""
        self.chosen, self.problem = slot_id, ""
        yield
        refusal = "" if slot_id == self.view.held else await hold_time(slot_id)
        if not refusal:
            yield rx.redirect(routes.CHECKOUT)
            return
        self.chosen = ""
        self._lost, self.problem = (slot_id, "") if refusal == TAKEN else ("", refusal)
        await self._look()
        yield _to_gone(self.gone)

    async def _look(self) -> None:
        zone = (await self.get_state(SessionState)).zone
        self._wanted = replace(self._wanted, zone=zone)
        self.view = await read(_book, self._wanted)
        self.gone = await read(_gone, self._wanted, self._lost) if self._lost else GoneView()


def _to_gone(gone: GoneView) -> Any:
    """Put the focus where it is said what happened."""
    return rx.set_focus("gone") if gone.when else None


def _book(work: UnitOfWork, wanted: Wanted) -> BookView:
    try:
        card = practice.clinician(work, wanted.slug)
    except NotFound:
        return stranger()
    if not card.offers:
        return closed(card)
    offer = next((one for one in card.offers if one.public_id == wanted.service), card.offers[0])
    return times_view(card, offer, _free(work, card, offer, wanted.zone), wanted)


def _free(work: UnitOfWork, card: ClinicianCard, offer: OfferCard, zone: str) -> Free:
    """What can be booked, and what this visitor holds of it: nobody else sees that."""
    slots = scheduling.open_slots(work, card.public_id, offer.public_id, None, offer.window_days + 1, zone)
    held = scheduling.current_hold(work)
    if held is None or (held.clinician.public_id, held.offer.public_id) != (card.public_id, offer.public_id):
        return Free(slots, "", work.now)
    own = Slot(held.starts_at, held.ends_at, card.public_id, offer.public_id)
    return Free(sorted([*slots, own]), held.slot_id, work.now)


def _gone(work: UnitOfWork, wanted: Wanted, slot_id: str) -> GoneView:
    try:
        key, card = parse_slot_id(slot_id), practice.clinician(work, wanted.slug)
    except (Invalid, NotFound):
        return GoneView()
    offer = next((one for one in card.offers if one.public_id == key.service_id), None)
    if offer is None or key.clinician_id != card.public_id:
        return GoneView()
    free = _free(work, card, offer, wanted.zone)
    if any(slot.slot_id == slot_id for slot in free.slots):
        return GoneView()
    return gone_view(free, key.starts_at, offer, wanted.zone, _others(work, key, wanted.zone))


def _others(work: UnitOfWork, key: SlotKey, zone: str) -> list[SlotTime]:
    """Who else is free at that very time."""
    found: list[SlotTime] = []
    on = f.day_of(key.starts_at, zone)
    for card in practice.clinicians(work):
        if card.public_id == key.clinician_id or not card.offers or len(found) == _MOST_OTHERS:
            continue
        offer = next((one for one in card.offers if one.public_id == key.service_id), card.offers[0])
        slots = scheduling.open_slots(work, card.public_id, offer.public_id, on, 1, zone)
        found += [other_time(card, slot, zone) for slot in slots if slot.starts_at == key.starts_at]
    return found
