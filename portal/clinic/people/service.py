"""What may be done about people: sign up, sign in, sign out, reset a password, be recognised."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from portal.clinic import audit, outbox
from portal.clinic.access import Permission, require, signed_in
from portal.clinic.errors import Conflict, Invalid, NotFound
from portal.clinic.people import queries, rules
from portal.clinic.people.tables import MailboxProof, Person, PersonSession
from portal.clinic.people.values import (
    Contact,
    Credentials,
    Invitation,
    Joining,
    Me,
    Purpose,
    SignUp,
    roles_of,
)
from portal.storage.work import Role, UnitOfWork, Viewer, ViewerKind

_TOUCH_EVERY = timedelta(seconds=60)


def sign_up_problems(wanted: SignUp, password: str) -> dict[str, str]:
    """Field to code of what is wrong with a new account; empty when all is well."""
    found = {
        "name": None if rules.clean_line(wanted.name, rules.LONGEST_NAME) else "missing",
        "email": rules.email_problem(rules.clean_email(wanted.email)),
        "password": rules.password_problem(password, rules.clean_email(wanted.email), wanted.name),
    }
    return {name: code for name, code in found.items() if code}


def sign_up(work: UnitOfWork, wanted: SignUp, password_hash: str, role: Role = Role.PATIENT) -> int:
    """Make an account; anybody may become a patient, only commands and owners make staff.

    Raises:
        Invalid: a field cannot be taken.
        Conflict: `email_in_use`.
    """
    email = rules.clean_email(wanted.email)
    name = rules.clean_line(wanted.name, rules.LONGEST_NAME)
    if not name or rules.email_problem(email):
        problems = sign_up_problems(wanted, "")
        raise Invalid(fields={name: code for name, code in problems.items() if name != "password"})
    zone = wanted.zone if rules.known_zone(wanted.zone) else "UTC"
    person = Person(
        email_index=queries.email_index(email),
        password_hash=password_hash,
        zone=zone,
        locale=wanted.locale[:16],
        created_at=work.now,
        is_patient=role is Role.PATIENT,
        is_clinician=role is Role.CLINICIAN,
        is_owner=role is Role.OWNER,
    )
    person.email, person.name = email, name
    try:
        with work.db.begin_nested():
            work.db.add(person)
    except IntegrityError as taken:  # also by a closed account, or by a twin of this very moment
        raise Conflict("email_in_use") from taken
    audit.record(work, "person.sign_up", ("person", person.public_id), patient_id=person.id)
    return person.id


def credentials(work: UnitOfWork, email: str) -> Credentials | None:
    """What a password for this address is checked against."""
    person = queries.by_email(work, email)
    return Credentials(person.id, person.password_hash) if person else None


def open_session(work: UnitOfWork, person_id: int, device: str = "") -> str:
    """Begin a session after the password was right; returns the secret for the cookie, which is kept nowhere."""
    person = work.db.get_one(Person, person_id)
    terms = rules.session_terms(_roles(person))
    token = secrets.token_urlsafe(32)
    work.db.add(
        PersonSession(
            person_id=person.id,
            token_digest=rules.digest(token),
            device=rules.clean_line(device, 120),
            created_at=work.now,
            seen_at=work.now,
            idle_ends_at=work.now + terms.idle,
            ends_at=work.now + terms.longest,
        )
    )
    theirs = replace(work, viewer=Viewer(ViewerKind.PERSON, person.id, _roles(person)))
    audit.record(theirs, "person.sign_in", ("person", person.public_id))
    return token


def refuse_sign_in(work: UnitOfWork, person_id: int | None) -> None:
    """Leave a trace of a password that was wrong."""
    person = work.db.get(Person, person_id) if person_id else None
    audit.record(work, "person.sign_in", ("person", person.public_id if person else ""), refused=True)


def viewer_of(work: UnitOfWork, token: str) -> Viewer | None:
    """The person behind a session cookie, or None when it is unknown, over, idle too long or revoked."""
    found = queries.session_by_digest(work, rules.digest(token))
    if found is None:
        return None
    session, person = found
    over = session.revoked_at is not None or person.disabled_at is not None
    if over or work.now >= min(session.idle_ends_at, session.ends_at):
        return None
    return Viewer(ViewerKind.PERSON, person.id, _roles(person), session_id=session.id)


def needs_touch(work: UnitOfWork, session_id: int) -> bool:
    """Whether the session's last sign of life is older than a minute."""
    session = work.db.get(PersonSession, session_id)
    return session is not None and work.now - session.seen_at >= _TOUCH_EVERY


def touch(work: UnitOfWork, session_id: int) -> None:
    """Note a sign of life; a session that is over stays over."""
    session = work.db.get(PersonSession, session_id)
    if session is None or session.revoked_at or work.now >= min(session.idle_ends_at, session.ends_at):
        return
    person = work.db.get_one(Person, session.person_id)
    session.seen_at = work.now
    session.idle_ends_at = work.now + rules.session_terms(_roles(person)).idle


def sign_out(work: UnitOfWork) -> None:
    """End the viewer's session."""
    session = work.db.get(PersonSession, work.viewer.session_id) if work.viewer.session_id else None
    if session is not None and session.revoked_at is None:
        session.revoked_at = work.now
        person = work.db.get_one(Person, session.person_id)
        audit.record(work, "person.sign_out", ("person", person.public_id))


def start_reset(work: UnitOfWork, email: str) -> None:
    """Mail a link that sets a new password; an unknown address does nothing, and nobody can tell."""
    person = queries.by_email(work, email)
    if person is None:
        return
    _mail_link(work, person, Purpose.RESET, rules.RESET_LASTS)
    audit.record(work, "person.reset_asked", ("person", person.public_id))


def invite(work: UnitOfWork, person_id: int, email: str = "") -> None:
    """Mail somebody a link to join with; it ends every older one. `email` corrects the address.

    Raises:
        Invalid: the address cannot be taken.
        Conflict: `joined` already, `just_sent`, or `email_in_use`.
    """
    require(work, Permission.MANAGE_PRACTICE)
    person = work.db.get_one(Person, person_id)
    before = queries.newest_proofs(work, Purpose.INVITATION).get(person_id)
    if before is not None and _joining(work, before) is Joining.JOINED:
        raise Conflict("joined")
    if before is not None and work.now < before.created_at + rules.INVITE_AGAIN_AFTER:
        raise Conflict("just_sent")
    if email and rules.clean_email(email) != person.email:
        _correct_address(work, person, rules.clean_email(email))
    newest = _mail_link(work, person, Purpose.INVITATION, rules.INVITATION_LASTS)
    for older in queries.open_proofs(work, person.id):
        if older.id != newest.id:
            older.ends_at, older.token_sealed = min(older.ends_at, work.now), None
    audit.record(work, "person.invite", ("person", person.public_id))


def invitations(work: UnitOfWork) -> dict[int, Invitation]:
    """How far everybody is who was ever invited, by row id."""
    require(work, Permission.MANAGE_PRACTICE)
    found: dict[int, Invitation] = {}
    for person_id, proof in queries.newest_proofs(work, Purpose.INVITATION).items():
        email = work.db.get_one(Person, person_id).email
        left = outbox.standing(work, f"{Purpose.INVITATION}:{proof.public_id}")
        found[person_id] = Invitation(_joining(work, proof), email, proof.created_at, proof.ends_at, *left)
    return found


def finish_reset(work: UnitOfWork, token: str, password_hash: str) -> int:
    """Set a password by a mailed link, that of a reset or of an invitation; every session of the person ends.

    Raises:
        NotFound: the link is unknown, used or too old.
    """
    proof = queries.proof_by_digest(work, rules.digest(token))
    if proof is None or proof.purpose not in set(Purpose) or proof.used_at or work.now >= proof.ends_at:
        raise NotFound("link_ended")
    person = work.db.get_one(Person, proof.person_id)
    if person.disabled_at is not None:
        raise NotFound("link_ended")
    for link in queries.open_proofs(work, person.id):
        link.used_at, link.token_sealed = work.now, None
    person.password_hash = password_hash
    for session in queries.open_sessions(work, person.id):
        session.revoked_at = work.now
    done = "person.reset_done" if proof.purpose == Purpose.RESET else "person.join"
    audit.record(work, done, ("person", person.public_id))
    return person.id


def _mail_link(work: UnitOfWork, person: Person, purpose: Purpose, lasts: timedelta) -> MailboxProof:
    token = secrets.token_urlsafe(32)
    proof = MailboxProof(
        person_id=person.id,
        purpose=purpose,
        token_digest=rules.digest(token),
        created_at=work.now,
        ends_at=work.now + lasts,
    )
    proof.token = token
    work.db.add(proof)
    work.db.flush()
    outbox.put(work, f"mail.{purpose}", f"{purpose}:{proof.public_id}", {"proof": proof.public_id})
    return proof


def _joining(work: UnitOfWork, newest: MailboxProof) -> Joining:
    if newest.used_at is not None:
        return Joining.JOINED
    return Joining.INVITED if work.now < newest.ends_at else Joining.RAN_OUT


def _correct_address(work: UnitOfWork, person: Person, email: str) -> None:
    if problem := rules.email_problem(email):
        raise Invalid(fields={"email": problem})
    try:
        with work.db.begin_nested():
            person.email, person.email_index = email, queries.email_index(email)
            work.db.flush()
    except IntegrityError as taken:
        raise Conflict("email_in_use") from taken


def me(work: UnitOfWork) -> Me:
    """The signed-in person.

    Raises:
        NotAllowed: nobody is signed in.
    """
    person = work.db.get_one(Person, signed_in(work))
    return Me(
        public_id=person.public_id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        zone=person.zone,
        locale=person.locale,
        is_patient=person.is_patient,
        is_clinician=person.is_clinician,
        is_owner=person.is_owner,
        called=rules.goes_by(person.name, person.preferred),
    )


def set_zone(work: UnitOfWork, zone: str) -> None:
    """Keep the zone in which the viewer reads times.

    Raises:
        Invalid: the zone is not known.
    """
    if not rules.known_zone(zone):
        raise Invalid("zone_unknown")
    work.db.get_one(Person, signed_in(work)).zone = zone


def contact(work: UnitOfWork, person_id: int) -> Contact:
    """Where a person's mail goes; for the practice's own jobs."""
    person = work.db.get_one(Person, person_id)
    return Contact(person.id, person.name, person.email, person.zone, person.locale)


def names(work: UnitOfWork) -> dict[int, str]:
    """Everybody's name by row id, for the audit trail.

    Raises:
        NotAllowed: not the owner.
    """
    require(work, Permission.READ_AUDIT)
    return {person.id: person.name for person in queries.everybody(work)}


def _roles(person: Person) -> frozenset[Role]:
    return roles_of(is_patient=person.is_patient, is_clinician=person.is_clinician, is_owner=person.is_owner)
