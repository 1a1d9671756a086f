"""Invoices, receipts and credit notes: issued once with all they say, never changed."""

from __future__ import annotations

from sqlmodel import col

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.billing import queries
from portal.clinic.billing.tables import MoneyDocument, Payment
from portal.clinic.billing.values import DocumentCard, DocumentContent
from portal.clinic.errors import NotFound
from portal.clinic.people.tables import Person
from portal.clinic.practice import queries as practice
from portal.clinic.practice.tables import Clinician, Offer, Practice
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork


def issue(
    work: UnitOfWork, kind: str, appointment: Appointment, total_minor: int, payment: Payment | None = None
) -> None:
    """Issue a document with the next number of its kind and year."""
    # The practice's row is locked so that numbers come one by one, without gaps.
    row = practice.practice_row(work)
    if row is not None:
        work.db.refresh(row, with_for_update=True)
    document = MoneyDocument(
        kind=kind,
        number=_next_number(work, kind),
        appointment_id=appointment.id,
        patient_id=appointment.patient_id or 0,
        payment_id=payment.id if payment else None,
        total_minor=total_minor,
        currency=appointment.currency,
        issued_at=work.now,
    )
    document.content = _content(work, appointment, row)
    work.db.add(document)
    work.db.flush()


def documents(work: UnitOfWork) -> list[DocumentCard]:
    """The signed-in patient's documents, newest first."""
    require(work, Permission.OWN_MONEY)
    own = col(MoneyDocument.patient_id) == work.viewer.person_id
    return [_card(row, appointment_id) for row, appointment_id in queries.documents(work, own)]


def document(work: UnitOfWork, kind: str, public_id: str) -> DocumentContent:
    """One document, for its patient or the clinician of its visit; the look is audited.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    found = queries.documents(work, col(MoneyDocument.kind) == kind, col(MoneyDocument.public_id) == public_id)
    if not found:
        raise NotFound
    row, appointment_id = found[0]
    audit.record(work, f"{kind}.read", (kind, row.public_id), patient_id=row.patient_id)
    return DocumentContent(_card(row, appointment_id), row.content)


def _card(row: MoneyDocument, appointment_id: str) -> DocumentCard:
    return DocumentCard(
        row.public_id, row.kind, row.number, row.issued_at, row.total_minor, row.currency, appointment_id
    )


def _next_number(work: UnitOfWork, kind: str) -> str:
    year = f"{work.now:%Y}"
    newest = queries.newest_number(work, kind, year)
    return f"{year}-{int(newest.split('-')[1]) + 1 if newest else 1:05d}"


def _content(work: UnitOfWork, appointment: Appointment, row: Practice | None) -> dict[str, str | int]:
    person = work.db.get_one(Person, appointment.patient_id)
    clinician = work.db.get_one(Clinician, appointment.clinician_id)
    offer = work.db.get_one(Offer, appointment.offer_id)
    return {
        "practice": row.name if row else "",
        "practice_address": row.address if row else "",
        "practice_phone": row.phone if row else "",
        "practice_zone": row.zone if row else "UTC",
        "patient": person.name,
        "patient_email": person.email,
        "patient_zone": person.zone,
        "clinician": clinician.name,
        "clinician_title": clinician.title,
        "service": offer.name,
        "minutes": int((appointment.ends_at - appointment.starts_at).total_seconds()) // 60,
        "starts_at": appointment.starts_at.isoformat(),
        "price_minor": appointment.price_minor,
        "currency": appointment.currency,
    }
