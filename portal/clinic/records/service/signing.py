"""Signing notes, and adding to signed ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from portal.clinic import audit
from portal.clinic.access import Permission, require, signed_in
from portal.clinic.errors import Conflict, Invalid, NotFound
from portal.clinic.records import queries, rules
from portal.clinic.records.service.reading import draft_of, fingerprint, own, view
from portal.clinic.records.tables import Amendment, AmendmentDraft, Note
from portal.clinic.records.values import Draft, NoteKind, NoteStatus, NoteView
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork


def sign_note(work: UnitOfWork, appointment_id: str, seen: Mapping[str, int]) -> NoteView:
    """Lock the note under a fingerprint; from now on it takes amendments only. Signing twice changes nothing.

    Args:
        work: the unit of work.
        appointment_id: the visit.
        seen: the revision of each field that the author has before their eyes.

    Raises:
        NotFound: not a visit of this clinician, or no note.
        Invalid: `note_empty`.
        Conflict: `note_changed` (another page saved since), `words_kept` (words wait beside the note).
    """
    appointment = own(work, appointment_id, lock=True)
    note = queries.note_of(work, appointment.id)
    if note is None:
        raise NotFound
    if note.status == NoteStatus.SIGNED:
        return view(work, note, appointment_id)
    _lock(work, note, draft_of(note), seen)
    detail: dict[str, str | int | bool] = {"fingerprint": (note.fingerprint or "")[:16], "revision": note.revision}
    audit.record(work, "note.sign", ("note", note.public_id), patient_id=note.patient_id, detail=detail)
    work.db.flush()
    return view(work, note, appointment_id)


def amend(work: UnitOfWork, note_id: str, reason: str, text: str) -> NoteView:
    """Add to a signed note, with the reason; the signed words stay as they are.

    Raises:
        NotFound: not a note of this clinician.
        Invalid: reason or text is missing or too long.
        Conflict: `note_not_signed`.
    """
    note = _signed(work, note_id)
    found = {"reason": _problem(reason, rules.LONGEST_REASON), "text": _problem(text, rules.LONGEST_FIELD)}
    if problems := {name: code for name, code in found.items() if code}:
        raise Invalid(fields=problems)
    added = Amendment(note_id=note.id, author_id=signed_in(work), added_at=work.now)
    added.reason, added.body = rules.clean(reason).strip(), rules.clean(text).strip()
    work.db.add(added)
    if (begun := queries.addition(work, note.id)) is not None:
        work.db.delete(begun)
    work.db.flush()
    audit.record(work, "note.amend", ("note", note.public_id), patient_id=note.patient_id)
    return view(work, note, work.db.get_one(Appointment, note.appointment_id).public_id)


def save_addition(work: UnitOfWork, note_id: str, fields: Mapping[str, str]) -> datetime:
    """Keep what is being written for a signed note (`reason`, `text`); returns when.

    Raises:
        NotFound: not a note of this clinician.
        Invalid: `too_long`, `unknown_field`.
        Conflict: `note_not_signed`.
    """
    note = _signed(work, note_id)
    if not fields.keys() <= {"reason", "text"}:
        raise Invalid("unknown_field")
    if any(len(text) > rules.LONGEST_FIELD for text in fields.values()):
        raise Invalid("too_long")
    begun = queries.addition(work, note.id) or AmendmentDraft(note_id=note.id, saved_at=work.now)
    begun.reason = rules.clean(fields.get("reason", begun.reason))
    begun.body = rules.clean(fields.get("text", begun.body))
    begun.saved_at = work.now
    work.db.add(begun)
    return work.now


def _signed(work: UnitOfWork, note_id: str) -> Note:
    require(work, Permission.CLINICIAN_RECORDS)
    note = queries.own_note(work, note_id)
    if note is None:
        raise NotFound
    if note.status != NoteStatus.SIGNED:
        raise Conflict("note_not_signed")
    return note


def _lock(work: UnitOfWork, note: Note, draft: Draft, seen: Mapping[str, int]) -> None:
    kind = NoteKind(note.kind)
    fields = rules.laid_out(draft.fields, kind)
    if rules.is_empty(fields):
        raise Invalid("note_empty")
    if rules.unseen(draft, kind, seen):
        raise Conflict("note_changed")
    if draft.kept:
        raise Conflict("words_kept")
    note.body = {"fields": fields}
    note.fingerprint = fingerprint(work, note, work.now)
    note.signed_at, note.status = work.now, NoteStatus.SIGNED.value


def _problem(text: str, longest: int) -> str:
    if not text.strip():
        return "missing"
    return "too_long" if len(text) > longest else ""
