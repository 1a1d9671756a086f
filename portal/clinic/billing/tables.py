"""Tables of money: payments, refunds, ledger lines, documents, what the card processor told us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from portal.storage.columns import (
    instant_field,
    key_field,
    link_field,
    public_id_field,
    sealed_field,
    sealed_json,
)


class Payment(SQLModel, table=True):
    """One try to pay for one appointment by card. Its public id is the idempotency key."""

    id: int = key_field()
    public_id: str = public_id_field()
    appointment_id: int = link_field("appointment.id")
    patient_id: int = link_field("person.id")
    amount_minor: int
    currency: str = Field(max_length=3)
    status: str = Field(default="created", max_length=20, index=True)
    session_ref: str | None = Field(default=None, max_length=120, unique=True)
    intent_ref: str | None = Field(default=None, max_length=120)
    page_url: str | None = Field(default=None, max_length=2000)
    declined: bool = False
    created_at: datetime = instant_field()
    ends_at: datetime = instant_field()
    settled_at: datetime | None = instant_field(optional=True)
    checked_at: datetime | None = instant_field(optional=True)


class Refund(SQLModel, table=True):
    """Money on its way back. Its public id is the idempotency key."""

    id: int = key_field()
    public_id: str = public_id_field()
    payment_id: int = link_field("payment.id")
    amount_minor: int
    currency: str = Field(max_length=3)
    reason: str = Field(max_length=24)  # cancelled | slot_gone | duplicate
    status: str = Field(default="pending", max_length=16, index=True)
    refund_ref: str | None = Field(default=None, max_length=120)
    created_at: datetime = instant_field()
    settled_at: datetime | None = instant_field(optional=True)


class LedgerLine(SQLModel, table=True):
    """One side of a posting. The lines of one posting sum to zero; lines are never changed."""

    __table_args__ = (UniqueConstraint("posting", "account"),)

    id: int = key_field()
    posting: str = Field(max_length=80, index=True)  # "<kind>:<public id>", so that nothing is posted twice
    account: str = Field(max_length=32)
    amount_minor: int
    currency: str = Field(max_length=3)
    appointment_id: int | None = link_field("appointment.id", optional=True)
    at: datetime = instant_field()


class MoneyDocument(SQLModel, table=True):
    """An invoice or a receipt as it was issued; its content is never changed."""

    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: int = key_field()
    public_id: str = public_id_field()
    kind: str = Field(max_length=12)  # invoice | receipt
    number: str = Field(max_length=24)
    appointment_id: int = link_field("appointment.id")
    patient_id: int = link_field("person.id")
    payment_id: int | None = link_field("payment.id", optional=True)
    total_minor: int
    currency: str = Field(max_length=3)
    content_sealed: bytes | None = sealed_field()
    issued_at: datetime = instant_field()

    content = sealed_json("content_sealed")


class ProcessorEvent(SQLModel, table=True):
    """The inbox of signed webhooks, keyed by event id: a replay finds its row and changes nothing."""

    __table_args__ = (UniqueConstraint("source", "event_ref"),)

    id: int = key_field()
    source: str = Field(max_length=12)  # stripe | livekit
    event_ref: str = Field(max_length=120)
    kind: str = Field(max_length=80)
    object_ref: str = Field(max_length=120)
    received_at: datetime = instant_field()
    handled_at: datetime | None = instant_field(optional=True)
    attempts: int = 0
