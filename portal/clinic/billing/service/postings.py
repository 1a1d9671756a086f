"""The ledger: postings are written once, sum to zero, and are never changed."""

from __future__ import annotations

from portal.clinic.billing import queries
from portal.clinic.billing.tables import LedgerLine
from portal.clinic.billing.values import Line
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork


def post(work: UnitOfWork, posting: str, lines: tuple[Line, ...], appointment: Appointment) -> None:
    """Write a posting unless it stands there already.

    Raises:
        ValueError: its lines do not sum to zero.
    """
    if sum(line.amount_minor for line in lines) != 0:
        raise ValueError("a posting sums to zero")
    if queries.posted(work, posting):
        return
    for line in lines:
        if line.amount_minor:
            work.db.add(
                LedgerLine(
                    posting=posting,
                    account=line.account,
                    amount_minor=line.amount_minor,
                    currency=appointment.currency,
                    appointment_id=appointment.id,
                    at=work.now,
                )
            )
