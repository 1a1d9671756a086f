"""A note in words: the draft's fields, what was kept aside, the signed words and what was added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from portal.clinic.records.values import FIELDS, KeptWords, NoteKind, NoteStatus, NoteView
from portal.texts import LOCALE, say
from portal.texts import formats as f

_LABELS = {
    "subjective": "Subjective",
    "objective": "Objective",
    "assessment": "Assessment",
    "plan": "Plan",
    "text": "Note",
}


@dataclass(frozen=True)
class KeptCard:
    """Words that another page's newer ones took the place of."""

    number: int
    head: str
    text: str


@dataclass(frozen=True)
class AddedCard:
    """What was added to a signed note."""

    head: str
    text: str


@dataclass(frozen=True)
class PartCard:
    """One part of a signed note."""

    label: str
    text: str


@dataclass(frozen=True)
class NoteCard:
    """A note on the screen. `status`: none, draft or signed; empty while it is not read.

    `seen` is the revision that last changed each field, `revision` the note's own: what this page knows of.
    """

    status: str = ""
    kind: str = "soap"
    note: str = ""
    visit: str = ""
    fields: dict[str, str] = field(default_factory=dict[str, str])
    seen: dict[str, int] = field(default_factory=dict[str, int])
    revision: int = 0
    kept: list[KeptCard] = field(default_factory=list[KeptCard])
    saved_at: str = ""
    parts: list[PartCard] = field(default_factory=list[PartCard])
    signed: str = ""
    fingerprint: str = ""
    added: list[AddedCard] = field(default_factory=list[AddedCard])
    reason: str = ""
    addition: str = ""
    addition_at: str = ""


def label_of(name: str) -> str:
    """What a field is called."""
    return say(LOCALE, _LABELS.get(name, name))


def headings() -> dict[str, str]:
    """What the fields are called where they become paragraphs."""
    return {name: label_of(name) for name in FIELDS[NoteKind.SOAP]}


def note_card(view: NoteView, zone: str) -> NoteCard:
    """A note of the viewer."""
    is_draft = view.status is NoteStatus.DRAFT
    return NoteCard(
        status=view.status.value,
        kind=view.kind.value,
        note=view.public_id,
        visit=view.appointment_id,
        fields=dict(view.fields),
        seen={name: view.seen.get(name, 0) for name in view.fields},
        revision=view.revision,
        kept=[_kept(one, zone) for one in view.kept],
        saved_at=saved_words(view.saved_at, zone) if is_draft and view.saved_at else "",
        parts=[PartCard(_part_label(view, name), text) for name, text in view.fields.items() if text.strip()],
        signed=_signed(view, zone),
        fingerprint=view.fingerprint[:16],
        added=[_added(one.added_at, one.reason, one.text, zone) for one in view.amendments],
        reason=view.addition.reason,
        addition=view.addition.text,
        addition_at=saved_words(view.addition.saved_at, zone) if view.addition.saved_at else "",
    )


def saved_words(at: datetime, zone: str) -> str:
    """`14:53:06`: the part of a stamp that stands beside a draft."""
    return f.stamp(at, zone).rpartition(", ")[2]


def _part_label(view: NoteView, name: str) -> str:
    return "" if view.kind is NoteKind.FREE else label_of(name)


def _kept(one: KeptWords, zone: str) -> KeptCard:
    head = say(LOCALE, "{field}, {when}", field=label_of(one.field), when=f.stamp(one.at, zone))
    return KeptCard(one.number, head, one.text)


def _signed(view: NoteView, zone: str) -> str:
    if view.signed_at is None:
        return ""
    return say(LOCALE, "{name}, {when}", name=view.author_name, when=f.stamp(view.signed_at, zone))


def _added(at: datetime, reason: str, text: str, zone: str) -> AddedCard:
    return AddedCard(say(LOCALE, "Added {when}, because of: {reason}", when=f.stamp(at, zone), reason=reason), text)
