"""What the owner changes about the practice. Every change is audited with the names of what changed, not the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from sqlmodel import col

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.errors import Invalid, NotFound
from portal.clinic.people.rules import clean_email, clean_line, email_problem, known_zone
from portal.clinic.practice import queries
from portal.clinic.practice.tables import Clinician, ClinicianOffer, CrisisLine, Offer, Practice
from portal.clinic.practice.values import ClinicianCard, CrisisLineCard, OfferCard, OfferDraft, PracticeProfile
from portal.storage.work import UnitOfWork

CURRENCIES = ("GBP", "EUR", "USD", "CAD", "AUD", "NZD", "CHF", "NOK", "SEK", "DKK", "PLN", "CZK", "JPY", "INR", "ZAR")
_LONGEST = {"name": 120, "tagline": 200, "about": 2000, "phone": 40, "phone_hours": 80, "email": 254, "address": 400}
_CRISIS_KINDS = ("phone", "text", "emergency")
# Bounds of a service, lowest and highest, in the unit of the field's name.
BOUNDS = {
    "minutes": (10, 480),
    "price_minor": (0, 10_000_000),
    "buffer_before_minutes": (0, 240),
    "buffer_after_minutes": (0, 240),
    "notice_minutes": (0, 40_320),
    "window_days": (1, 365),
    "step_minutes": (5, 240),
    "free_cancel_hours": (0, 720),
    "late_fee_percent": (0, 100),
    "no_show_percent": (0, 100),
}


def update_profile(work: UnitOfWork, wanted: PracticeProfile) -> PracticeProfile:
    """Say anew what the practice is. The currency stays once money was taken in another.

    Raises:
        Invalid: `fields` names what cannot be taken.
    """
    require(work, Permission.MANAGE_PRACTICE)
    problems = _profile_problems(wanted)
    row = queries.practice_row(work)
    if row is not None and row.currency != wanted.currency and queries.any_appointment(work):
        problems["currency"] = "currency_in_use"
    if problems:
        raise Invalid(fields=problems)
    if row is None:
        row = Practice(name=wanted.name)
        work.db.add(row)
    changed = [one.name for one in fields(wanted) if getattr(row, one.name) != _cleaned(one.name, wanted)]
    for name in changed:
        setattr(row, name, _cleaned(name, wanted))
    row.revision += 1
    work.db.flush()
    audit.record(work, "practice.update", ("practice", "profile"), detail={"fields": ",".join(changed)})
    return queries.profile(work)


def save_crisis_lines(work: UnitOfWork, wanted: Sequence[CrisisLineCard]) -> list[CrisisLineCard]:
    """Replace the crisis lines, in this order.

    Raises:
        Invalid: a line without label or contact, or of an unknown kind; `fields` names its place.
    """
    require(work, Permission.MANAGE_PRACTICE)
    problems = {
        str(place): "missing"
        for place, line in enumerate(wanted)
        if line.kind not in _CRISIS_KINDS or not clean_line(line.label, 80) or not clean_line(line.contact, 60)
    }
    if problems:
        raise Invalid(fields=problems)
    for row in queries.crisis_line_rows(work):
        work.db.delete(row)
    for place, line in enumerate(wanted):
        work.db.add(
            CrisisLine(
                position=place,
                kind=line.kind,
                label=clean_line(line.label, 80),
                contact=clean_line(line.contact, 60),
                note=clean_line(line.note, 160),
            )
        )
    work.db.flush()
    audit.record(work, "practice.crisis_lines", ("practice", "crisis_lines"), detail={"count": len(wanted)})
    return queries.crisis_lines(work)


def all_offers(work: UnitOfWork) -> list[OfferCard]:
    """Every service, put away ones included."""
    require(work, Permission.MANAGE_PRACTICE)
    return queries.offers(work, active_only=False)


def offer_problems(wanted: OfferDraft) -> dict[str, str]:
    """Field to code of what is wrong with a service; empty when all is well."""
    problems = {
        name: "out_of_range" for name, (low, high) in BOUNDS.items() if not low <= getattr(wanted, name) <= high
    }
    return problems if clean_line(wanted.name, 120) else {**problems, "name": "missing"}


def save_offer(work: UnitOfWork, public_id: str, wanted: OfferDraft) -> str:
    """Add a service (empty id) or change one; what is booked already keeps its price and terms.

    Raises:
        Invalid: `fields` names what cannot be taken.
        NotFound: there is no such service.
    """
    require(work, Permission.MANAGE_PRACTICE)
    if problems := offer_problems(wanted):
        raise Invalid(fields=problems)
    row = queries.offer_row(work, public_id) if public_id else Offer(name="", position=len(all_offers(work)))
    if row is None:
        raise NotFound
    for one in fields(wanted):
        setattr(row, one.name, getattr(wanted, one.name))
    row.name, row.summary = clean_line(wanted.name, 120), clean_line(wanted.summary, 400)
    work.db.add(row)
    work.db.flush()
    audit.record(work, "service.save", ("service", row.public_id), detail={"active": row.is_active})
    return row.public_id


def set_offered(work: UnitOfWork, public_id: str, offered: bool) -> None:
    """Withdraw a service, or bring it back. What is booked stays; its times are gone, or there again, at once.

    Raises:
        NotFound: there is no such service.
    """
    require(work, Permission.MANAGE_PRACTICE)
    row = queries.offer_row(work, public_id)
    if row is None:
        raise NotFound
    row.is_active = offered
    audit.record(work, "service.save", ("service", row.public_id), detail={"active": offered})


def set_givers(work: UnitOfWork, public_id: str, clinician_ids: Sequence[str]) -> None:
    """Say which clinicians give a service; all others do not any more.

    Raises:
        NotFound: there is no such service or clinician.
    """
    require(work, Permission.MANAGE_PRACTICE)
    offer = queries.offer_row(work, public_id)
    rows = [queries.clinician_row(work, one) for one in dict.fromkeys(clinician_ids)]
    if offer is None or any(row is None for row in rows):
        raise NotFound
    for given in queries.givings(work, col(ClinicianOffer.offer_id) == offer.id):
        work.db.delete(given)
    work.db.flush()
    work.db.add_all([ClinicianOffer(clinician_id=row.id, offer_id=offer.id) for row in rows if row is not None])
    audit.record(work, "service.givers", ("service", public_id), detail={"count": len(rows)})


def givers(work: UnitOfWork) -> dict[str, list[str]]:
    """Which clinicians give each service, put away ones included: public ids by public id."""
    require(work, Permission.MANAGE_PRACTICE)
    found: dict[str, list[str]] = {}
    for offer_id, clinician_id in queries.given_by(work):
        found.setdefault(offer_id, []).append(clinician_id)
    return found


def all_clinicians(work: UnitOfWork) -> list[ClinicianCard]:
    """Every clinician, those who left included."""
    require(work, Permission.MANAGE_PRACTICE)
    return queries.clinicians(work, active_only=False)


def given_offer_ids(work: UnitOfWork, clinician_id: str) -> list[str]:
    """Public ids of the services that a clinician gives, put away ones included.

    Raises:
        NotFound: there is no such clinician.
    """
    require(work, Permission.MANAGE_PRACTICE)
    if queries.clinician_row(work, clinician_id) is None:
        raise NotFound
    return [offer_id for offer_id, giver in queries.given_by(work) if giver == clinician_id]


def save_clinician(work: UnitOfWork, public_id: str, wanted: ClinicianCard, offer_ids: Sequence[str]) -> None:
    """Change what the public reads of a clinician, and which services they give.

    Raises:
        Invalid: `fields` names what cannot be taken.
        NotFound: there is no such clinician or service.
    """
    require(work, Permission.MANAGE_PRACTICE)
    row = queries.clinician_row(work, public_id)
    offers = [queries.offer_row(work, offer_id) for offer_id in offer_ids]
    if row is None or any(offer is None for offer in offers):
        raise NotFound
    if problems := _clinician_problems(wanted):
        raise Invalid(fields=problems)
    _write_clinician(row, wanted)
    for given in queries.givings(work, col(ClinicianOffer.clinician_id) == row.id):
        work.db.delete(given)
    for offer in offers:
        if offer is not None:
            work.db.add(ClinicianOffer(clinician_id=row.id, offer_id=offer.id))
    audit.record(work, "clinician.save", ("clinician", row.public_id), detail={"active": row.is_active})


def _cleaned(name: str, wanted: PracticeProfile) -> str:
    value = str(getattr(wanted, name))
    return clean_line(value, _LONGEST[name]) if name in _LONGEST else value


def _profile_problems(wanted: PracticeProfile) -> dict[str, str]:
    found: dict[str, str | None] = {
        "name": None if clean_line(wanted.name, 120) else "missing",
        "zone": None if known_zone(wanted.zone) else "zone_unknown",
        "currency": None if wanted.currency in CURRENCIES else "currency_unknown",
        "email": email_problem(clean_email(wanted.email)) if wanted.email else None,
    }
    return {name: code for name, code in found.items() if code}


def _clinician_problems(wanted: ClinicianCard) -> dict[str, str]:
    found = {
        "name": None if clean_line(wanted.name, 120) else "missing",
        "zone": None if known_zone(wanted.zone) else "zone_unknown",
    }
    return {name: code for name, code in found.items() if code}


def _write_clinician(row: Clinician, wanted: ClinicianCard) -> None:
    row.name, row.title = clean_line(wanted.name, 120), clean_line(wanted.title, 120)
    row.quote, row.about = clean_line(wanted.quote, 300), clean_line(wanted.about, 2000)
    row.needs = [clean_line(need, 60) for need in wanted.needs if clean_line(need, 60)][:12]
    row.languages = [clean_line(one, 40) for one in wanted.languages if clean_line(one, 40)][:12]
    row.zone, row.portrait, row.is_active = wanted.zone, wanted.portrait[:24], wanted.is_active
