"""What is true of notes: what a save does to a draft, what a signature binds. The law: docs/rules/records.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from portal.clinic.records.values import FIELDS, Draft, KeptWords, NoteKind, Words

LONGEST_FIELD = 20_000
LONGEST_REASON = 200
MOST_KEPT = 40
LONGEST_STAMP = 40
TELL_EVERY = timedelta(minutes=5)


def clean(text: str) -> str:
    """Line ends as one sign, nothing that cannot be stored, no blank end of a line."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return plain.encode("utf-8", "ignore").decode()


def written(draft: Draft, words: Words, kind: NoteKind, revision: int, now: datetime) -> Draft:
    """The draft after a save; `revision` is the new one.

    A field of another kind, typed where the note had been laid out anew, is kept aside as words.
    """
    for name, text in words.fields.items():
        if overtaken(draft, name, words):
            continue
        if name in FIELDS[kind]:
            draft = _put(draft, name, clean(text), words, now)
            draft = replace(
                draft,
                marks={**draft.marks, name: revision},
                writers={**draft.writers, name: words.session},
                stamps={**draft.stamps, name: words.upon.stamp},
            )
        elif text.strip():
            draft = _keep(draft, name, clean(text), now)
    return draft


def crossed(draft: Draft, name: str, words: Words) -> bool:
    """Whether a field was changed by another page since the page that saves now has seen it."""
    if words.upon.stamp and _page(words.upon.stamp) == _page(draft.stamps.get(name, "")):
        return False
    if words.upon.revision is None:
        return draft.writers.get(name, words.session) != words.session
    return draft.marks.get(name, 0) > words.upon.revision


def overtaken(draft: Draft, name: str, words: Words) -> bool:
    """Whether the page that saves has saved newer words meanwhile: this save took a longer way."""
    last = draft.stamps.get(name, "")
    return bool(words.upon.stamp) and _page(words.upon.stamp) == _page(last) and _turn(words.upon.stamp) <= _turn(last)


def recast(fields: Mapping[str, str], kind: NoteKind, headings: Mapping[str, str]) -> dict[str, str]:
    """The same words laid out as `kind`: nothing is left behind.

    To free text each filled field becomes a paragraph under its heading; to SOAP all of it goes to the first field.
    """
    if kind is NoteKind.FREE:
        parts = [_under(headings.get(name, name), fields.get(name, "")) for name in FIELDS[NoteKind.SOAP]]
        return {"text": "\n\n".join(part for part in (*parts, fields.get("text", "").strip()) if part)}
    first = "\n\n".join(part for part in (fields.get("text", ""), fields.get("subjective", "")) if part.strip())
    return {**{name: fields.get(name, "") for name in FIELDS[NoteKind.SOAP]}, "subjective": first}


def unseen(draft: Draft, kind: NoteKind, seen: Mapping[str, int]) -> tuple[str, ...]:
    """Fields that were changed by another page since the page that asks has seen them."""
    return tuple(name for name in FIELDS[kind] if draft.marks.get(name, 0) > seen.get(name, 0))


def laid_out(fields: Mapping[str, str], kind: NoteKind) -> dict[str, str]:
    """Every field of the kind, empty where nothing is written."""
    return {name: fields.get(name, "") for name in FIELDS[kind]}


def is_empty(fields: Mapping[str, str]) -> bool:
    """Whether no field has a word in it."""
    return not any(text.strip() for text in fields.values())


def fingerprint(kind: NoteKind, fields: Mapping[str, str], binds: Mapping[str, str]) -> str:
    """SHA-256 over the words and what they are bound to (note, visit, author, instant), as canonical JSON."""
    document = {"kind": kind.value, "fields": laid_out(fields, kind), "binds": dict(binds)}
    return hashlib.sha256(
        json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def tells(draft: Draft, now: datetime) -> bool:
    """Whether this save gets an audit entry of its own: the first of a sitting, then one each five minutes."""
    return draft.told_at is None or now - draft.told_at >= TELL_EVERY


def _put(draft: Draft, name: str, text: str, words: Words, now: datetime) -> Draft:
    before = draft.fields.get(name, "")
    lost = before.strip() and before.strip() not in text
    if lost and crossed(draft, name, words):
        draft = _keep(draft, name, before, now)
    return replace(draft, fields={**draft.fields, name: text})


def _keep(draft: Draft, name: str, text: str, now: datetime) -> Draft:
    if any(one.field == name and one.text == text for one in draft.kept):
        return draft
    number = 1 + max((one.number for one in draft.kept), default=0)
    return replace(draft, kept=(*draft.kept, KeptWords(number, name, text, now))[-MOST_KEPT:])


def _page(stamp: str) -> str:
    return stamp.partition(".")[0]


def _turn(stamp: str) -> int:
    turn = stamp.partition(".")[2]
    return int(turn) if turn.isascii() and turn.isdigit() else 0


def _under(heading: str, text: str) -> str:
    return f"{heading}\n{text.strip()}" if text.strip() else ""
