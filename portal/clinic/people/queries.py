"""All SQL about people. Unscoped look-ups are by a secret or by the person's own id."""

from __future__ import annotations

from sqlmodel import col, select

from portal.clinic.people.rules import clean_email
from portal.clinic.people.tables import MailboxProof, Person, PersonSession
from portal.storage.keys import keyring
from portal.storage.work import UnitOfWork


def email_index(address: str) -> str:
    """The blind index under which an address is found."""
    return keyring().index("person.email", clean_email(address))


def by_email(work: UnitOfWork, address: str) -> Person | None:
    """The person with this address, unless disabled."""
    found = work.db.exec(select(Person).where(Person.email_index == email_index(address))).first()
    return found if found and found.disabled_at is None else None


def session_by_digest(work: UnitOfWork, token_digest: str) -> tuple[PersonSession, Person] | None:
    """A session and its person, by the digest of the cookie."""
    wanted = (
        select(PersonSession, Person)
        .join(Person, col(Person.id) == col(PersonSession.person_id))
        .where(PersonSession.token_digest == token_digest)
    )
    return work.db.exec(wanted).first()


def open_sessions(work: UnitOfWork, person_id: int) -> list[PersonSession]:
    """Sessions of a person that have not been revoked."""
    wanted = select(PersonSession).where(PersonSession.person_id == person_id, col(PersonSession.revoked_at).is_(None))
    return list(work.db.exec(wanted))


def proof_by_digest(work: UnitOfWork, token_digest: str) -> MailboxProof | None:
    """A mailed link, by the digest of its token."""
    return work.db.exec(select(MailboxProof).where(MailboxProof.token_digest == token_digest)).first()


def proof_row(work: UnitOfWork, public_id: str) -> MailboxProof | None:
    """A mailed link, by its public id: for the errand that mails it."""
    return work.db.exec(select(MailboxProof).where(MailboxProof.public_id == public_id)).first()


def everybody(work: UnitOfWork) -> list[Person]:
    """Everybody with an account, staff first."""
    order = (col(Person.is_owner).desc(), col(Person.is_clinician).desc(), col(Person.id))
    return list(work.db.exec(select(Person).order_by(*order)))


def open_proofs(work: UnitOfWork, person_id: int, purpose: str | None = None) -> list[MailboxProof]:
    """Mailed links of a person that have not been used, of one purpose or of any."""
    wanted = select(MailboxProof).where(MailboxProof.person_id == person_id, col(MailboxProof.used_at).is_(None))
    if purpose is not None:
        wanted = wanted.where(MailboxProof.purpose == purpose)
    return list(work.db.exec(wanted))


def newest_proofs(work: UnitOfWork, purpose: str) -> dict[int, MailboxProof]:
    """The newest mailed link of a purpose, by the person's row id."""
    wanted = select(MailboxProof).where(MailboxProof.purpose == purpose).order_by(col(MailboxProof.id))
    return {proof.person_id: proof for proof in work.db.exec(wanted)}
