"""What goes in and comes out of scheduling. Instants are aware and in UTC; habits are wall time with a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from portal.clinic.errors import Invalid
from portal.clinic.practice.values import ClinicianCard, OfferCard

_SLOT_ID = re.compile(r"([0-9a-z]{1,40})\.([0-9a-z]{1,40})\.(0|[1-9][0-9]{0,9})")


class AppointmentStatus(StrEnum):
    """Where an appointment stands. Held and confirmed occupy the clinician, the others do not."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    FINISHED = "finished"
    NO_SHOW = "no_show"


class OverrideKind(StrEnum):
    """How a date differs from the weekly habit."""

    OFF = "off"
    HOURS = "hours"


@dataclass(frozen=True)
class WeeklyHours:
    """Minutes since midnight, wall time; Monday is weekday 0; `end_minute` may be 1440."""

    weekday: int
    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class Override:
    """One date: `off` closes it (or, with hours, that part of it), `hours` replaces the habit of the day."""

    on: date
    kind: OverrideKind
    start_minute: int = 0
    end_minute: int = 0


@dataclass(frozen=True)
class OverrideView:
    """An override as the owner sees it; an empty id is a new one."""

    public_id: str
    on: date
    kind: OverrideKind
    start_minute: int = 0
    end_minute: int = 0
    note: str = ""


@dataclass(frozen=True)
class Offering:
    """The part of a service that decides when it can start. All in minutes, but for the days of the window."""

    minutes: int
    buffer_before: int = 0
    buffer_after: int = 0
    notice: int = 0
    window_days: int = 60
    step: int = 30

    def __post_init__(self) -> None:
        """Refuse what no sweep could end on; what an owner may enter is narrower."""
        least = (self.minutes, self.step, self.buffer_before + 1, self.buffer_after + 1, self.notice + 1)
        if min(least) < 1 or self.window_days < 0:
            raise ValueError("an offering that lasts no time, or counts backwards")


class Slot(NamedTuple):
    """A time that can be booked; a tuple, for there are thousands of them in an answer."""

    starts_at: datetime
    ends_at: datetime
    clinician_id: str
    service_id: str

    @property
    def slot_id(self) -> str:
        """The name under which it is held."""
        return slot_id(self.clinician_id, self.service_id, self.starts_at)


@dataclass(frozen=True)
class SlotKey:
    """What a slot id stands for."""

    clinician_id: str
    service_id: str
    starts_at: datetime


@dataclass(frozen=True)
class HoldView:
    """A held time as its holder sees it. `is_mine`: the person who asks has signed up with it."""

    appointment_id: str
    slot_id: str
    clinician: ClinicianCard
    offer: OfferCard
    starts_at: datetime
    ends_at: datetime
    held_until: datetime
    can_extend: bool
    price_minor: int
    currency: str
    is_mine: bool = False


@dataclass(frozen=True)
class AppointmentView:
    """An appointment as patient and clinician see it; `patient_id` and `clinician_person_id` are row ids of people."""

    public_id: str
    status: AppointmentStatus
    starts_at: datetime
    ends_at: datetime
    clinician: ClinicianCard
    offer_name: str
    minutes: int
    price_minor: int
    currency: str
    pays_later: bool
    free_cancel_hours: int
    late_fee_percent: int
    no_show_percent: int
    sequence: int
    patient_id: int | None
    clinician_person_id: int
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str | None


@dataclass(frozen=True)
class CancellationTerms:
    """What was agreed when the time was held: free until so many hours before, a percentage is kept after that."""

    free_hours: int
    late_percent: int
    no_show_percent: int = 100


@dataclass(frozen=True)
class RefundDue:
    """What cancelling now would do with the price: `keep_minor` stays or falls due, `refund_minor` is let go.

    `free_until` is the last instant at which it costs nothing.
    """

    free_until: datetime
    is_free: bool
    keep_minor: int
    refund_minor: int
    currency: str


@dataclass(frozen=True)
class Standing:
    """A booked visit that lies outside the hours: it stands, until somebody agrees something else with the patient."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Outlook:
    """What patients can book of a clinician in the next days, by their first service.

    `why_none`: `no_hours`, `no_service` or `full`; empty when there is something.
    """

    is_shown: bool
    service: str
    free: int
    next: tuple[datetime, ...]
    days: int
    why_none: str = ""


@dataclass(frozen=True)
class Readiness:
    """What a practice needs before patients find a free time; each part is there or missing."""

    profile: bool
    service: bool
    clinician: bool
    hours: bool
    shown: bool

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return self.profile and self.service and self.clinician and self.hours and self.shown


def slot_id(clinician_id: str, service_id: str, starts_at: datetime | int) -> str:
    """The name of a slot: who, what, when (seconds since 1970)."""
    seconds = starts_at if isinstance(starts_at, int) else int(starts_at.timestamp())
    return f"{clinician_id}.{service_id}.{seconds}"


def parse_slot_id(text: str) -> SlotKey:
    """What a slot id stands for.

    Raises:
        Invalid: `slot_unknown`, it is none.
    """
    found = _SLOT_ID.fullmatch(text)
    if found is None:
        raise Invalid("slot_unknown")
    return SlotKey(found[1], found[2], datetime.fromtimestamp(int(found[3]), UTC))
