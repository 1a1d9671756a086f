"""Money on its way back, and what a cancellation means for it. The law: docs/rules/cancellation.md."""

from __future__ import annotations

from portal.clinic import audit, outbox
from portal.clinic.access import Permission, require
from portal.clinic.billing import queries, rules
from portal.clinic.billing.service import papers, postings
from portal.clinic.billing.tables import Payment, Refund
from portal.clinic.billing.values import RefundOrder, RefundReason
from portal.clinic.errors import NotFound
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.rules.cancelling import due_after_no_show
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import RefundDue
from portal.storage.work import UnitOfWork


def give_back(work: UnitOfWork, payment: Payment, amount_minor: int, reason: RefundReason) -> None:
    """Ask for a refund after the commit; never more than is still there."""
    given = sum(
        row.amount_minor for row in queries.refunds_of(work, payment.appointment_id) if row.payment_id == payment.id
    )
    amount = min(amount_minor, payment.amount_minor - given)
    if amount <= 0:
        return
    refund = Refund(
        payment_id=payment.id, amount_minor=amount, currency=payment.currency, reason=reason, created_at=work.now
    )
    work.db.add(refund)
    work.db.flush()
    outbox.put(work, "refund.send", f"refund:{refund.public_id}", {"refund": refund.public_id})
    audit.record(
        work,
        "refund.begin",
        ("refund", refund.public_id),
        patient_id=payment.patient_id,
        detail={"reason": reason.value},
    )


def cancel_visit(work: UnitOfWork, appointment_id: str) -> RefundDue:
    """Cancel a booked visit; what is owed and what goes back follow the service's rule.

    Raises:
        NotFound: no such visit of theirs.
        TooLate: it has begun, or is not booked any more.
    """
    appointment, due = scheduling.cancel(work, appointment_id)
    lines = rules.cancellation(appointment.price_minor, due.keep_minor)
    postings.post(work, f"cancel:{appointment.public_id}", lines, appointment)
    if due.keep_minor < appointment.price_minor:
        papers.issue(work, "credit", appointment, appointment.price_minor - due.keep_minor)
    for payment in queries.paid_payments(work, appointment.id):
        give_back(work, payment, rules.refundable(payment.amount_minor, due.keep_minor, 0), RefundReason.CANCELLED)
    _close_page(work, appointment, due.keep_minor)
    return due


def settle_no_show(work: UnitOfWork, appointment: Appointment) -> None:
    """The patient did not come: what was agreed for that is kept or falls due, the rest goes back or is not owed."""
    due = due_after_no_show(
        appointment.starts_at, appointment.price_minor, scheduling.terms_of(appointment), appointment.currency
    )
    if due.refund_minor == 0:
        return
    lines = rules.cancellation(appointment.price_minor, due.keep_minor)
    postings.post(work, f"no_show:{appointment.public_id}", lines, appointment)
    papers.issue(work, "credit", appointment, due.refund_minor)
    for payment in queries.paid_payments(work, appointment.id):
        give_back(work, payment, rules.refundable(payment.amount_minor, due.keep_minor, 0), RefundReason.NO_SHOW)
    _close_page(work, appointment, due.keep_minor)


def _close_page(work: UnitOfWork, appointment: Appointment, keep_minor: int) -> None:
    """A card page that is open and asks for more than is owed now is closed."""
    payment = queries.open_payment(work, appointment.id)
    if payment is not None and payment.session_ref is not None and payment.amount_minor != keep_minor:
        outbox.put(work, "checkout.close", f"close:{payment.public_id}", {"payment": payment.public_id})


def refund_order(work: UnitOfWork, refund_id: str) -> RefundOrder | None:
    """What to ask the processor for; None when it is settled.

    Raises:
        NotFound: there is no such refund.
    """
    require(work, Permission.SYSTEM)
    refund, payment = _refund(work, refund_id)
    if refund.status != "pending" or payment.intent_ref is None:
        return None
    return RefundOrder(refund.public_id, payment.intent_ref, refund.amount_minor, refund.refund_ref)


def note_refund(work: UnitOfWork, refund_id: str, refund_ref: str, status: str) -> None:
    """Take in what the processor says of a refund: `succeeded`, `failed`, or still on its way."""
    require(work, Permission.SYSTEM)
    refund, payment = _refund(work, refund_id)
    work.db.refresh(refund, with_for_update=True)
    refund.refund_ref = refund_ref
    if refund.status != "pending" or status not in {"succeeded", "failed"}:
        return
    refund.status, refund.settled_at = status, work.now
    appointment = work.db.get_one(Appointment, payment.appointment_id)
    if status == "succeeded":
        postings.post(work, f"refund:{refund.public_id}", rules.refund(refund.amount_minor), appointment)
    audit.record(work, f"refund.{status}", ("refund", refund.public_id), patient_id=payment.patient_id)


def pending_refunds(work: UnitOfWork) -> list[str]:
    """Refunds on their way, for reconciliation."""
    require(work, Permission.SYSTEM)
    return [refund.public_id for refund in queries.pending_refunds(work)]


def _refund(work: UnitOfWork, refund_id: str) -> tuple[Refund, Payment]:
    found = queries.refund_row(work, refund_id)
    if found is None:
        raise NotFound
    return found
