"""What therapists of the demo wrote: plain sentences that belong to nobody."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, Upon
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork

_SAID = (
    "Slept better on four nights of seven. Walked to work twice.",
    "A hard week: an argument on Sunday is still going round.",
    "Says that mornings are easier than evenings now.",
    "Wrote the letter that we spoke about and has not sent it.",
    "Cancelled one evening with friends, kept another.",
)
_SEEN = (
    "Speaks more freely than last time, looks tired.",
    "Calm, at times close to tears; laughs once.",
    "Restless at first, settled after ten minutes.",
    "Clear and collected, finds words quickly.",
)
_THOUGHT = (
    "Steady progress; worry still decides the evenings.",
    "Mood lifts where there is company. No sign of acute risk today.",
    "The old pattern is named by the patient without help.",
    "Sleep remains the first thing to work on.",
)
_NEXT = (
    "Keep the evening walk; note three moments a day.",
    "Go on with the sleep diary; look at Sunday together.",
    "Prepare one sentence for the talk with the sister.",
    "Same rhythm; measures again in two visits.",
)


def write_note(theirs: UnitOfWork, row: Appointment, *, open_draft: bool) -> None:
    """Write up a visit a little after its end, and sign unless it is to stay a draft."""
    pick = random.Random(row.public_id)
    words = {
        "subjective": pick.choice(_SAID),
        "objective": pick.choice(_SEEN),
        "assessment": pick.choice(_THOUGHT),
        "plan": pick.choice(_NEXT),
    }
    if open_draft:
        words["plan"] = ""
    saved = replace(theirs, now=row.ends_at + timedelta(minutes=6))
    records.save_note(saved, row.public_id, NoteKind.SOAP, words, Upon())
    if not open_draft:
        signing = replace(theirs, now=row.ends_at + timedelta(minutes=9))
        records.sign_note(signing, row.public_id, records.note_for(signing, row.public_id).seen)
