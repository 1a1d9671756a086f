"""Reading notes: their author's alone; every reading of words is audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.errors import NotFound
from portal.clinic.people.tables import Person
from portal.clinic.records import queries, rules
from portal.clinic.records.tables import Note
from portal.clinic.records.values import (
    AdditionDraft,
    AmendmentView,
    Draft,
    KeptWords,
    NoteKind,
    NoteMark,
    NoteStatus,
    NoteView,
)
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork


def note_for(work: UnitOfWork, appointment_id: str) -> NoteView:
    """The viewer's note on one of their visits; reading creates nothing.

    Raises:
        NotFound: not a visit of this clinician.
    """
    appointment = own(work, appointment_id)
    note = queries.note_of(work, appointment.id)
    if note is None:
        return NoteView("", appointment_id, NoteKind.SOAP, NoteStatus.NONE, rules.laid_out({}, NoteKind.SOAP))
    audit.record(work, "note.read", ("note", note.public_id), patient_id=note.patient_id)
    return view(work, note, appointment_id)


def last_note(work: UnitOfWork, appointment_id: str) -> NoteView | None:
    """The viewer's newest signed note on an earlier visit of the same patient.

    Raises:
        NotFound: not a visit of this clinician.
    """
    appointment = own(work, appointment_id)
    found = queries.last_signed(work, appointment.patient_id or 0, appointment.starts_at)
    if found is None:
        return None
    note, of = found
    audit.record(work, "note.read", ("note", note.public_id), patient_id=note.patient_id)
    return view(work, note, of.public_id)


def note_mark(work: UnitOfWork, appointment_id: str) -> NoteMark:
    """How far the viewer's note on one of their visits is; no word of it.

    Raises:
        NotFound: not a visit of this clinician.
    """
    appointment = own(work, appointment_id)
    return marks(work, [appointment.id]).get(appointment.id, NoteMark())


def marks(work: UnitOfWork, appointment_keys: Sequence[int]) -> dict[int, NoteMark]:
    """Which of these appointments have a note of the viewer, and how far it is; no word of it."""
    return {
        row.appointment_id: NoteMark(NoteStatus(row.status), row.saved_at, row.signed_at, row.revision)
        for row in queries.marks(work, appointment_keys)
    }


def drafts(work: UnitOfWork, most: int = 6) -> list[tuple[Appointment, datetime]]:
    """Appointments of the viewer whose notes are still drafts, with the instant of the last save."""
    require(work, Permission.CLINICIAN_RECORDS)
    return [(appointment, note.saved_at) for note, appointment in queries.drafts(work, most)]


def is_whole(work: UnitOfWork, note_id: str) -> bool:
    """Whether a signed note still has the words that its fingerprint was made of.

    Raises:
        NotFound: not a signed note of this clinician.
    """
    require(work, Permission.CLINICIAN_RECORDS)
    note = queries.own_note(work, note_id)
    if note is None or note.signed_at is None:
        raise NotFound
    return fingerprint(work, note, note.signed_at) == note.fingerprint


def fingerprint(work: UnitOfWork, note: Note, at: datetime) -> str:
    """What a signature at this instant binds."""
    binds = {
        "note": note.public_id,
        "visit": work.db.get_one(Appointment, note.appointment_id).public_id,
        "author": work.db.get_one(Person, note.author_id).public_id,
        "signed_at": at.isoformat(),
    }
    return rules.fingerprint(NoteKind(note.kind), draft_of(note).fields, binds)


def own(work: UnitOfWork, appointment_id: str, *, lock: bool = False) -> Appointment:
    """The viewer's own booked appointment.

    Raises:
        NotFound: not a visit of this clinician.
    """
    require(work, Permission.CLINICIAN_RECORDS)
    found = queries.own_appointment(work, appointment_id, lock=lock)
    if found is None:
        raise NotFound
    return found


def view(work: UnitOfWork, note: Note, appointment_id: str) -> NoteView:
    """A note as its author reads it."""
    draft, kind = draft_of(note), NoteKind(note.kind)
    added = tuple(
        AmendmentView(row.public_id, row.reason, row.body, queries.author_name(work, row.author_id), row.added_at)
        for row in queries.amendments(work, note.id)
    )
    begun = queries.addition(work, note.id)
    return NoteView(
        public_id=note.public_id,
        appointment_id=appointment_id,
        kind=kind,
        status=NoteStatus(note.status),
        fields=rules.laid_out(draft.fields, kind),
        seen=draft.marks,
        saved_at=note.saved_at,
        signed_at=note.signed_at,
        author_name=queries.author_name(work, note.author_id),
        fingerprint=note.fingerprint or "",
        kept=draft.kept,
        amendments=added,
        addition=AdditionDraft(begun.reason, begun.body, begun.saved_at) if begun else AdditionDraft(),
        revision=note.revision,
    )


def draft_of(note: Note) -> Draft:
    """The inside of a note, opened."""
    kept: dict[str, Any] = note.body
    return Draft(
        fields=kept.get("fields", {}),
        marks=kept.get("marks", {}),
        writers=kept.get("writers", {}),
        stamps=kept.get("stamps", {}),
        kept=tuple(_kept(one) for one in kept.get("kept", [])),
        told_at=datetime.fromisoformat(kept["told_at"]) if kept.get("told_at") else None,
    )


def _kept(one: dict[str, Any]) -> KeptWords:
    return KeptWords(one["number"], one["field"], one["text"], datetime.fromisoformat(one["at"]))


def document_of(draft: Draft) -> dict[str, Any]:
    """The inside of a note as it is sealed."""
    return {
        "fields": draft.fields,
        "marks": draft.marks,
        "writers": draft.writers,
        "stamps": draft.stamps,
        "kept": [{**asdict(one), "at": one.at.isoformat()} for one in draft.kept],
        "told_at": draft.told_at.isoformat() if draft.told_at else "",
    }
