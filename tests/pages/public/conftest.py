"""A practice that can be booked, wired to the pages, and a visitor in front of them."""

from __future__ import annotations

import pytest

from portal.pages.session import SessionState
from portal.storage.work import Database
from tests.support.booking import Booking, open_practice, visitor
from tests.support.cards import Cards
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
