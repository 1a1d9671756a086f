"""What may be done about notes: read, write, lay out anew, sign, add to. Only by the clinician of the visit."""

from portal.clinic.records.service.reading import drafts, is_whole, last_note, marks, note_for, note_mark
from portal.clinic.records.service.signing import amend, save_addition, sign_note
from portal.clinic.records.service.writing import change_kind, drop_kept, save_note

__all__ = [
    "amend",
    "change_kind",
    "drafts",
    "drop_kept",
    "is_whole",
    "last_note",
    "marks",
    "note_for",
    "note_mark",
    "save_addition",
    "save_note",
    "sign_note",
]
