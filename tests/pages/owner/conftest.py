"""The owner in a tab, and the practice that the pages work on."""

from __future__ import annotations

from typing import Any, TypeVar

import pytest
import reflex as rx

from portal.storage.work import Database, Role
from tests.support.booking import Booking, open_practice
from tests.support.cards import Cards
from tests.support.databases import Clock
from tests.support.people import make_person
from tests.support.tabs import Tab, wire

S = TypeVar("S", bound=rx.State)


class Helen:
    """The owner, before one tab."""

    def __init__(self, database: Database, clock: Clock, there: Booking | None) -> None:
        self.database, self.clock = database, clock
        self.booking = there
        self.who = make_person(database, "Helen Ward", Role.OWNER)
        self.tab = Tab(self.who.viewer)

    @property
    def there(self) -> Booking:
        assert self.booking is not None
        return self.booking

    async def opens(self, kind: type[S], address: str) -> S:
        """Go to a page; answers with what it holds."""
        self.tab.open(address)
        await self.tab.call(kind.load)  # type: ignore[attr-defined]
        return await self.tab.state(kind)

    async def follows(self, kind: type[S], ways: list[str]) -> S:
        assert len(ways) == 1, ways
        return await self.opens(kind, ways[0])

    async def does(self, handler: Any, *args: Any) -> list[str]:
        return await self.tab.call(handler, *args)

    def run(self, service: Any, *args: Any) -> Any:
        return self.database.run(self.who.viewer, service, *args)


@pytest.fixture
def helen(sqlite_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Helen:
    wire(monkeypatch, sqlite_database, Cards())
    return Helen(sqlite_database, clock, open_practice(sqlite_database))


@pytest.fixture
def newcomer(sqlite_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Helen:
    """The owner of a practice in which nothing stands yet."""
    wire(monkeypatch, sqlite_database, Cards())
    return Helen(sqlite_database, clock, None)
