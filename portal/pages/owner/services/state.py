"""Services: the list, and the one that is being changed; which one stands in the address."""

from __future__ import annotations

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import Invalid
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import OfferDraft
from portal.pages.guard import allow, read, transact
from portal.pages.owner.services.cards import GiverCard, ServiceCard, read_service, refused, service_card
from portal.routes import PRACTICE_SERVICES
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE, say
from portal.wiring import parts


class ServicesState(rx.State):
    """Every service; `editing` is the one in the form while it is open."""

    services: rx.Field[list[ServiceCard]] = rx.field(default_factory=list)
    editing: rx.Field[ServiceCard] = rx.field(default_factory=ServiceCard)
    givers: rx.Field[list[GiverCard]] = rx.field(default_factory=list)
    is_open: rx.Field[bool] = rx.field(False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    said: rx.Field[str] = rx.field("")
    currency: rx.Field[str] = rx.field("")
    takes_cards: rx.Field[bool] = rx.field(True)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def load(self) -> None:
        """Fill the page with the list, or with the service that the address names."""
        query = self.router.url.query_parameters
        self.currency = (await read(practice.profile)).currency
        self.takes_cards = parts().payments is not None
        self.services = await read(_services, self.takes_cards)
        found = [card for card in self.services if card.public_id == query.get("id", "")[:40]]
        self.editing, self.errors = next(iter(found), ServiceCard()), {}
        self.is_open = "new" in query or bool(found)
        if self.is_open:
            self.givers, self.said = await read(_givers, self.editing.public_id), ""
        self.loaded = True

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save(self, sent: dict[str, str]) -> object:
        """Save the form; what cannot be taken is named beside its field, and what was typed stays."""
        draft, problems = read_service(sent, self.currency)
        chosen = [card.public_id for card in self.givers if f"gives-{card.public_id}" in sent]
        if not problems:
            try:
                await transact(_save, self.editing.public_id, draft, chosen)
            except Invalid as problem:
                problems = refused(problem.fields, self.currency)
        self.errors = problems
        if problems:
            return None
        self.said = say(LOCALE, "{name} is saved.", name=draft.name)
        return rx.redirect(PRACTICE_SERVICES)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def withdraw(self, public_id: str) -> None:
        """No new bookings of this service; what is booked stays."""
        await self._offer(public_id, offered=False)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def bring_back(self, public_id: str) -> None:
        """It can be booked again."""
        await self._offer(public_id, offered=True)

    async def _offer(self, public_id: str, *, offered: bool) -> None:
        await transact(practice.set_offered, public_id, offered)
        self.services = await read(_services, self.takes_cards)
        name = next((card.name for card in self.services if card.public_id == public_id), "")
        if offered:
            self.said = say(LOCALE, "{name} can be booked again.", name=name)
        else:
            self.said = say(LOCALE, "{name} is withdrawn. What is booked stays booked.", name=name)


def _services(work: UnitOfWork, takes_cards: bool) -> list[ServiceCard]:
    names = {one.public_id: one.name for one in practice.all_clinicians(work)}
    givers = practice.givers(work)
    return [
        service_card(offer, [names[one] for one in givers.get(offer.public_id, [])], takes_cards=takes_cards)
        for offer in practice.all_offers(work)
    ]


def _givers(work: UnitOfWork, public_id: str) -> list[GiverCard]:
    """A new service is given by nobody until somebody is ticked."""
    gives = practice.givers(work).get(public_id, [])
    return [GiverCard(one.public_id, one.name, one.public_id in gives) for one in practice.all_clinicians(work)]


def _save(work: UnitOfWork, public_id: str, draft: OfferDraft, givers: list[str]) -> None:
    saved = practice.save_offer(work, public_id, draft)
    practice.set_givers(work, saved, givers)
