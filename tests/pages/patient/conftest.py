"""Rosa in front of her pages: a visit with Dr Okafor in a week, its packet, and a card company that answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from portal.clinic.billing import service as billing
from portal.clinic.intake import service as intake
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.queries import appointment_row
from portal.pages.patient.intake.state import IntakeState
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.booking import Booking, open_practice
from tests.support.cards import Cards
from tests.support.databases import Clock
from tests.support.people import Who, make_person
from tests.support.tabs import Tab, wire


@dataclass
class Rosa:
    """A patient with a tab."""

    database: Database
    clock: Clock
    there: Booking
    cards: Cards
    who: Who
    tab: Tab = field(init=False)

    def __post_init__(self) -> None:
        self.tab = Tab(self.who.viewer)

    def does(self, service: Any, *args: Any) -> Any:
        return self.database.run(self.who.viewer, service, *args)

    def books(self, days: int = 7, *, paid: bool = False) -> str:
        """The first time of a day: held and booked, to be paid later or paid by card."""
        first = (self.clock.now + timedelta(days=days)).date()
        slot = self.there.free(self.database, days=1, first=first)[0]
        held = self.does(scheduling.hold, slot)
        if paid:
            order = self.does(billing.begin_payment)
            self.database.run(SYSTEM, _pay, order.payment_id, order.amount_minor)
        else:
            self.does(billing.choose_pay_later)
        self.database.run(SYSTEM, lambda work: intake.open_packet(work, _row(work, held.appointment_id)).public_id)
        return held.appointment_id

    def packet(self, appointment: str) -> str:
        return self.does(intake.marks_of_mine, [appointment])[appointment].public_id

    def stands(self, days_before: float, appointment: str) -> None:
        """Moves the clock to so many days before a visit."""
        starts_at = self.does(scheduling.appointment, appointment).starts_at
        self.clock.now = starts_at - timedelta(days=days_before)


def _row(work: UnitOfWork, appointment: str) -> Any:
    row = appointment_row(work, appointment)
    assert row is not None
    return row


def _pay(work: UnitOfWork, payment_id: str, amount: int) -> None:
    from portal.clinic.billing.values import PageState

    billing.attach_page(work, payment_id, "cs_1", "https://cards.example/1")
    billing.apply_page_state(work, payment_id, PageState(True, False, amount, "GBP", "pi_1"))


@pytest.fixture
def rosa(sqlite_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Rosa:
    cards = Cards()
    wire(monkeypatch, sqlite_database, cards)
    there = open_practice(sqlite_database, pay_later=True)
    who = make_person(sqlite_database, "Rosa Whitfield", Role.PATIENT)
    return Rosa(sqlite_database, clock, there, cards, who)


class Form:
    """The forms page, as somebody goes through it."""

    def __init__(self, rosa: Rosa, packet: str) -> None:
        self.rosa, self.packet = rosa, packet

    @property
    def tab(self) -> Tab:
        return self.rosa.tab

    async def arrive(self, more: str = "") -> str:
        """Open the packet and follow where it leads; answers with the page."""
        return await self._follow([f"/intake/?packet={self.packet}{more}"])

    async def press(self, handler: Any, *args: Any) -> str:
        """Press a button and follow where it leads."""
        return await self._follow(await self.tab.call(handler, *args))

    async def answer(self, form: str, **answers: str) -> None:
        for key, text in answers.items():
            await self.tab.call(IntakeState.keep, f"intake:{self.packet}:{form}:{key}", text)

    async def state(self) -> IntakeState:
        return await self.tab.state(IntakeState)

    async def _follow(self, ways: list[str]) -> str:
        while ways:
            self.tab.open(ways[-1])
            if not ways[-1].startswith("/intake/"):
                return ways[-1]
            ways = await self.tab.call(IntakeState.open)
        return self.tab.root.router.url.query_parameters.get("at", "")


@pytest.fixture
def form(rosa: Rosa) -> Form:
    return Form(rosa, rosa.packet(rosa.books()))
