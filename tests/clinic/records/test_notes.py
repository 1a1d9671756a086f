"""Drafts: autosave loses nothing, two devices lose nothing, and nobody but the author reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.clinic.errors import Invalid, NotAllowed, NotFound
from portal.clinic.records import service as records
from portal.clinic.records.tables import Note
from portal.clinic.records.values import NoteKind, NoteStatus, Upon
from portal.storage.work import Role
from tests.clinic.records.conftest import Desk
from tests.support.databases import Clock
from tests.support.people import make_appointment, make_offer, make_person

HEADINGS = {"subjective": "Subjective", "objective": "Objective", "assessment": "Assessment", "plan": "Plan"}
SOAP, FREE = NoteKind.SOAP, NoteKind.FREE


def test_reading_creates_nothing(desk: Desk) -> None:
    note = desk.note()
    assert (note.status, note.public_id) == (NoteStatus.NONE, "")
    assert note.fields == {"subjective": "", "objective": "", "assessment": "", "plan": ""}
    with Session(desk.database.engine) as db:
        assert db.exec(select(Note)).all() == []
    assert desk.acts() == []


def test_what_was_typed_is_kept_sealed_and_read_again(desk: Desk) -> None:
    desk.save("letter to her brother", 0)
    assert desk.note().fields["plan"] == "letter to her brother"
    with desk.database.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT body_sealed FROM note")).scalar_one()
    assert b"brother" not in bytes(kept)
    assert desk.acts() == ["note.write", "note.read"]


@pytest.mark.parametrize("role", [Role.PATIENT, Role.OWNER])
def test_neither_the_patient_nor_the_owner_reads_or_writes(desk: Desk, role: Role) -> None:
    desk.save("x", 0)
    other = desk.rosa.viewer if role is Role.PATIENT else make_person(desk.database, "Otto", role).viewer
    for act in (lambda: desk.note(other), lambda: desk.save("y", 1, viewer=other)):
        with pytest.raises(NotAllowed):
            act()


def test_another_clinician_finds_nothing(desk: Desk) -> None:
    desk.save("x", 0)
    tomas = make_person(desk.database, "Tomas", Role.CLINICIAN).viewer
    note_id = desk.note().public_id
    for act in (
        lambda: desk.note(tomas),
        lambda: desk.save("y", 1, viewer=tomas),
        lambda: desk.run(records.sign_note, desk.visit, {}, viewer=tomas),
        lambda: desk.run(records.change_kind, desk.visit, FREE, HEADINGS, viewer=tomas),
        lambda: desk.run(records.drop_kept, desk.visit, 1, viewer=tomas),
        lambda: desk.run(records.last_note, desk.visit, viewer=tomas),
        lambda: desk.run(records.amend, note_id, "slip", "words", viewer=tomas),
        lambda: desk.run(records.is_whole, note_id, viewer=tomas),
    ):
        with pytest.raises(NotFound):
            act()
    assert desk.run(records.drafts, viewer=tomas) == []


def test_an_owner_who_is_a_clinician_reads_only_their_own(desk: Desk) -> None:
    both = make_person(desk.database, "Ingrid", Role.CLINICIAN, Role.OWNER).viewer
    desk.save("x", 0)
    with pytest.raises(NotFound):
        desk.note(both)


def test_one_page_that_types_on_keeps_no_copies(desk: Desk) -> None:
    seen = desk.save("Sleep worse", 0).revision
    seen = desk.save("Sleep worse since", seen).revision
    saved = desk.save("Slept better", seen)
    assert saved.replaced == ()
    assert desk.note().kept == ()


def test_two_devices_newest_wins_and_nothing_is_lost(desk: Desk) -> None:
    seen = desk.save("Agreed: one evening a week", 0).revision
    desk.save("Agreed: two evenings, and the letter", seen, viewer=desk.laptop)
    saved = desk.save("Agreed: one evening a week, no phone", seen)
    assert saved.replaced == ("plan",)
    note = desk.note()
    assert note.fields["plan"] == "Agreed: one evening a week, no phone"
    assert [(one.field, one.text) for one in note.kept] == [("plan", "Agreed: two evenings, and the letter")]


def test_another_field_of_another_device_is_no_conflict(desk: Desk) -> None:
    seen = desk.save("one", 0).revision
    desk.save("two", 0, "objective", viewer=desk.laptop)
    assert desk.save("one and more", seen).replaced == ()
    assert desk.note().fields["objective"] == "two"


def test_the_same_words_twice_are_kept_aside_once(desk: Desk) -> None:
    seen = desk.save("a word", 0).revision
    for words in ("left", "right"):
        desk.save("the laptop's words", seen, viewer=desk.laptop)
        desk.save(f"another {words}", seen)
    assert [one.text for one in desk.note().kept].count("the laptop's words") == 1


def test_a_page_on_its_way_out_does_not_know_the_revision(desk: Desk) -> None:
    desk.save("Slept badly", 0)
    assert desk.save("Slept well", None).replaced == ()
    assert desk.save("Slept", None, viewer=desk.laptop).replaced == ("plan",)


def test_a_page_is_never_in_its_own_way(desk: Desk) -> None:
    desk.save("Slept badly", 0, stamp="laptop.1")
    saved = desk.save("Slept well", 0, stamp="laptop.2")  # typed before the answer to the first had come
    assert saved.replaced == ()
    assert desk.note().kept == ()


def test_two_tabs_of_one_session_are_two_pages(desk: Desk) -> None:
    desk.save("Slept badly", 0, stamp="left.1")
    assert desk.save("Slept well", 0, stamp="right.1").replaced == ("plan",)
    assert desk.save("Slept", 0, stamp="left.2").replaced == ("plan",)
    assert [one.text for one in desk.note().kept] == ["Slept badly", "Slept well"]


def test_a_save_that_was_overtaken_changes_nothing(desk: Desk) -> None:
    newer = desk.save("Slept well since Sunday", 0, stamp="laptop.10")
    late = desk.save("Slept well", 0, stamp="laptop.9")
    assert (late.revision, late.replaced) == (newer.revision, ())
    assert desk.note().fields["plan"] == "Slept well since Sunday"
    assert desk.save("Slept", 0, stamp="laptop.11").seen["plan"] > newer.revision


def test_words_kept_aside_can_be_let_go(desk: Desk) -> None:
    seen = desk.save("one", 0).revision
    desk.save("two", seen, viewer=desk.laptop)
    desk.save("three", seen)
    number = desk.note().kept[0].number
    assert desk.run(records.drop_kept, desk.visit, number).kept == ()
    assert "note.kept_dropped" in desk.acts()


def test_another_layout_takes_every_word_along(desk: Desk) -> None:
    desk.save("tired", 0, "subjective")
    desk.save("letter", 0, "plan")
    free = desk.run(records.change_kind, desk.visit, FREE, HEADINGS)
    assert free.fields == {"text": "Subjective\ntired\n\nPlan\nletter"}
    soap = desk.run(records.change_kind, desk.visit, SOAP, HEADINGS)
    assert soap.fields["subjective"] == "Subjective\ntired\n\nPlan\nletter"


def test_words_for_a_field_that_is_gone_are_kept_aside(desk: Desk) -> None:
    desk.save("tired", 0, "subjective")
    desk.run(records.change_kind, desk.visit, FREE, HEADINGS)
    desk.save("typed on the other device", 0, "plan", viewer=desk.laptop)
    assert [one.text for one in desk.note().kept] == ["typed on the other device"]


def test_bad_fields_are_refused(desk: Desk) -> None:
    with pytest.raises(Invalid, match="unknown_field"):
        desk.save("x", 0, "status")
    with pytest.raises(Invalid, match="too_long"):
        desk.save("x" * 20_001, 0)
    with pytest.raises(NotFound):
        desk.run(records.save_note, "nowhere", SOAP, {"plan": "x"}, Upon(0))
    desk.save("a\x00b\r\nc\ud800", 0)
    assert desk.note().fields["plan"] == "ab\nc"


def test_a_sitting_of_writing_is_told_every_five_minutes(desk: Desk, clock: Clock) -> None:
    for minute in range(12):
        desk.save(f"minute {minute}", minute)
        clock.advance(minutes=1)
    assert desk.acts().count("note.write") == 3


def test_a_held_time_takes_no_note(desk: Desk, clock: Clock) -> None:
    at = clock.now + timedelta(days=1)
    offer = make_offer(desk.database)
    held = make_appointment(desk.database, desk.miriam, desk.rosa, at, offer_id=offer, status="held")
    with pytest.raises(NotFound):
        desk.run(records.note_for, held)


def test_marks_and_drafts_tell_no_word(desk: Desk) -> None:
    desk.save("letter", 0)
    drafts = desk.run(records.drafts)
    assert [row.public_id for row, _ in drafts] == [desk.visit]
    mark = desk.run(records.marks, [drafts[0][0].id])[drafts[0][0].id]
    assert (mark.status, mark.signed_at) == (NoteStatus.DRAFT, None)
    assert not hasattr(mark, "fields")


def test_a_visitor_gets_nothing(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.note(replace(desk.miriam.viewer, person_id=None, roles=frozenset()))
