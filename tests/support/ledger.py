"""What must be true of a practice's books at any moment, read past every service."""

from __future__ import annotations

from collections import Counter, defaultdict

import sqlalchemy as sa
from sqlmodel import Session, select

from portal.clinic.billing.tables import LedgerLine, MoneyDocument, Payment, Refund
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import Database

OVERLAPS = """
SELECT count(*) FROM occupancy a JOIN occupancy b
  ON a.clinician_id = b.clinician_id AND a.id < b.id AND a.blocked_from < b.blocked_to AND b.blocked_from < a.blocked_to
WHERE a.is_active AND b.is_active
"""
BOOKED = {"confirmed", "finished", "no_show"}


def overlaps(database: Database) -> int:
    """How many pairs of bookings of one clinician overlap."""
    with database.engine.connect() as connection:
        return connection.execute(sa.text(OVERLAPS)).scalar_one()


class Books:
    """A look at all that was written about money."""

    def __init__(self, database: Database) -> None:
        with Session(database.engine) as db:
            self.lines = list(db.exec(select(LedgerLine)))
            self.payments = list(db.exec(select(Payment)))
            self.refunds = list(db.exec(select(Refund)))
            self.documents = list(db.exec(select(MoneyDocument)))
            self.appointments = {row.id: row for row in db.exec(select(Appointment))}

    def balance(self, account: str, appointment_id: int | None = None) -> int:
        return sum(
            line.amount_minor
            for line in self.lines
            if line.account == account and appointment_id in (None, line.appointment_id)
        )

    def kept(self, appointment_id: int) -> int:
        """Money of a visit that neither went back nor is on its way back."""
        mine = [one for one in self.payments if one.appointment_id == appointment_id and one.status == "paid"]
        back = {one.id for one in mine}
        gone = sum(one.amount_minor for one in self.refunds if one.payment_id in back)
        return sum(one.amount_minor for one in mine) - gone

    def check(self) -> None:
        """Raises when the books do not hold."""
        self.check_ledger()
        self.check_refunds()
        self.check_documents()

    def check_ledger(self) -> None:
        sums: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            sums[line.posting, line.currency] += line.amount_minor
        assert not any(sums.values()), sums
        paid = sum(one.amount_minor for one in self.payments if one.status == "paid")
        returned = sum(one.amount_minor for one in self.refunds if one.status == "succeeded")
        assert self.balance("card") == paid - returned
        booked = {line.appointment_id for line in self.lines if line.posting.startswith("charge:")}
        assert booked >= {row.id for row in self.appointments.values() if row.status in BOOKED and row.price_minor}

    def check_refunds(self) -> None:
        for payment in self.payments:
            back = [one for one in self.refunds if one.payment_id == payment.id and one.status != "failed"]
            assert sum(one.amount_minor for one in back) <= payment.amount_minor
            assert all(one.amount_minor > 0 for one in back)

    def check_documents(self) -> None:
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for document in self.documents:
            year, number = document.number.split("-")
            numbers[document.kind, year].append(int(number))
        for kind, given in numbers.items():
            assert sorted(given) == list(range(1, len(given) + 1)), (kind, sorted(given))
