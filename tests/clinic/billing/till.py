"""A held time with an open card page, and what the processor may say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from portal.clinic.billing.tables import LedgerLine, MoneyDocument, Payment, Refund
from portal.clinic.billing.values import PageState
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork, Viewer
from tests.support.databases import Clock
from tests.support.people import Who, make_appointment, make_offer, make_person

PAID = PageState(is_paid=True, is_expired=False, amount_minor=7000, currency="GBP", intent_ref="pi_1")


@dataclass(frozen=True)
class Till:
    """The appointment, its payment, and the two who meet."""

    database: Database
    visit: str
    payment: str
    rosa: Who
    miriam: Who

    def run(self, viewer: Viewer, service: Callable, *args):
        return self.database.run(viewer, service, *args)

    def change(self, **fields: object) -> None:
        """Put the appointment's row otherwise."""

        def act(work: UnitOfWork) -> None:
            row = work.db.exec(select(Appointment)).one()
            for name, value in fields.items():
                setattr(row, name, value)

        self.database.run(SYSTEM, act)

    def balances(self) -> dict[str, int]:
        """The sum of each account that is not even."""
        found: dict[str, int] = {}
        with Session(self.database.engine) as db:
            for line in db.exec(select(LedgerLine)):
                found[line.account] = found.get(line.account, 0) + line.amount_minor
        assert sum(found.values()) == 0
        return {account: amount for account, amount in found.items() if amount}

    def refunds(self) -> list[tuple[int, str]]:
        with Session(self.database.engine) as db:
            return [(row.amount_minor, row.reason) for row in db.exec(select(Refund))]

    def papers(self) -> list[tuple[str, int]]:
        with Session(self.database.engine) as db:
            return sorted((row.kind, row.total_minor) for row in db.exec(select(MoneyDocument)))


def make_till(database: Database, clock: Clock, price_minor: int = 7000) -> Till:
    """A time two days ahead, held by Rosa, with a card page that is open."""
    miriam = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(database, "Rosa Whitfield", Role.PATIENT)
    offer = make_offer(database, price_minor=price_minor)
    visit = make_appointment(database, miriam, rosa, clock.now + timedelta(days=2), offer_id=offer)

    def begin(work: UnitOfWork) -> str:
        row = work.db.exec(select(Appointment)).one()
        row.status, row.confirmed_at, row.held_until = "held", None, work.now + timedelta(minutes=15)
        payment = Payment(
            appointment_id=row.id,
            patient_id=rosa.id,
            amount_minor=row.price_minor,
            currency="GBP",
            status="open",
            session_ref="cs_1",
            created_at=work.now,
            ends_at=work.now,
        )
        work.db.add(payment)
        work.db.flush()
        return payment.public_id

    return Till(database, visit, database.run(SYSTEM, begin), rosa, miriam)
