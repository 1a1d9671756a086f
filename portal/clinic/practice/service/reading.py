"""What anybody may read about the practice."""

from __future__ import annotations

from portal.clinic.errors import NotFound
from portal.clinic.practice import queries
from portal.clinic.practice.values import ClinicianCard, CrisisLineCard, OfferCard, PracticeProfile
from portal.storage.work import UnitOfWork


def profile(work: UnitOfWork) -> PracticeProfile:
    """What the practice says of itself."""
    return queries.profile(work)


def crisis_lines(work: UnitOfWork) -> list[CrisisLineCard]:
    """Ways to reach a person at once."""
    return queries.crisis_lines(work)


def clinicians(work: UnitOfWork) -> list[ClinicianCard]:
    """Who works here and can be booked."""
    return queries.clinicians(work, active_only=True)


def clinician(work: UnitOfWork, slug: str) -> ClinicianCard:
    """One of them.

    Raises:
        NotFound: nobody by this name works here.
    """
    found = queries.clinician_by_slug(work, slug)
    if found is None:
        raise NotFound
    return found


def offers(work: UnitOfWork) -> list[OfferCard]:
    """What can be booked."""
    return queries.offers(work, active_only=True)
