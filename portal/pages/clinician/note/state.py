"""What the note of a visit holds: words are saved as they are typed, and stay the author's alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import ClinicError, Invalid, NotFound
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, NoteSaved, NoteStatus, NoteView, Upon
from portal.pages.clinician.note.cards import NoteCard, headings, label_of, note_card, saved_words
from portal.pages.clinician.screens import screen
from portal.pages.guard import allow, read, transact
from portal.pages.session import SessionState


@screen
class NoteState(rx.State):
    """The note of the visit that is on the screen, and the last one before it.

    `epoch` changes when the fields begin anew: laid out in another way, or emptied after an addition.
    """

    card: rx.Field[NoteCard] = rx.field(default_factory=NoteCard)
    last: rx.Field[NoteCard] = rx.field(default_factory=NoteCard)
    problem: rx.Field[str] = rx.field("")
    replaced: rx.Field[str] = rx.field("")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    asking: rx.Field[bool] = rx.field(False)
    adding: rx.Field[bool] = rx.field(False)
    epoch: rx.Field[int] = rx.field(0)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def load(self) -> None:
        """Show the note of the visit that the address names."""
        visit = self.router.url.query_parameters.get("id", "")[:40]
        if visit != self.card.visit:
            self.reset()
        try:
            note = await transact(records.note_for, visit)
            last = await transact(records.last_note, visit)
        except NotFound:
            self.reset()
            return
        await self._show(note)
        self.adding = bool(note.addition.text or note.addition.reason)
        self.last = note_card(last, await self._zone()) if last else NoteCard()

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def save(self, draft_id: str, text: str, seen: int, stamp: str) -> None:
        """Keep what was typed upon what the page had seen; the id says where it belongs."""
        visit, kind, name = _parts(draft_id, "note:")
        if kind not in set(NoteKind):
            return
        try:
            kept = await transact(records.save_note, visit, NoteKind(kind), {name: text}, Upon(seen, stamp))
        except ClinicError as refused:
            self.problem = refused.code
            return
        if visit == self.card.visit:
            await self._saved(name, text, kept)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def lay_out(self, kind: str) -> None:
        """SOAP or free text; every word moves along."""
        if kind in set(NoteKind):
            await self._do(records.change_kind, self.card.visit, NoteKind(kind), headings(), anew=True)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS, by_itself=True)
    async def look(self) -> None:
        """Look whether another page has written meanwhile."""
        if self.card.status not in {"none", "draft"}:
            return
        try:
            mark = await read(records.note_mark, self.card.visit)
        except NotFound:
            return
        if mark.revision > self.card.revision:
            self.problem = "note_signed" if mark.status is NoteStatus.SIGNED else "note_changed"

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def let_go(self, number: int) -> None:
        """Let go of words that were kept aside."""
        await self._do(records.drop_kept, self.card.visit, number)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def show_newest(self) -> None:
        """Show what another page wrote; what was typed here is kept."""
        await self._do(records.note_for, self.card.visit)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def ask(self) -> None:
        """Ask once before the note is locked."""
        empty = not any(text.strip() for text in self.card.fields.values())
        self.asking, self.problem = not empty, "note_empty" if empty else ""

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def keep_open(self) -> None:
        """Leave the note a draft."""
        self.asking = False

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def sign(self) -> None:
        """Lock the note under the author's name."""
        self.asking = False
        await self._do(records.sign_note, self.card.visit, dict(self.card.seen))

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def begin_addition(self) -> None:
        """Show the fields for something to be added."""
        self.adding, self.problem = True, ""

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def save_addition(self, draft_id: str, text: str) -> None:
        """Keep what is being written for the signed note."""
        note, _, name = _parts(draft_id, "addition:")
        try:
            at = await transact(records.save_addition, note, {name: text})
        except ClinicError as refused:
            self.problem = refused.code
            return
        written = {"reason": text} if name == "reason" else {"addition": text}
        self.card = replace(self.card, addition_at=saved_words(at, await self._zone()), **written)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def add(self) -> None:
        """Add to the signed note what was written for it."""
        self.errors = {}
        await self._do(records.amend, self.card.note, self.card.reason, self.card.addition, anew=True)
        self.adding = bool(self.errors or self.problem)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def close(self) -> None:
        """Put the note away when its screen goes."""
        self.reset()

    async def _saved(self, name: str, text: str, kept: NoteSaved) -> None:
        if kept.replaced:
            await self._show(await transact(records.note_for, self.card.visit))
        card = self.card
        seen = {**card.seen, name: kept.seen.get(name, kept.revision)}
        behind = any(revision > seen.get(one, 0) for one, revision in kept.seen.items())
        self.card = replace(
            card,
            status="draft",
            saved_at=saved_words(kept.saved_at, await self._zone()),
            fields={**card.fields, name: text},
            seen=seen,
            revision=card.revision if behind else max(card.revision, kept.revision),
        )
        self.problem = "note_changed" if behind else ""
        self.replaced = ", ".join(label_of(one) for one in kept.replaced)

    async def _do(self, service: Any, *args: Any, anew: bool = False) -> None:
        """Run one act on the note and show what it has become; what is typed meanwhile stays, unless it begins anew."""
        try:
            note: NoteView = await transact(service, *args)
        except Invalid as refused:
            self.errors, self.problem = refused.fields, "" if refused.fields else refused.code
        except ClinicError as refused:
            self.problem = refused.code
        else:
            self.problem = self.replaced = ""
            self.epoch += int(anew)
            await self._show(note)

    async def _show(self, note: NoteView) -> None:
        self.card = note_card(note, await self._zone())

    async def _zone(self) -> str:
        return (await self.get_state(SessionState)).zone


def _parts(draft_id: str, prefix: str) -> tuple[str, str, str]:
    """The three parts of a draft's id after its prefix; empty ones for an id that is none."""
    found = draft_id.removeprefix(prefix).split(":") if draft_id.startswith(prefix) else []
    return (found[0], found[1], found[2]) if len(found) == 3 else ("", "", "")
