"""Writing drafts: autosave, another layout, words kept aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portal.clinic import audit
from portal.clinic.access import signed_in
from portal.clinic.errors import Conflict, Invalid, NotFound
from portal.clinic.records import queries, rules
from portal.clinic.records.service.reading import document_of, draft_of, own, view
from portal.clinic.records.tables import Note
from portal.clinic.records.values import FIELDS, Draft, NoteKind, NoteSaved, NoteStatus, NoteView, Upon, Words
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus
from portal.storage.work import UnitOfWork


def save_note(
    work: UnitOfWork,
    appointment_id: str,
    kind: NoteKind,
    fields: Mapping[str, str],
    upon: Upon,
) -> NoteSaved:
    """Keep what was typed. The newest words win, field by field; those they take the place of are kept aside.

    Args:
        work: the unit of work.
        appointment_id: the visit.
        kind: how a note that is not there yet is laid out.
        fields: the fields that changed, whole.
        upon: what the page that saves had seen of these fields.

    Raises:
        NotFound: not a visit of this clinician.
        Invalid: `too_long`, `unknown_field`.
        Conflict: `note_signed`, `visit_cancelled`: there was no visit, and no note was begun before.
    """
    _check(fields)
    appointment = own(work, appointment_id, lock=True)
    note = queries.note_of(work, appointment.id) or _begin(work, appointment, kind)
    still_draft(note)
    before = draft_of(note)
    words = Words(dict(fields), replace(upon, stamp=upon.stamp[: rules.LONGEST_STAMP]), work.viewer.session_id or 0)
    draft = rules.written(before, words, NoteKind(note.kind), note.revision + 1, work.now)
    if draft == before:  # overtaken, all of it
        return NoteSaved(note.revision, note.saved_at, before.marks)
    _write(work, note, draft)
    aside = tuple(dict.fromkeys(one.field for one in draft.kept if one not in before.kept))
    return NoteSaved(note.revision, work.now, draft.marks, aside)


def change_kind(work: UnitOfWork, appointment_id: str, kind: NoteKind, headings: Mapping[str, str]) -> NoteView:
    """Lay a draft out anew; every word moves along. `headings` name the fields inside free text.

    Raises:
        NotFound: not a visit of this clinician.
        Conflict: `note_signed`, `visit_cancelled`.
    """
    appointment = own(work, appointment_id, lock=True)
    note = queries.note_of(work, appointment.id) or _begin(work, appointment, kind)
    still_draft(note)
    if note.kind != kind:
        draft, revision = draft_of(note), note.revision + 1
        fields = rules.recast(draft.fields, kind, headings)
        note.kind = kind.value
        marks = dict.fromkeys(fields, revision)
        writers = dict.fromkeys(fields, work.viewer.session_id or 0)
        _write(work, note, replace(draft, fields=fields, marks=marks, writers=writers, stamps={}))
    return view(work, note, appointment_id)


def drop_kept(work: UnitOfWork, appointment_id: str, number: int) -> NoteView:
    """Let go of words that were kept aside; the author has seen them.

    Raises:
        NotFound: not a visit of this clinician, or no note.
        Conflict: `note_signed`.
    """
    appointment = own(work, appointment_id, lock=True)
    note = queries.note_of(work, appointment.id)
    if note is None:
        raise NotFound
    still_draft(note)
    draft = draft_of(note)
    _write(work, note, replace(draft, kept=tuple(one for one in draft.kept if one.number != number)))
    audit.record(work, "note.kept_dropped", ("note", note.public_id), patient_id=note.patient_id)
    return view(work, note, appointment_id)


def still_draft(note: Note) -> None:
    """Refuse what only a draft takes.

    Raises:
        Conflict: `note_signed`.
    """
    if note.status == NoteStatus.SIGNED:
        raise Conflict("note_signed")


def _begin(work: UnitOfWork, appointment: Appointment, kind: NoteKind) -> Note:
    if appointment.status == AppointmentStatus.CANCELLED:
        raise Conflict("visit_cancelled")
    note = Note(
        appointment_id=appointment.id,
        patient_id=appointment.patient_id or 0,
        author_id=signed_in(work),
        kind=kind.value,
        started_at=work.now,
        saved_at=work.now,
    )
    note.body = {}
    work.db.add(note)
    work.db.flush()
    return note


def _write(work: UnitOfWork, note: Note, draft: Draft) -> None:
    tells = rules.tells(draft, work.now)
    if tells:
        draft = replace(draft, told_at=work.now)
    note.revision += 1
    note.saved_at = work.now
    note.body = document_of(draft)
    if tells:
        detail: dict[str, str | int | bool] = {"revision": note.revision}
        audit.record(work, "note.write", ("note", note.public_id), patient_id=note.patient_id, detail=detail)
    work.db.flush()


def _check(fields: Mapping[str, str]) -> None:
    known = {name for names in FIELDS.values() for name in names}
    if not fields.keys() <= known:
        raise Invalid("unknown_field")
    if any(len(text) > rules.LONGEST_FIELD for text in fields.values()):
        raise Invalid("too_long")
