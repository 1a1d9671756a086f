"""What goes in and comes out of the records service."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class NoteKind(StrEnum):
    """How a note is laid out."""

    SOAP = "soap"
    FREE = "free"


class NoteStatus(StrEnum):
    """A note is not there, a draft that only its author sees, or signed and locked."""

    NONE = "none"
    DRAFT = "draft"
    SIGNED = "signed"


FIELDS: dict[NoteKind, tuple[str, ...]] = {
    NoteKind.SOAP: ("subjective", "objective", "assessment", "plan"),
    NoteKind.FREE: ("text",),
}


@dataclass(frozen=True)
class KeptWords:
    """Words of one field that a newer version from another page took the place of."""

    number: int
    field: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """The inside of a note: words by field, the revision that last changed each, and words kept aside.

    `writers` and `stamps` say which session, and which page of it, wrote a field last.
    """

    fields: dict[str, str] = field(default_factory=dict[str, str])
    marks: dict[str, int] = field(default_factory=dict[str, int])
    writers: dict[str, int] = field(default_factory=dict[str, int])
    stamps: dict[str, str] = field(default_factory=dict[str, str])
    kept: tuple[KeptWords, ...] = ()
    told_at: datetime | None = None


@dataclass(frozen=True)
class Upon:
    """What a page types upon: the revision in which it has seen the words (None: it cannot tell).

    `stamp` is `<page>.<turn>`: turns count up within a page, so that a save that comes late is told from a newer one.
    """

    revision: int | None = None
    stamp: str = ""


@dataclass(frozen=True)
class Words:
    """What one page sends: fields, whole; what it typed upon; its session."""

    fields: dict[str, str]
    upon: Upon
    session: int


@dataclass(frozen=True)
class AmendmentView:
    """What was added to a signed note, and why."""

    public_id: str
    reason: str
    text: str
    author_name: str
    added_at: datetime


@dataclass(frozen=True)
class AdditionDraft:
    """What is being written for a signed note."""

    reason: str = ""
    text: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class NoteView:
    """A note as its author reads it; `fields` are those of its kind, each there and perhaps empty.

    `seen` is the revision that last changed each field: a page hands it back to say what it has seen.
    """

    public_id: str
    appointment_id: str
    kind: NoteKind
    status: NoteStatus
    fields: dict[str, str]
    seen: dict[str, int] = field(default_factory=dict[str, int])
    saved_at: datetime | None = None
    signed_at: datetime | None = None
    author_name: str = ""
    fingerprint: str = ""
    kept: tuple[KeptWords, ...] = ()
    amendments: tuple[AmendmentView, ...] = ()
    addition: AdditionDraft = AdditionDraft()
    revision: int = 0


@dataclass(frozen=True)
class NoteSaved:
    """The draft is kept. `replaced`: fields in which another page's words were put aside; `seen` as in NoteView."""

    revision: int
    saved_at: datetime
    seen: dict[str, int]
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteMark:
    """That there is a note, without a word of it."""

    status: NoteStatus = NoteStatus.NONE
    saved_at: datetime | None = None
    signed_at: datetime | None = None
    revision: int = 0
