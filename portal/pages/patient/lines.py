"""Lines about visits, to come and past, as strings that are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal import routes
from portal.clinic.billing.values import PaidState
from portal.clinic.scheduling.values import AppointmentView
from portal.pages.patient import words
from portal.texts import LOCALE, say
from portal.texts import formats as f


@dataclass(frozen=True)
class ComingVisit:
    """A visit to come."""

    when_at: str
    about: str
    href: str


@dataclass(frozen=True)
class PastVisit:
    """A visit that is over; empty addresses are not shown."""

    on: str
    about: str
    detail: str
    invoice: str = ""
    receipt: str = ""
    credit: str = ""
    to_pay: str = ""


def coming_visit(visit: AppointmentView, paid: PaidState, now: datetime, zone: str) -> ComingVisit:
    """A visit to come, with its money."""
    name = words.short_name(visit.clinician.name)
    return ComingVisit(
        when_at=words.day_and_time(visit.starts_at, now, zone),
        about=say(LOCALE, "{name}, by video · {money}", name=name, money=words.money_words(paid)),
        href=f"{routes.PATIENT_VISIT}?id={visit.public_id}",
    )


def past_visit(visit: AppointmentView, paid: PaidState, zone: str) -> PastVisit:
    """A visit that is over, with its documents."""
    return PastVisit(
        on=f.day_short(f.day_of(visit.starts_at, zone)),
        about=words.past_words(visit, paid),
        detail=f"{routes.PATIENT_VISIT}?id={visit.public_id}",
        invoice=document("invoice", paid.invoice_id),
        receipt=document("receipt", paid.receipt_id),
        credit=document("credit", paid.credit_id),
        to_pay=f.money(paid.due_minor, paid.currency) if paid.due_minor else "",
    )


def document(kind: str, public_id: str | None) -> str:
    """Where a document is downloaded; empty when there is none."""
    return f"/api/documents/{kind}/{public_id}.pdf" if public_id else ""
