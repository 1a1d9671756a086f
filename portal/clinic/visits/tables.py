"""Tables of the visit: waiting, admission, the room, presence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from portal.storage.columns import instant_field, key_field, link_field, public_id_field, sealed, sealed_field


class Visit(SQLModel, table=True):
    """What happens at the time of an appointment. The room's name is random and says nothing.

    `opened_at`: first time that anybody got a seat; `closed_at`: the video server has let go of the room for good;
    `place`: where the patient says they are, for this visit.
    """

    id: int = key_field()
    public_id: str = public_id_field()
    appointment_id: int = link_field("appointment.id", unique=True)
    state: str = Field(default="scheduled", max_length=16)
    room: str = Field(max_length=64, unique=True)
    waiting_since: datetime | None = instant_field(optional=True)
    waiting_seen_at: datetime | None = instant_field(optional=True)
    admitted_at: datetime | None = instant_field(optional=True)
    admitted_by: int | None = link_field("person.id", optional=True)
    opened_at: datetime | None = instant_field(optional=True)
    finished_at: datetime | None = instant_field(optional=True)
    closed_at: datetime | None = instant_field(optional=True)
    place_sealed: bytes | None = sealed_field()
    place_at: datetime | None = instant_field(optional=True)

    place = sealed("place_sealed")


class Presence(SQLModel, table=True):
    """Somebody came into the room or left it, as the video server told."""

    __table_args__ = (UniqueConstraint("visit_id", "connection"),)

    id: int = key_field()
    visit_id: int = link_field("visit.id")
    party: str = Field(max_length=12)  # patient | clinician
    connection: str = Field(max_length=64)
    joined_at: datetime | None = instant_field(optional=True)
    left_at: datetime | None = instant_field(optional=True)
