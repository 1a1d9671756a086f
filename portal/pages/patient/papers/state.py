"""What a patient sent, signed and was given; and taking a consent back."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import DocumentCard
from portal.clinic.errors import NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import SentForm, SignatureView
from portal.clinic.people import service as people
from portal.pages.guard import allow, read, transact
from portal.pages.patient.papers import cards
from portal.pages.patient.papers.cards import MoneyLine, SentLine, SignedLine
from portal.storage.work import UnitOfWork


class PapersState(rx.State):
    """Lists, without an answer in them."""

    loaded: rx.Field[bool] = rx.field(False)
    forms: rx.Field[list[SentLine]] = rx.field(default_factory=list)
    signed: rx.Field[list[SignedLine]] = rx.field(default_factory=list)
    money: rx.Field[list[MoneyLine]] = rx.field(default_factory=list)
    asking: rx.Field[str] = rx.field("")
    done: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def open(self) -> None:
        """Read the lists."""
        self.asking, self.done = "", ""
        await self._show()

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def ask(self, signature_id: str) -> None:
        """Say what taking a consent back means."""
        self.asking, self.done = signature_id, ""

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def keep(self) -> None:
        """Leave it as it is."""
        self.asking = ""

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def take_back(self) -> None:
        """Take the consent back."""
        try:
            await transact(intake.withdraw_consent, self.asking)
            self.done = "taken_back"
        except NotFound:
            self.done = ""
        self.asking = ""
        await self._show()

    async def _show(self) -> None:
        found = await read(_look)
        self.forms = cards.sent_lines(found.forms, found.zone)
        self.signed = cards.signed_lines(found.signed, found.zone)
        self.money = cards.money_lines(found.money, found.zone)
        self.loaded = True


@dataclass(frozen=True)
class _Papers:
    zone: str
    forms: list[SentForm]
    signed: list[SignatureView]
    money: list[DocumentCard]


def _look(work: UnitOfWork) -> _Papers:
    return _Papers(
        zone=people.me(work).zone,
        forms=intake.sent_forms(work),
        signed=intake.my_signatures(work),
        money=billing.documents(work),
    )
