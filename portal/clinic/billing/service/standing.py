"""How the money of a visit stands, for its patient and its clinician."""

from __future__ import annotations

from sqlmodel import col

from portal.clinic.billing import queries, rules
from portal.clinic.billing.tables import MoneyDocument
from portal.clinic.billing.values import PaidState
from portal.clinic.errors import NotFound
from portal.clinic.scheduling import queries as calendar
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus
from portal.storage.work import UnitOfWork


def paid_state(work: UnitOfWork, appointment_id: str) -> PaidState:
    """What was paid, what went back, and the documents of a visit.

    Raises:
        NotFound: there is no such visit, or the viewer may not know of it.
    """
    row = calendar.appointment_row(work, appointment_id)
    if row is None:
        raise NotFound
    paid = sum(payment.amount_minor for payment in queries.paid_payments(work, row.id))
    refunds = queries.refunds_of(work, row.id)
    refunded = sum(refund.amount_minor for refund in refunds if refund.status == "succeeded")
    pending = sum(refund.amount_minor for refund in refunds if refund.status == "pending")
    cost = scheduling.cost_of(row)
    issued = queries.documents(work, col(MoneyDocument.appointment_id) == row.id)
    newest = {document.kind: document.public_id for document, _ in reversed(issued)}
    return PaidState(
        status=rules.paid_status(
            owed=row.price_minor if row.status == AppointmentStatus.CANCELLED else cost,
            paid=paid,
            refunded=refunded,
            refund_pending=pending,
            pays_later=row.pays_later,
        ),
        amount_minor=paid or row.price_minor,
        refunded_minor=refunded + pending,
        currency=row.currency,
        invoice_id=newest.get("invoice"),
        receipt_id=newest.get("receipt"),
        credit_id=newest.get("credit"),
        due_minor=rules.due(AppointmentStatus(row.status), cost, paid),
    )
