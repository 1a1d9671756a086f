"""Tables of time: weekly hours, overrides, appointments, what occupies a clinician, who has a seat."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.storage.columns import instant_field, key_field, link_field, public_id_field, second_field


class WorkingHours(SQLModel, table=True):
    """A weekly habit in the clinician's wall time, in minutes since midnight; Monday is 0."""

    id: int = key_field()
    public_id: str = public_id_field()
    clinician_id: int = link_field("clinician.id")
    weekday: int
    start_minute: int
    end_minute: int


class DayOverride(SQLModel, table=True):
    """One date that differs from the habit: off, or other hours."""

    id: int = key_field()
    public_id: str = public_id_field()
    clinician_id: int = link_field("clinician.id")
    on: date = Field(sa_type=sa.Date)
    kind: str = Field(max_length=8)  # off | hours
    start_minute: int = 0
    end_minute: int = 0
    note: str = Field(default="", max_length=120)


class Appointment(SQLModel, table=True):
    """A time that is held, booked, or was. Price and terms are those of the moment it was held."""

    __table_args__ = (
        sa.Index(
            "uq_appointment_visitor_held",
            "visitor",
            unique=True,
            sqlite_where=sa.text("status = 'held'"),
            postgresql_where=sa.text("status = 'held'"),
        ),
    )

    id: int = key_field()
    public_id: str = public_id_field()
    clinician_id: int = link_field("clinician.id")
    offer_id: int = link_field("offer.id")
    patient_id: int | None = link_field("person.id", optional=True)
    status: str = Field(max_length=16, index=True)
    starts_at: datetime = instant_field(index=True)
    ends_at: datetime = instant_field()
    price_minor: int = 0
    currency: str = Field(max_length=3)
    free_cancel_hours: int = 24
    late_fee_percent: int = 50
    no_show_percent: int = 100
    pay_later: bool = False  # whether the service allows it
    pays_later: bool = False  # whether the patient chose it
    visitor: str | None = Field(default=None, max_length=64, index=True)
    address: str | None = Field(default=None, max_length=64, index=True)
    held_until: datetime | None = instant_field(optional=True, index=True)
    extended: int = 0  # how often the visitor asked for longer
    renewed: int = 0  # how often the card page renewed the hold
    sequence: int = 0  # of the calendar invitation
    created_at: datetime = instant_field()
    confirmed_at: datetime | None = instant_field(optional=True)
    cancelled_at: datetime | None = instant_field(optional=True)
    cancelled_by: str | None = Field(default=None, max_length=16)


class Occupancy(SQLModel, table=True):
    """The one row that occupies a clinician, buffers included. Active rows of one clinician never overlap.

    Held by an exclusion constraint on PostgreSQL and by triggers on SQLite; a row with a reason is a deliberate
    overbooking and exempt.
    """

    # By the end: what lies behind is never looked at again. It holds all that a calendar needs: no row is read for it.
    __table_args__ = (
        sa.Index("ix_occupancy_calendar", "clinician_id", "blocked_to", "blocked_from", "is_active", "appointment_id"),
    )

    id: int = key_field()
    clinician_id: int = link_field("clinician.id", index=False)
    appointment_id: int = link_field("appointment.id", unique=True)
    blocked_from: datetime = second_field()
    blocked_to: datetime = second_field()
    is_active: bool = True
    overbooked_because: str | None = Field(default=None, max_length=200)


class Seat(SQLModel, table=True):
    """A person's place in an appointment. Active seats of one person never overlap."""

    __table_args__ = (sa.Index("ix_seat_person_id_ends_at", "person_id", "ends_at"),)

    id: int = key_field()
    appointment_id: int = link_field("appointment.id")
    person_id: int = link_field("person.id", index=False)
    starts_at: datetime = instant_field()
    ends_at: datetime = instant_field()
    is_active: bool = True
