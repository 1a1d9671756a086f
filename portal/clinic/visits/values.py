"""What goes in and comes out of the visits service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.clinic.billing.values import PaidState
from portal.clinic.intake.values import ClinicalView, IntakeMark
from portal.clinic.practice.values import CrisisLineCard
from portal.clinic.records.values import NoteMark
from portal.clinic.scheduling.values import AppointmentStatus


class VisitState(StrEnum):
    """How far a visit is. Scheduled and waiting go back and forth; finished and no-show are final."""

    SCHEDULED = "scheduled"
    WAITING = "waiting"
    ADMITTED = "admitted"
    FINISHED = "finished"
    NO_SHOW = "no_show"


class Party(StrEnum):
    """As what somebody takes part."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class RoomState(StrEnum):
    """What a room's door says to the one who stands before it."""

    EARLY = "early"
    OPEN = "open"
    WAITING = "waiting"
    ADMITTED = "admitted"
    FINISHED = "finished"


@dataclass(frozen=True)
class Progress:
    """What the rules look at: the visit's times and how far it is."""

    starts_at: datetime
    ends_at: datetime
    state: VisitState = VisitState.SCHEDULED
    waiting_since: datetime | None = None
    waiting_seen_at: datetime | None = None


@dataclass(frozen=True)
class RoomStatus:
    """The room as one of the two parties sees it, in whose zone times are told.

    `other_waiting`: the patient is in the waiting room, or (for the patient) the clinician is in the room.
    `other_busy`: the clinician is in another visit just now. `other_portrait`: the clinician's, for the patient.
    `consent_gone_at`: since when the patient's consent to video is taken back, which holds the door.
    `by_phone`: it is over, and the clinician has noted that it took place by phone.
    """

    state: RoomState
    role: Party
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    self_name: str
    other_name: str
    other_waiting: bool
    waiting_since: datetime | None
    admitted_at: datetime | None
    zone: str
    other_busy: bool = False
    other_portrait: str = ""
    consent_gone_at: datetime | None = None
    by_phone: bool = False
    self_called: str = ""
    other_called: str = ""


@dataclass(frozen=True)
class RoomSeat:
    """A place in a room of the video server. The names say nothing of person or visit."""

    room: str
    identity: str
    role: Party


@dataclass(frozen=True)
class Knock:
    """Somebody in the waiting room, as the clinician hears of them."""

    appointment_id: str
    patient_name: str
    starts_at: datetime
    waiting_since: datetime
    patient_called: str = ""


@dataclass(frozen=True)
class RoomToTend:
    """A room that may live on the video server: `is_over` when it is to be closed there."""

    visit_id: str
    room: str
    is_over: bool


@dataclass(frozen=True)
class Sighting:
    """One connection in a room, as the video server tells it. `left_at` is None while it lasts."""

    room: str
    identity: str
    connection: str
    joined_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True)
class SafetySheet:
    """For the worst minute: where the patient is, whom to call, what they answered.

    `place_at`: when they said so for this opening of the room; None for the usual place of their forms.
    """

    name: str
    phone: str
    place: str
    place_at: datetime | None
    contact_name: str
    contact_phone: str
    flag: str
    lines: tuple[CrisisLineCard, ...]
    called: str = ""


@dataclass(frozen=True)
class Whereabouts:
    """Where the patient says they are for this opening of the room (empty: not said), and where they usually are."""

    today: str
    usual: str


@dataclass(frozen=True)
class DayEntry:
    """One visit in a clinician's day. `number`: the how manieth of these two it is, 0 when it does not count.

    `may_phone`: it can be said now that it took place by phone; `by_phone`: that was said.
    """

    appointment_id: str
    status: AppointmentStatus
    state: VisitState
    room: RoomState
    starts_at: datetime
    ends_at: datetime
    patient_name: str
    patient_zone: str
    offer_name: str
    number: int
    paid: PaidState
    intake: IntakeMark | None
    note: NoteMark
    is_waiting: bool = False
    waiting_since: datetime | None = None
    admitted_at: datetime | None = None
    finished_at: datetime | None = None
    cancelled_at: datetime | None = None
    patient_present: bool = False
    may_miss: bool = False
    may_phone: bool = False
    by_phone: bool = False
    patient_called: str = ""


@dataclass(frozen=True)
class OpenNote:
    """A visit whose note is not signed; `saved_at` is None while nothing is written."""

    appointment_id: str
    patient_name: str
    starts_at: datetime
    saved_at: datetime | None


@dataclass(frozen=True)
class ToTalk:
    """A visit that was cancelled by or for somebody whose answer needs a look."""

    appointment_id: str
    patient_name: str
    starts_at: datetime


@dataclass(frozen=True)
class DaySummary:
    """What a day holds, in numbers."""

    on: date
    visits: int
    first_at: datetime | None
    unpaid: int
    forms_open: int


@dataclass(frozen=True)
class DayView:
    """A clinician's day in their own zone, by start."""

    on: date
    today: date
    zone: str
    entries: tuple[DayEntry, ...]
    to_finish: tuple[OpenNote, ...]
    following: DaySummary
    to_talk: tuple[ToTalk, ...] = ()


@dataclass(frozen=True)
class VisitPage:
    """A visit as its clinician prepares for it. `before`: the visit before that has scores; `earlier`: newest first."""

    entry: DayEntry
    clinician_zone: str
    clinical: ClinicalView | None
    before: ClinicalView | None
    earlier: tuple[DayEntry, ...] = ()
