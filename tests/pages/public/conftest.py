"""A practice that can be booked, wired to the pages, and a visitor in front of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from portal.clinic.scheduling import service as scheduling
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.session import SessionState
from portal.storage.work import Database, Role
from tests.support.booking import Booking, open_practice, visitor
from tests.support.cards import Cards
from tests.support.people import Who, make_person
from tests.support.tabs import Tab, wire


@pytest.fixture
def cards() -> Cards:
    return Cards()


@pytest.fixture
def there(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, cards: Cards) -> Booking:
    """Dr Okafor, 9 to 18 in London, one service of 50 minutes for 70 pounds."""
    wire(monkeypatch, sqlite_database, cards)
    return open_practice(sqlite_database)


async def enter(tab: Tab, zone: str = "Europe/London") -> Tab:
    """The tab after its first page has found out the device's zone."""
    await tab.call(SessionState.enter)
    await tab.call(SessionState.detected_zone, zone)
    return tab


async def new_tab(zone: str = "Europe/London") -> Tab:
    """A visitor with a cookie of their own."""
    return await enter(Tab(visitor("an address")), zone)


@dataclass
class Kept:
    """A tab that keeps a time, and whoever signed in with it."""

    tab: Tab
    slot: str
    patient: Who

    async def load(self, address: str = "/checkout/") -> CheckoutState:
        self.tab.open(address)
        await self.tab.call(SessionState.enter)
        await self.tab.call(CheckoutState.load)
        return await self.tab.state(CheckoutState)


@pytest.fixture
def keep(there, sqlite_database):
    """Keeps the time with this place in the list, as a visitor or as a patient who has signed up with it."""

    def keeping(place: int = 6, *, signed_in: bool = True, roles: tuple[Role, ...] = (Role.PATIENT,)) -> Kept:
        slot, person = there.free(sqlite_database)[place], make_person(sqlite_database, "Rosa Whitfield", *roles)
        anonymous = visitor()
        sqlite_database.run(anonymous, scheduling.hold, slot)
        if not signed_in:
            return Kept(Tab(anonymous), slot, person)
        sqlite_database.run(anonymous, scheduling.adopt_hold, person.id)
        return Kept(Tab(replace(person.viewer, visitor=anonymous.visitor)), slot, person)

    return keeping
