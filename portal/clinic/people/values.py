"""What goes in and comes out of the people service."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from portal.storage.work import Role


@dataclass(frozen=True)
class SignUp:
    """What a new patient gives: a name, a mailbox, the zone of their device."""

    name: str
    email: str
    zone: str = "Europe/London"
    locale: str = "en"


@dataclass(frozen=True)
class Credentials:
    """What a password is checked against; `password_hash` never leaves the server."""

    person_id: int
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class Me:
    """The signed-in person, as their own pages greet them. `called`: what they want to be called, if not by name."""

    public_id: str
    name: str
    email: str
    phone: str
    zone: str
    locale: str
    is_patient: bool
    is_clinician: bool
    is_owner: bool
    called: str = ""


@dataclass(frozen=True)
class SessionTerms:
    """How long a session lasts without a sign of life, and at the most."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Contact:
    """Where a person's mail goes."""

    person_id: int
    name: str
    email: str
    zone: str
    locale: str


class Purpose(StrEnum):
    """What a mailed link is for."""

    RESET = "reset"
    INVITATION = "invitation"


class Joining(StrEnum):
    """How far somebody is who was invited."""

    INVITED = "invited"
    RAN_OUT = "ran_out"
    JOINED = "joined"


@dataclass(frozen=True)
class Invitation:
    """An invitation as the owner sees it. `has_left`: the mail is out; `problem`: why it is not, by code."""

    state: Joining
    email: str
    sent_at: datetime
    ends_at: datetime
    has_left: bool = True
    problem: str = ""


def roles_of(*, is_patient: bool, is_clinician: bool, is_owner: bool) -> frozenset[Role]:
    """The roles behind the three marks of a person."""
    marks = ((Role.PATIENT, is_patient), (Role.CLINICIAN, is_clinician), (Role.OWNER, is_owner))
    return frozenset(role for role, held in marks if held)
