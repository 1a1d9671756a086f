"""Tables of people, their sessions, and the links that prove a mailbox."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from portal.storage.columns import instant_field, key_field, link_field, public_id_field, sealed, sealed_field


class Person(SQLModel, table=True):
    """Anybody who signs in. Identity is sealed; the email is found by a blind index."""

    id: int = key_field()
    public_id: str = public_id_field()
    is_patient: bool = False
    is_clinician: bool = False
    is_owner: bool = False
    email_index: str = Field(max_length=64, unique=True)
    email_sealed: bytes | None = sealed_field()
    name_sealed: bytes | None = sealed_field()
    phone_sealed: bytes | None = sealed_field()
    born_sealed: bytes | None = sealed_field()
    preferred_sealed: bytes | None = sealed_field()
    password_hash: str = Field(max_length=255)
    zone: str = Field(default="Europe/London", max_length=64)
    locale: str = Field(default="en", max_length=16)
    created_at: datetime = instant_field()
    disabled_at: datetime | None = instant_field(optional=True)

    email = sealed("email_sealed")
    name = sealed("name_sealed")
    phone = sealed("phone_sealed")
    born = sealed("born_sealed")  # ISO date
    preferred = sealed("preferred_sealed")


class PersonSession(SQLModel, table=True):
    """One signed-in browser. Only the digest of its cookie is kept."""

    id: int = key_field()
    person_id: int = link_field("person.id")
    token_digest: str = Field(max_length=64, unique=True)
    device: str = Field(default="", max_length=120)
    created_at: datetime = instant_field()
    seen_at: datetime = instant_field()
    idle_ends_at: datetime = instant_field()
    ends_at: datetime = instant_field()
    revoked_at: datetime | None = instant_field(optional=True)


class MailboxProof(SQLModel, table=True):
    """A single-use link sent by mail; only its digest is kept, and the sealed token until the mail is out."""

    id: int = key_field()
    public_id: str = public_id_field()
    person_id: int = link_field("person.id")
    purpose: str = Field(max_length=24)
    token_digest: str = Field(max_length=64, unique=True)
    token_sealed: bytes | None = sealed_field()
    created_at: datetime = instant_field()
    ends_at: datetime = instant_field()
    used_at: datetime | None = instant_field(optional=True)

    token = sealed("token_sealed")
