"""All SQL about the practice. What stands here is public, so nothing is scoped to a viewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.practice.tables import Clinician, ClinicianOffer, CrisisLine, Offer, Practice
from portal.clinic.practice.values import ClinicianCard, CrisisLineCard, OfferCard, PracticeProfile
from portal.storage.work import UnitOfWork

_NOBODY_YET = PracticeProfile("Quietroom", "", "", "", "", "", "", "Europe/London", "GBP")


def practice_row(work: UnitOfWork) -> Practice | None:
    """The one row of the practice."""
    return work.db.exec(select(Practice).order_by(col(Practice.id))).first()


def profile(work: UnitOfWork) -> PracticeProfile:
    """The practice's profile; a neutral one before the owner has written it."""
    row = practice_row(work)
    if row is None:
        return _NOBODY_YET
    names = PracticeProfile.__dataclass_fields__
    return PracticeProfile(**{name: getattr(row, name) for name in names})


def currency(work: UnitOfWork) -> str:
    """What the practice counts in."""
    found = work.db.connection().execute(_CURRENCY).scalar_one_or_none()
    return found or _NOBODY_YET.currency


_CURRENCY = sa.select(col(Practice.currency)).order_by(col(Practice.id)).limit(1)


def crisis_lines(work: UnitOfWork) -> list[CrisisLineCard]:
    """The crisis lines in the owner's order."""
    return [CrisisLineCard(row.public_id, row.kind, row.label, row.contact, row.note) for row in crisis_line_rows(work)]


def crisis_line_rows(work: UnitOfWork) -> list[CrisisLine]:
    """The rows behind the crisis lines, in the owner's order."""
    return list(work.db.exec(select(CrisisLine).order_by(col(CrisisLine.position), col(CrisisLine.id))))


def offer_card(row: Offer, currency: str) -> OfferCard:
    """A service as a value."""
    names = OfferCard.__dataclass_fields__
    return OfferCard(currency=currency, **{name: getattr(row, name) for name in names if name != "currency"})


def offers(work: UnitOfWork, *, active_only: bool) -> list[OfferCard]:
    """Services in the owner's order."""
    wanted = select(Offer).order_by(col(Offer.position), col(Offer.id))
    if active_only:
        wanted = wanted.where(col(Offer.is_active))
    currency = profile(work).currency
    return [offer_card(row, currency) for row in work.db.exec(wanted)]


def clinician_card(row: Clinician, given: Sequence[OfferCard] = ()) -> ClinicianCard:
    """A clinician as a value."""
    return ClinicianCard(
        public_id=row.public_id,
        slug=row.slug,
        name=row.name,
        title=row.title,
        quote=row.quote,
        about=row.about,
        portrait=row.portrait,
        needs=tuple(row.needs),
        languages=tuple(row.languages),
        zone=row.zone,
        offers=tuple(given),
        is_active=row.is_active,
    )


def clinicians(work: UnitOfWork, *, active_only: bool) -> list[ClinicianCard]:
    """Clinicians in the owner's order, each with the active services they give."""
    wanted = select(Clinician).order_by(col(Clinician.position), col(Clinician.id))
    if active_only:
        wanted = wanted.where(col(Clinician.is_active))
    given = _given(work)
    return [clinician_card(row, given[row.id]) for row in work.db.exec(wanted)]


def clinician_by_slug(work: UnitOfWork, slug: str) -> ClinicianCard | None:
    """An active clinician."""
    return next((card for card in clinicians(work, active_only=True) if card.slug == slug), None)


def clinician_row(work: UnitOfWork, public_id: str) -> Clinician | None:
    """The row behind a public id."""
    return work.db.exec(select(Clinician).where(Clinician.public_id == public_id)).first()


def clinician_of_person(work: UnitOfWork, person_id: int) -> Clinician | None:
    """The clinician that a person is."""
    return work.db.exec(select(Clinician).where(Clinician.person_id == person_id)).first()


def offer_row(work: UnitOfWork, public_id: str) -> Offer | None:
    """The row behind a public id."""
    return work.db.exec(select(Offer).where(Offer.public_id == public_id)).first()


def clinician_rows(work: UnitOfWork) -> list[Clinician]:
    """Every clinician, in the owner's order."""
    return list(work.db.exec(select(Clinician).order_by(col(Clinician.position), col(Clinician.id))))


def given_offers(work: UnitOfWork, clinician_id: int) -> list[Offer]:
    """The services that a clinician gives and that can be booked, in the owner's order."""
    wanted = (
        select(Offer)
        .join(ClinicianOffer, col(ClinicianOffer.offer_id) == col(Offer.id))
        .where(ClinicianOffer.clinician_id == clinician_id, col(Offer.is_active))
        .order_by(col(Offer.position), col(Offer.id))
    )
    return list(work.db.exec(wanted))


def gives(work: UnitOfWork, clinician_id: int, offer_id: int) -> bool:
    """Whether a clinician gives a service."""
    wanted = select(ClinicianOffer.id).where(
        ClinicianOffer.clinician_id == clinician_id, ClinicianOffer.offer_id == offer_id
    )
    return work.db.exec(wanted).first() is not None


def givings(work: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> list[ClinicianOffer]:
    """The rows that say who gives what."""
    return list(work.db.exec(select(ClinicianOffer).where(*conditions)))


def given_by(work: UnitOfWork) -> list[tuple[str, str]]:
    """Public ids of each service and of a clinician who gives it, put away ones included, in the clinicians' order."""
    wanted = (
        select(Offer.public_id, Clinician.public_id)
        .join(ClinicianOffer, col(ClinicianOffer.offer_id) == col(Offer.id))
        .join(Clinician, col(Clinician.id) == col(ClinicianOffer.clinician_id))
        .order_by(col(Clinician.position), col(Clinician.id))
    )
    return list(work.db.exec(wanted))


def bookable_pairs(work: UnitOfWork) -> list[tuple[Clinician, Offer]]:
    """Every active clinician with each active service they give, in the order of the services."""
    return list(work.db.exec(_BOOKABLE))


_BOOKABLE = (
    select(Clinician, Offer)
    .join(ClinicianOffer, col(ClinicianOffer.clinician_id) == col(Clinician.id))
    .join(Offer, col(Offer.id) == col(ClinicianOffer.offer_id))
    .where(col(Clinician.is_active), col(Offer.is_active))
    .order_by(col(Offer.position), col(Offer.id))
)


def _given(work: UnitOfWork) -> dict[int, list[OfferCard]]:
    currency = profile(work).currency
    wanted = (
        select(ClinicianOffer.clinician_id, Offer)
        .join(Offer, col(Offer.id) == col(ClinicianOffer.offer_id))
        .where(col(Offer.is_active))
        .order_by(col(Offer.position), col(Offer.id))
    )
    found: dict[int, list[OfferCard]] = defaultdict(list)
    for clinician_id, row in work.db.exec(wanted):
        found[clinician_id].append(offer_card(row, currency))
    return found


def any_appointment(work: UnitOfWork) -> bool:
    """Whether anything was ever booked; asked by table name, for scheduling lies higher up."""
    return work.db.connection().execute(sa.text("SELECT 1 FROM appointment LIMIT 1")).first() is not None
