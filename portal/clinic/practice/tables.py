"""Tables of the practice: its profile, crisis lines, services and clinicians."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from portal.storage.columns import json_field, key_field, link_field, public_id_field, slug_field


class Practice(SQLModel, table=True):
    """The one row that says what this practice is."""

    id: int = key_field()
    name: str = Field(max_length=120)
    tagline: str = Field(default="", max_length=200)
    about: str = Field(default="", max_length=2000)
    phone: str = Field(default="", max_length=40)
    phone_hours: str = Field(default="", max_length=80)
    email: str = Field(default="", max_length=254)
    address: str = Field(default="", max_length=400)
    zone: str = Field(default="Europe/London", max_length=64)
    currency: str = Field(default="GBP", max_length=3)
    revision: int = 0


class CrisisLine(SQLModel, table=True):
    """A way to reach a person at once; the owner sets them, none is in code."""

    id: int = key_field()
    public_id: str = public_id_field()
    position: int = 0
    kind: str = Field(default="phone", max_length=16)  # phone | text | emergency
    label: str = Field(max_length=80)
    contact: str = Field(max_length=60)
    note: str = Field(default="", max_length=160)


class Offer(SQLModel, table=True):
    """A service: what can be booked, for how long and for how much."""

    id: int = key_field()
    public_id: str = public_id_field()
    name: str = Field(max_length=120)
    summary: str = Field(default="", max_length=400)
    minutes: int = 50
    price_minor: int = 0
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 10
    notice_minutes: int = 120
    window_days: int = 60
    step_minutes: int = 30
    pay_later: bool = False
    free_cancel_hours: int = 24
    late_fee_percent: int = 50
    no_show_percent: int = 100
    position: int = 0
    is_active: bool = True


class Clinician(SQLModel, table=True):
    """A therapist as the public sees them."""

    id: int = key_field()
    public_id: str = public_id_field()
    person_id: int = link_field("person.id", unique=True)
    slug: str = slug_field()
    name: str = Field(max_length=120)
    title: str = Field(default="", max_length=120)
    quote: str = Field(default="", max_length=300)
    about: str = Field(default="", max_length=2000)
    portrait: str = Field(default="person", max_length=24)  # of the drawn faces
    needs: list[str] = json_field()
    languages: list[str] = json_field()
    zone: str = Field(max_length=64)
    position: int = 0
    is_active: bool = True


class ClinicianOffer(SQLModel, table=True):
    """Which clinician gives which service."""

    clinician_id: int = link_field("clinician.id")
    offer_id: int = link_field("offer.id")
    id: int = key_field()
