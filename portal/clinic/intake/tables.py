"""Tables of intake: packets, versioned answers, signatures, flags."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
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


class Packet(SQLModel, table=True):
    """The forms that belong to one appointment."""

    id: int = key_field()
    public_id: str = public_id_field()
    patient_id: int = link_field("person.id")
    appointment_id: int = link_field("appointment.id", unique=True)
    created_at: datetime = instant_field()
    completed_at: datetime | None = instant_field(optional=True)


class FormResponse(SQLModel, table=True):
    """One version of the answers to one form: a draft, or submitted and from then on unchanged."""

    __table_args__ = (UniqueConstraint("packet_id", "form_key", "version"),)

    id: int = key_field()
    public_id: str = public_id_field()
    packet_id: int = link_field("packet.id")
    form_key: str = Field(max_length=40)
    form_version: str = Field(max_length=24)
    version: int = 1
    status: str = Field(default="draft", max_length=12)  # draft | submitted
    answers_sealed: bytes | None = sealed_field()
    score_sealed: bytes | None = sealed_field()
    started_at: datetime = instant_field()
    saved_at: datetime = instant_field()
    submitted_at: datetime | None = instant_field(optional=True)

    answers = sealed_json("answers_sealed")
    score = sealed_json("score_sealed")


class ConsentText(SQLModel, table=True):
    """A version of a text that people sign; never changed, only followed by a newer one."""

    __table_args__ = (UniqueConstraint("key", "version"),)

    id: int = key_field()
    public_id: str = public_id_field()
    key: str = Field(max_length=40)
    version: str = Field(max_length=24)
    title: str = Field(max_length=160)
    body: str
    fingerprint: str = Field(max_length=64)
    created_at: datetime = instant_field()


class ConsentSignature(SQLModel, table=True):
    """A typed name under one version of a text."""

    id: int = key_field()
    public_id: str = public_id_field()
    person_id: int = link_field("person.id")
    packet_id: int = link_field("packet.id")
    text_id: int = link_field("consenttext.id")
    fingerprint: str = Field(max_length=64)
    typed_name_sealed: bytes | None = sealed_field()
    signed_at: datetime = instant_field()
    withdrawn_at: datetime | None = instant_field(optional=True)

    typed_name = sealed("typed_name_sealed")


class RiskFlag(SQLModel, table=True):
    """An answer that a therapist must see before the visit."""

    __table_args__ = (UniqueConstraint("packet_id", "kind"),)

    id: int = key_field()
    public_id: str = public_id_field()
    packet_id: int = link_field("packet.id")
    kind: str = Field(max_length=24)
    value_sealed: bytes | None = sealed_field()
    raised_at: datetime = instant_field()
    cleared_at: datetime | None = instant_field(optional=True)
    seen_at: datetime | None = instant_field(optional=True)
    seen_by: int | None = link_field("person.id", optional=True)

    value = sealed("value_sealed")
