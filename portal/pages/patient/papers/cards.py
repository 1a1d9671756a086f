"""Everything that a patient sent, signed and was given, as lines that are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal import routes
from portal.clinic.billing.values import DocumentCard, PaidState
from portal.clinic.intake.values import SentForm, SignatureView
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView
from portal.pages.patient import words
from portal.pages.patient.intake.cards import fingerprint_words, signed_words, version_words
from portal.pages.patient.lines import document
from portal.texts import LOCALE, say
from portal.texts import formats as f


@dataclass(frozen=True)
class SentLine:
    """A version of a form that was sent."""

    on: str
    what: str
    detail: str
    href: str


@dataclass(frozen=True)
class SignedLine:
    """A name under a text; `taken_back` is empty while it holds."""

    id: str
    title: str
    name: str
    signed_at: str
    version: str
    marks: str
    taken_back: str
    copy: str


@dataclass(frozen=True)
class OpenLine:
    """A visit of which something is still to be paid."""

    id: str
    on: str
    why: str
    amount: str


@dataclass(frozen=True)
class MoneyLine:
    """An invoice, receipt or credit note."""

    on: str
    what: str
    amount: str
    href: str


def sent_lines(sent: list[SentForm], zone: str) -> list[SentLine]:
    """Forms that were sent, newest first; only the newest version of a visit can be opened."""
    newest: set[tuple[str, str]] = set()
    found: list[SentLine] = []
    for one in sent:
        place = (one.packet_id, one.form_key)
        detail = say(
            LOCALE,
            "version {version}, for {visit} with {name}",
            version=one.version,
            visit=f.day_short(f.day_of(one.starts_at, zone)),
            name=words.short_name(one.clinician_name),
        )
        href = "" if place in newest else f"{routes.PATIENT_INTAKE}?packet={one.packet_id}&at={one.form_key}.sent"
        newest.add(place)
        on = f.day_short(f.day_of(one.submitted_at, zone))
        found.append(SentLine(on, one.title, detail, href))
    return found


def signed_lines(signatures: list[SignatureView], zone: str) -> list[SignedLine]:
    """Names under texts, newest first."""
    return [
        SignedLine(
            id=one.public_id,
            title=one.text.title,
            name=one.typed_name,
            signed_at=signed_words(one.signed_at, zone),
            version=version_words(one.text, zone),
            marks=fingerprint_words(one.text.fingerprint),
            taken_back=signed_words(one.withdrawn_at, zone) if one.withdrawn_at else "",
            copy=f"/api/documents/consent/{one.public_id}.pdf",
        )
        for one in signatures
    ]


def open_lines(visits: list[tuple[AppointmentView, PaidState]], now: datetime, zone: str) -> list[OpenLine]:
    """What is still to be paid, the oldest first."""
    return [
        OpenLine(
            id=visit.public_id,
            on=f.day_short(f.day_of(visit.starts_at, zone)),
            why=_why(visit, now),
            amount=f.money(paid.due_minor, paid.currency),
        )
        for visit, paid in visits
        if paid.due_minor
    ]


def _why(visit: AppointmentView, now: datetime) -> str:
    name = words.short_name(visit.clinician.name)
    if visit.status is AppointmentStatus.CANCELLED:
        return say(LOCALE, "Cancelled late, with {name}", name=name)
    if visit.status is AppointmentStatus.NO_SHOW:
        return say(LOCALE, "A visit that was missed, with {name}", name=name)
    if visit.ends_at > now:
        return say(LOCALE, "Visit to come, with {name}", name=name)
    return say(LOCALE, "Visit with {name}", name=name)


def money_lines(documents: list[DocumentCard], zone: str) -> list[MoneyLine]:
    """Documents about money, newest first."""
    names = {
        "invoice": say(LOCALE, "Invoice"),
        "receipt": say(LOCALE, "Receipt"),
        "credit": say(LOCALE, "Credit note"),
    }
    return [
        MoneyLine(
            on=f.day_short(f.day_of(one.issued_at, zone)),
            what=say(LOCALE, "{kind} {number}", kind=names.get(one.kind, one.kind), number=one.number),
            amount=f.money(one.total_minor, one.currency),
            href=document(one.kind, one.public_id),
        )
        for one in documents
    ]
