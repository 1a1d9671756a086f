"""What the note looks like. The fields stay mounted whatever the State holds: nobody loses a word or the focus."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal.components.buttons import calm, go, quiet
from portal.components.dialog import dialog
from portal.components.draft_text import draft_text
from portal.components.fields import problem
from portal.components.icons import icon
from portal.components.layout import chapter, row, split, stack
from portal.components.notices import failed, tag, told
from portal.components.staff import amendment, as_typed, note_paper, signed_note
from portal.components.words import code, small, subtitle, title
from portal.pages.clinician.note.state import NoteState
from portal.texts import t

_card: Any = NoteState.card
_last: Any = NoteState.last
_signed = _card.status == "signed"
_unread = _card.status == ""
_QUIET = "[&_p.saved:not(.unsaved)]:hidden"
"""Each field says when it is not saved yet; that all is saved is said once, above."""
_ROWS = {"subjective": 3, "objective": 2, "assessment": 2, "plan": 2}


def note_panel(*, nothing: Any) -> rx.Component:
    """The note of the visit, and the last one before it. `nothing`: none can be begun, for there was no visit."""
    none = nothing & (_card.status == "none")
    waits = rx.cond(_unread, "opacity-0 pointer-events-none", rx.cond(none, "hidden", ""))
    return stack(
        rx.el.div(_draft(), _locked(), _addition(), class_name=waits),
        rx.cond(none, small(t("This visit was cancelled, so there is no note to write."))),
        rx.cond(_last.status == "signed", chapter(t("Last note"), _still(_last))),
        _question(),
        id="note",
        tab_index=-1,
    )


def _draft() -> rx.Component:
    head = split(
        title(t("Note")),
        row(
            tag(t("Draft, only you see it"), icon="pen"),
            rx.cond(_card.saved_at != "", _saved(_card.saved_at)),
        ),
    )
    soap = rx.el.div(
        _field("subjective", t("Subjective")),
        _field("objective", t("Objective")),
        _field("assessment", t("Assessment")),
        _field("plan", t("Plan")),
        class_name=_shown("stack mid", ~_unread & (_card.kind == "free")),
    )
    free = rx.el.div(
        _field("text", t("What happened, what you think, what comes next"), kind="free", rows=14),
        class_name=_shown("", ~_unread & (_card.kind != "free")),
    )
    other = rx.cond(
        _card.kind == "free",
        calm(t("Four fields instead"), on_click=NoteState.lay_out("soap")),
        calm(t("Free text instead"), on_click=NoteState.lay_out("free")),
    )
    return rx.el.div(
        note_paper(
            head,
            rx.el.div(soap, free, key=NoteState.epoch.to_string(), class_name=_QUIET),
            _news(),
            row(go(t("Sign and lock"), icon="lock", on_click=NoteState.ask), other),
            small(t("After signing, the words stay as they are; you can add to them, with date and reason.")),
        ),
        _kept(),
        class_name=_shown("stack", _signed),
    )


def _field(name: str, label: Any, *, kind: str = "soap", rows: int = 0) -> rx.Component:
    draft = f"note:{_card.visit}:{kind}:{name}"
    return draft_text(
        f"note-{name}",
        label,
        draft_id=rx.cond(_card.visit != "", draft, ""),
        initial=_card.fields[name],
        on_save=NoteState.save,
        saved_at=_card.saved_at,
        seen=_card.seen[name],
        rows=rows or _ROWS[name],
    )


def _news() -> rx.Component:
    """What became of the last save or of signing, where it needs a look."""
    newest = rx.el.div(quiet(t("Show the newest words"), on_click=NoteState.show_newest))
    refused: Any = rx.match(
        NoteState.problem,
        ("", ""),
        ("note_empty", t("There are no words in this note yet.")),
        ("note_signed", t("This note was signed on another page. Load this page again to see it.")),
        ("words_kept", t("Words from another page are kept below. Put them into the note, or let them go, then sign.")),
        ("visit_cancelled", t("This visit was cancelled, so no note can be begun for it.")),
        ("too_long", t("That is more than one field can hold. What was there before is kept.")),
        ("note_changed", ""),
        t("The last words could not be kept. Copy them, and load this page again."),
    )
    changed = t("This note was changed on another page meanwhile. Look at the newest words before you go on.")
    put_aside = t(
        "Newer words from here took the place of others in: {fields}. Those are kept below.", fields=NoteState.replaced
    )
    return rx.fragment(
        failed(refused),
        told(rx.cond(NoteState.problem == "note_changed", changed, ""), "caution", "", newest),
        told(rx.cond(NoteState.replaced != "", put_aside, ""), "info"),
    )


def _kept() -> rx.Component:
    def one(kept: Any) -> rx.Component:
        drop = rx.el.div(quiet(t("Let these words go"), on_click=NoteState.let_go(kept.number)))
        return rx.el.div(small(kept.head), as_typed(kept.text), drop, class_name="locked")

    words = chapter(
        t("Kept from another page"),
        small(t("Written elsewhere, and not part of this note. Copy what you need.")),
        rx.foreach(_card.kept, one),
    )
    return rx.cond(_card.kept.length() > 0, words)


def _locked() -> rx.Component:
    add = calm(t("Add to this note"), icon="plus", on_click=NoteState.begin_addition)
    return rx.cond(
        _signed,
        chapter(t("Note"), _still(_card), rx.cond(~NoteState.adding, rx.el.div(add))),
    )


def _still(card: Any) -> rx.Component:
    """A signed note and what was added to it."""

    def part(one: Any) -> rx.Component:
        return rx.el.div(rx.cond(one.label != "", subtitle(one.label)), as_typed(one.text))

    def added(one: Any) -> rx.Component:
        return amendment(one.head, as_typed(one.text))

    return stack(
        signed_note(card.signed, rx.foreach(card.parts, part), small(t("Fingerprint"), " ", code(card.fingerprint))),
        rx.foreach(card.added, added),
        gap="row",
    )


def _addition() -> rx.Component:
    """What is being written for the signed note: kept as it is typed, like the note before it."""
    known = _card.note != ""
    missing = t("Please say why you add this.")
    empty = t("There are no words to add yet.")
    reason = draft_text(
        "addition-reason",
        t("Why you add this"),
        draft_id=rx.cond(known, f"addition:{_card.note}:words:reason", ""),
        initial=_card.reason,
        on_save=NoteState.save_addition,
        saved_at=_card.addition_at,
        single=True,
        max_length=200,
    )
    text = draft_text(
        "addition-text",
        t("What you add"),
        draft_id=rx.cond(known, f"addition:{_card.note}:words:text", ""),
        initial=_card.addition,
        on_save=NoteState.save_addition,
        saved_at=_card.addition_at,
        rows=4,
    )
    inside = note_paper(
        title(t("Add to this note"), level=3),
        rx.el.div(
            rx.el.div(reason, problem("addition-reason", rx.cond(NoteState.errors.contains("reason"), missing, ""))),
            rx.el.div(text, problem("addition-text", rx.cond(NoteState.errors.contains("text"), empty, ""))),
            class_name=f"stack mid {_QUIET}",
            key=NoteState.epoch.to_string(),
        ),
        rx.el.div(go(t("Add for good"), on_click=NoteState.add)),
        small(t("What you add stays as it is, with date and reason.")),
    )
    return rx.el.div(inside, class_name=_shown("mt-row", ~_unread & ~(_signed & NoteState.adding)))


def _question() -> rx.Component:
    return dialog(
        t("Sign and lock this note?"),
        t("From then on its words stay as they are. You can add to it, with date and reason."),
        opened=NoteState.asking,
        on_close=NoteState.keep_open,
        actions=[
            go(t("Sign and lock"), icon="lock", on_click=NoteState.sign, wide=True),
            calm(t("Keep writing"), on_click=NoteState.keep_open, wide=True),
        ],
    )


def _saved(at: Any) -> rx.Component:
    return rx.el.span(icon("check"), rx.el.span(t("Saved {time}", time=at)), class_name="saved")


def _shown(classes: str, hidden: Any) -> Any:
    return rx.cond(hidden, f"{classes} hidden".strip(), classes)
