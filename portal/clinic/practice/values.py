"""What the practice says of itself, as pages may hold it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PracticeProfile:
    """The practice: name, reach, zone (IANA) and currency (ISO 4217)."""

    name: str
    tagline: str
    about: str
    phone: str
    phone_hours: str
    email: str
    address: str
    zone: str
    currency: str


@dataclass(frozen=True)
class CrisisLineCard:
    """A way to reach a person at once. `kind` is phone, text or emergency."""

    public_id: str
    kind: str
    label: str
    contact: str
    note: str


@dataclass(frozen=True)
class OfferCard:
    """A service: minutes, price in minor units, and the terms under which it is booked."""

    public_id: str
    name: str
    summary: str
    minutes: int
    price_minor: int
    currency: str
    buffer_before_minutes: int
    buffer_after_minutes: int
    notice_minutes: int
    window_days: int
    step_minutes: int
    pay_later: bool
    free_cancel_hours: int
    late_fee_percent: int
    no_show_percent: int
    is_active: bool = True


@dataclass(frozen=True)
class ClinicianCard:
    """A therapist as the public sees them; `portrait` names a drawn picture."""

    public_id: str
    slug: str
    name: str
    title: str
    quote: str
    about: str
    portrait: str
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    zone: str
    offers: tuple[OfferCard, ...] = ()
    is_active: bool = True


@dataclass(frozen=True)
class OfferDraft:
    """What the owner says of a service; minutes, minor units, hours and percentages as the names say."""

    name: str
    summary: str
    minutes: int
    price_minor: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    notice_minutes: int
    window_days: int
    step_minutes: int
    pay_later: bool
    free_cancel_hours: int
    late_fee_percent: int
    no_show_percent: int
    is_active: bool = True
