"""What the intake service hands out: packets, what was sent and signed, scores and flags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.clinic.intake.values.forms import Form, Measure, PacketProgress, Score


class FormState(StrEnum):
    """Where the answers to a form stand. Changed: sent before, changed since, not sent again."""

    OPEN = "open"
    SENT = "sent"
    CHANGED = "changed"


@dataclass(frozen=True)
class FormView:
    """One form of a packet with the newest answers; `version` is 0 while nothing was saved."""

    form: Form
    state: FormState
    version: int
    answers: dict[str, str]
    saved_at: datetime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True)
class ConsentView:
    """A text to sign, as it is kept: with its fingerprint, and since when."""

    public_id: str
    title: str
    body: str
    version: str
    fingerprint: str
    created_at: datetime


@dataclass(frozen=True)
class SignatureView:
    """A typed name under one version of a text."""

    public_id: str
    text: ConsentView
    typed_name: str
    signed_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class PacketView:
    """The packet as its patient fills it in. `signature` is the one in force."""

    public_id: str
    appointment_id: str
    starts_at: datetime
    clinician_name: str
    is_open: bool
    forms: tuple[FormView, ...]
    consent: ConsentView
    signature: SignatureView | None
    progress: PacketProgress


@dataclass(frozen=True)
class PacketMark:
    """How far a packet is, without an answer; `sent_at` by form key."""

    public_id: str
    progress: PacketProgress
    sent_at: dict[str, datetime]


@dataclass(frozen=True)
class Saved:
    """The answers are kept. `is_risk`: help is to be shown."""

    saved_at: datetime
    is_risk: bool


@dataclass(frozen=True)
class SentForm:
    """One version of a form that a patient sent, without its answers."""

    packet_id: str
    form_key: str
    title: str
    version: int
    submitted_at: datetime
    starts_at: datetime
    clinician_name: str
    is_open: bool


@dataclass(frozen=True)
class ScoreView:
    """A measure of one visit beside that of the visit before."""

    measure: str
    score: Score
    was: Score | None = None


@dataclass(frozen=True)
class TrendPoint:
    """A score and when its answers were sent."""

    at: datetime
    score: Score


@dataclass(frozen=True)
class MeasureTrend:
    """How a measure moved, oldest first."""

    measure: Measure
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True)
class FlagView:
    """An answer that the therapist must see: how grave (1 to 3), in the patient's words for it, and who has seen it.

    `changed_at`: the patient took it back, or gave a lighter answer, before it was sent.
    """

    public_id: str
    kind: str
    level: int
    words: str
    raised_at: datetime
    seen_at: datetime | None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class ClinicalView:
    """What a therapist reads before a visit. Drafts are not among the forms: only what was sent, and flags at once.

    `signature` is the one in force, else the one that was taken back last.
    """

    packet_id: str
    forms: tuple[FormView, ...]
    signature: SignatureView | None
    scores: tuple[ScoreView, ...]
    trends: tuple[MeasureTrend, ...]
    flags: tuple[FlagView, ...]
    progress: PacketProgress
    completed_at: datetime | None


@dataclass(frozen=True)
class IntakeMark:
    """A packet in a row of the day. `consent_gone_at`: since when the consent to video is taken back."""

    parts_done: int
    parts: int
    completed_at: datetime | None
    scores: tuple[ScoreView, ...] = ()
    flag: FlagView | None = None
    is_consent_signed: bool = True
    consent_gone_at: datetime | None = None
