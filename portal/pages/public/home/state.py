"""What the public home holds: who works here and when they are free."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from portal import routes
from portal.clinic.access import Permission
from portal.clinic.practice import service as practice
from portal.clinic.scheduling import service as scheduling
from portal.pages.guard import allow, read
from portal.pages.public.holding import TAKEN, book_address, hold_time
from portal.pages.public.home.cards import (
    DAYS_AHEAD,
    MOST_TIMES,
    HomeView,
    Reading,
    Sieve,
    fits,
    home_view,
    therapist_card,
)
from portal.pages.session import SessionState
from portal.storage.work import UnitOfWork

_ENOUGH_TO_SIFT = 400


class HomeState(rx.State):
    """The list, as narrow as the visitor made it."""

    view: rx.Field[HomeView] = rx.field(default_factory=HomeView)
    sieve: rx.Field[Sieve] = rx.field(default_factory=Sieve)
    chosen: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.ANYBODY)
    async def load(self) -> None:
        """Show who works here."""
        self.sieve = Sieve(self.sieve.need, self.sieve.language, self.sieve.part, secrets.token_hex(4))
        self.chosen = self.problem = ""
        await self._look()

    @rx.event
    @allow(Permission.ANYBODY)
    async def retell(self) -> None:
        """Tell the times in the zone that has just become known."""
        await self._look()

    @rx.event
    @allow(Permission.ANYBODY)
    async def narrow(self, wanted: dict[str, Any]) -> None:
        """Show those who fit."""
        need, language, part = (str(wanted.get(name, ""))[:80] for name in ("need", "language", "part"))
        self.sieve = Sieve(need, language, part, self.sieve.key)
        await self._look()

    @rx.event
    @allow(Permission.ANYBODY)
    async def widen(self) -> None:
        """Show everybody again."""
        self.sieve = Sieve(key=secrets.token_hex(4))
        await self._look()

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def choose(self, slug: str, slot_id: str) -> AsyncIterator[Any]:
        """Keep a time for this visitor and go on with it."""
        self.chosen, self.problem = slot_id, ""
        yield
        refusal = await hold_time(slot_id)
        if not refusal:
            yield rx.redirect(routes.CHECKOUT)
            return
        self.chosen = ""
        if refusal == TAKEN:
            yield rx.redirect(book_address(slug, gone=slot_id))
        else:
            self.problem = refusal

    async def _look(self) -> None:
        session = await self.get_state(SessionState)
        self.view = await read(_home, self.sieve, session.zone)


def _home(work: UnitOfWork, sieve: Sieve, zone: str) -> HomeView:
    profile, clinicians = practice.profile(work), practice.clinicians(work)
    free = scheduling.next_free(work, _ENOUGH_TO_SIFT if sieve.part else MOST_TIMES, DAYS_AHEAD)
    reading = Reading(zone or profile.zone, work.now, sieve.part)
    chosen = [card for card in clinicians if fits(card, sieve)]
    cards = [therapist_card(card, free.get(card.public_id, []), reading) for card in chosen]
    return home_view(profile, clinicians, practice.offers(work), sorted(cards, key=lambda card: not card.times))
