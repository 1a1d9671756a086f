"""A new therapist: an account, a public card that nobody sees yet, and an invitation by mail. docs/rules/access.md."""

from __future__ import annotations

import re

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.errors import NotFound
from portal.clinic.people import service as people
from portal.clinic.people.rules import clean_line, known_zone
from portal.clinic.people.values import Invitation, SignUp
from portal.clinic.practice import queries
from portal.clinic.practice.tables import Clinician
from portal.storage.work import Role, UnitOfWork


def add_clinician(work: UnitOfWork, wanted: SignUp, password_hash: str) -> str:
    """Make an account for a new clinician and invite them; not shown until the owner says so.

    Raises:
        Invalid: a field cannot be taken.
        Conflict: `email_in_use`.
    """
    require(work, Permission.MANAGE_PRACTICE)
    person_id = people.sign_up(work, wanted, password_hash, Role.CLINICIAN)
    people.invite(work, person_id)
    row = Clinician(
        person_id=person_id,
        slug=_free_slug(work, wanted.name),
        name=clean_line(wanted.name, 120),
        zone=wanted.zone if known_zone(wanted.zone) else queries.profile(work).zone,
        position=len(queries.clinicians(work, active_only=False)),
        is_active=False,
    )
    work.db.add(row)
    work.db.flush()
    audit.record(work, "clinician.add", ("clinician", row.public_id))
    return row.public_id


def invite_again(work: UnitOfWork, clinician_id: str, email: str = "") -> None:
    """Send the invitation once more, to a corrected address if one is given; the older link ends.

    Raises:
        NotFound: there is no such clinician.
        Invalid: the address cannot be taken.
        Conflict: `joined`, `just_sent` or `email_in_use`.
    """
    require(work, Permission.MANAGE_PRACTICE)
    row = queries.clinician_row(work, clinician_id)
    if row is None:
        raise NotFound
    people.invite(work, row.person_id, email)


def invitations(work: UnitOfWork) -> dict[str, Invitation]:
    """How far every clinician is who was invited, by public id; who was never invited is not in it."""
    found = people.invitations(work)
    return {row.public_id: found[row.person_id] for row in queries.clinician_rows(work) if row.person_id in found}


def _free_slug(work: UnitOfWork, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "therapist"
    taken = {row.slug for row in queries.clinician_rows(work)}
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)
