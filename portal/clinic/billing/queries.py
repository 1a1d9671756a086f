"""All SQL about money. A patient sees their own, a clinician the documents of their own visits."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.billing.tables import LedgerLine, MoneyDocument, Payment, ProcessorEvent, Refund
from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling.queries import visible_to
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork


def payment_row(work: UnitOfWork, public_id: str) -> Payment | None:
    """A payment of the viewer; everything for the practice's own jobs."""
    wanted = select(Payment).where(Payment.public_id == public_id)
    if not work.viewer.is_system:
        wanted = wanted.where(Payment.patient_id == (work.viewer.person_id or -1))
    return work.db.exec(wanted).first()


def payment_by_session(work: UnitOfWork, session_ref: str) -> Payment | None:
    """The payment behind a card page, for the practice's own jobs."""
    return work.db.exec(select(Payment).where(Payment.session_ref == session_ref)).first()


def unsettled_payments(work: UnitOfWork) -> list[Payment]:
    """Payments whose end is not known yet."""
    wanted = select(Payment).where(col(Payment.status).in_(["created", "open"])).order_by(col(Payment.id))
    return list(work.db.exec(wanted))


def open_payment(work: UnitOfWork, appointment_id: int) -> Payment | None:
    """The try to pay that is under way for an appointment."""
    wanted = select(Payment).where(
        Payment.appointment_id == appointment_id, col(Payment.status).in_(["created", "open"])
    )
    return work.db.exec(wanted.order_by(col(Payment.id).desc())).first()


def paid_payments(work: UnitOfWork, appointment_id: int) -> list[Payment]:
    """Payments that came in for an appointment."""
    wanted = select(Payment).where(Payment.appointment_id == appointment_id, Payment.status == "paid")
    return list(work.db.exec(wanted.order_by(col(Payment.id))))


def refunds_of(work: UnitOfWork, appointment_id: int) -> list[Refund]:
    """Refunds of an appointment's payments, those that failed left out."""
    wanted = (
        select(Refund)
        .join(Payment, col(Payment.id) == col(Refund.payment_id))
        .where(Payment.appointment_id == appointment_id, Refund.status != "failed")
    )
    return list(work.db.exec(wanted))


def refund_row(work: UnitOfWork, public_id: str) -> tuple[Refund, Payment] | None:
    """A refund and the payment it belongs to, for the practice's own jobs."""
    wanted = select(Refund, Payment).join(Payment, col(Payment.id) == col(Refund.payment_id))
    return work.db.exec(wanted.where(Refund.public_id == public_id)).first()


def pending_refunds(work: UnitOfWork) -> list[Refund]:
    """Refunds on their way."""
    return list(work.db.exec(select(Refund).where(Refund.status == "pending").order_by(col(Refund.id))))


def refunds_not_arrived(work: UnitOfWork) -> list[tuple[Refund, Person]]:
    """Refunds on their way or failed, each with whom the money goes to; for whoever keeps the books."""
    wanted = (
        select(Refund, Person)
        .join(Payment, col(Payment.id) == col(Refund.payment_id))
        .join(Person, col(Person.id) == col(Payment.patient_id))
        .where(col(Refund.status).in_(["failed", "pending"]))
        .order_by(col(Refund.id))
    )
    return list(work.db.exec(wanted))


def payments_under_way(work: UnitOfWork) -> list[tuple[Payment, Person]]:
    """Payments whose end is not known yet, each with who pays; for whoever keeps the books."""
    wanted = (
        select(Payment, Person)
        .join(Person, col(Person.id) == col(Payment.patient_id))
        .where(col(Payment.status).in_(["created", "open"]))
        .order_by(col(Payment.id))
    )
    return list(work.db.exec(wanted))


def documents(work: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> list[tuple[MoneyDocument, str]]:
    """Documents of appointments that the viewer may know of, newest first, with the appointment's public id."""
    wanted = (
        select(MoneyDocument, Appointment.public_id)
        .join(Appointment, col(Appointment.id) == col(MoneyDocument.appointment_id))
        .where(visible_to(work.viewer), *conditions)
        .order_by(col(MoneyDocument.issued_at).desc(), col(MoneyDocument.id).desc())
    )
    return list(work.db.exec(wanted))


def newest_number(work: UnitOfWork, kind: str, year: str) -> str | None:
    """The highest number of a kind in a year."""
    wanted = select(sa.func.max(MoneyDocument.number)).where(
        MoneyDocument.kind == kind, col(MoneyDocument.number).like(f"{year}-%")
    )
    return work.db.exec(wanted).one()


def posted(work: UnitOfWork, posting: str) -> bool:
    """Whether a posting stands in the ledger."""
    return work.db.exec(select(LedgerLine.id).where(LedgerLine.posting == posting)).first() is not None


def ledger_lines(work: UnitOfWork, start: datetime, end: datetime) -> list[tuple[LedgerLine, str]]:
    """Ledger lines of a span, newest first, each with the name of the clinician whose visit it is about."""
    wanted = (
        select(LedgerLine, Clinician.name)
        .join(Appointment, col(Appointment.id) == col(LedgerLine.appointment_id), isouter=True)
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id), isouter=True)
        .where(col(LedgerLine.at) >= start, col(LedgerLine.at) < end)
        .order_by(col(LedgerLine.at).desc(), col(LedgerLine.posting), col(LedgerLine.id))
    )
    return [(line, name or "") for line, name in work.db.exec(wanted)]


def first_line(work: UnitOfWork) -> datetime | None:
    """When money moved first."""
    return work.db.exec(select(LedgerLine.at).order_by(col(LedgerLine.at)).limit(1)).first()


def balances(work: UnitOfWork, start: datetime | None = None, end: datetime | None = None) -> list[tuple[str, int]]:
    """The sum of each account, of all time or of a span."""
    wanted = select(LedgerLine.account, sa.func.sum(LedgerLine.amount_minor)).group_by(col(LedgerLine.account))
    if start is not None and end is not None:
        wanted = wanted.where(col(LedgerLine.at) >= start, col(LedgerLine.at) < end)
    return [(account, int(total)) for account, total in work.db.exec(wanted.order_by(col(LedgerLine.account)))]


def event_row(work: UnitOfWork, source: str, event_ref: str) -> ProcessorEvent | None:
    """A webhook that was received before."""
    wanted = select(ProcessorEvent).where(ProcessorEvent.source == source, ProcessorEvent.event_ref == event_ref)
    return work.db.exec(wanted).first()


def waiting_events(work: UnitOfWork, source: str, most: int) -> list[ProcessorEvent]:
    """Webhooks that were received and not yet acted on."""
    wanted = select(ProcessorEvent).where(ProcessorEvent.source == source, col(ProcessorEvent.handled_at).is_(None))
    return list(work.db.exec(wanted.order_by(col(ProcessorEvent.id)).limit(most)))
