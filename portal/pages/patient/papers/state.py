"""What a patient sent, signed, was given and still owes; paying that, and taking a consent back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import DocumentCard, PaidState
from portal.clinic.errors import ClinicError, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import SentForm, SignatureView
from portal.clinic.people import service as people
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentView
from portal.errands import pay
from portal.gateways.payments import PaymentsError
from portal.pages.guard import allow, read, transact, viewer
from portal.pages.patient.papers import cards
from portal.pages.patient.papers.cards import MoneyLine, OpenLine, SentLine, SignedLine
from portal.storage.work import UnitOfWork
from portal.wiring import parts


class PapersState(rx.State):
    """Lists, without an answer in them."""

    loaded: rx.Field[bool] = rx.field(False)
    forms: rx.Field[list[SentLine]] = rx.field(default_factory=list)
    signed: rx.Field[list[SignedLine]] = rx.field(default_factory=list)
    money: rx.Field[list[MoneyLine]] = rx.field(default_factory=list)
    owed: rx.Field[list[OpenLine]] = rx.field(default_factory=list)
    paying: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")
    asking: rx.Field[str] = rx.field("")
    done: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def open(self) -> None:
        """Read the lists."""
        self.asking, self.done, self.paying, self.problem = "", "", "", ""
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

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def pay(self, visit_id: str) -> AsyncIterator[Any]:
        """Open the card page for what is owed of a visit."""
        if self.paying:
            return
        self.paying, self.problem = visit_id, ""
        yield
        try:
            page = await pay.open_card_page(parts(), viewer(), visit_id)
        except PaymentsError:
            self.problem = "cards_silent"
        except ClinicError:
            self.problem = "nothing_owed"
        else:
            yield rx.redirect(page)
            return
        self.paying = ""
        await self._show()

    async def _show(self) -> None:
        found = await read(_look)
        self.forms = cards.sent_lines(found.forms, found.zone)
        self.signed = cards.signed_lines(found.signed, found.zone)
        self.owed = cards.open_lines(found.visits, found.now, found.zone)
        self.money = cards.money_lines(found.money, found.zone)
        self.loaded = True


@dataclass(frozen=True)
class _Papers:
    now: datetime
    zone: str
    forms: list[SentForm]
    signed: list[SignatureView]
    money: list[DocumentCard]
    visits: list[tuple[AppointmentView, PaidState]]


def _look(work: UnitOfWork) -> _Papers:
    return _Papers(
        now=work.now,
        zone=people.me(work).zone,
        forms=intake.sent_forms(work),
        signed=intake.my_signatures(work),
        money=billing.documents(work),
        visits=[(one, billing.paid_state(work, one.public_id)) for one in scheduling.mine(work)],
    )
