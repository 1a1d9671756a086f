"""Tables of notes: a draft until signed, from then on locked, with amendments only."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from portal.storage.columns import (
    instant_field,
    key_field,
    link_field,
    public_id_field,
    sealed,
    sealed_field,
    sealed_json,
)


class Note(SQLModel, table=True):
    """A note on one visit by one clinician."""

    id: int = key_field()
    public_id: str = public_id_field()
    appointment_id: int = link_field("appointment.id", unique=True)
    patient_id: int = link_field("person.id")
    author_id: int = link_field("person.id")
    kind: str = Field(default="soap", max_length=8)  # soap | free
    status: str = Field(default="draft", max_length=8)  # draft | signed
    body_sealed: bytes | None = sealed_field()
    revision: int = 0
    started_at: datetime = instant_field()
    saved_at: datetime = instant_field()
    signed_at: datetime | None = instant_field(optional=True)
    fingerprint: str | None = Field(default=None, max_length=64)

    body = sealed_json("body_sealed")


class Amendment(SQLModel, table=True):
    """What was added to a signed note, and why."""

    id: int = key_field()
    public_id: str = public_id_field()
    note_id: int = link_field("note.id")
    author_id: int = link_field("person.id")
    reason_sealed: bytes | None = sealed_field()
    body_sealed: bytes | None = sealed_field()
    added_at: datetime = instant_field()

    reason = sealed("reason_sealed")
    body = sealed("body_sealed")


class AmendmentDraft(SQLModel, table=True):
    """What is being written for a signed note; gone when it is added."""

    id: int = key_field()
    public_id: str = public_id_field()
    note_id: int = link_field("note.id", unique=True)
    reason_sealed: bytes | None = sealed_field()
    body_sealed: bytes | None = sealed_field()
    saved_at: datetime = instant_field()

    reason = sealed("reason_sealed")
    body = sealed("body_sealed")
