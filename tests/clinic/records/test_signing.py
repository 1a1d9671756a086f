"""Signing: from then on the words lie still, and take additions only."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.clinic.errors import Conflict, Invalid, NotFound
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, NoteStatus
from portal.storage.work import Role
from tests.clinic.records.conftest import Desk
from tests.support.databases import Clock
from tests.support.people import make_appointment, make_offer, make_person

HEADINGS = {"subjective": "Subjective", "objective": "Objective", "assessment": "Assessment", "plan": "Plan"}
FREE = NoteKind.FREE


def test_a_signature_locks_and_binds_the_words(desk: Desk) -> None:
    seen = desk.save("letter", 0).seen
    note = desk.run(records.sign_note, desk.visit, seen)
    assert note.status is NoteStatus.SIGNED
    assert len(note.fingerprint) == 64
    assert note.signed_at is not None
    assert desk.run(records.is_whole, note.public_id)
    with pytest.raises(Conflict, match="note_signed"):
        desk.save("other words", 9)
    with pytest.raises(Conflict, match="note_signed"):
        desk.run(records.change_kind, desk.visit, FREE, HEADINGS)
    assert desk.run(records.sign_note, desk.visit, {}).fingerprint == note.fingerprint
    assert desk.acts().count("note.sign") == 1


def test_a_signed_note_resists_raw_sql(desk: Desk) -> None:
    desk.run(records.sign_note, desk.visit, desk.save("letter", 0).seen)
    for statement in ("UPDATE note SET body_sealed = NULL", "DELETE FROM note"):
        with pytest.raises(sa.exc.DBAPIError, match="note_final"), desk.database.engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_nobody_signs_what_they_have_not_seen(desk: Desk) -> None:
    seen = desk.save("letter", 0).seen
    desk.save("and a call", 0, "objective", viewer=desk.laptop)
    with pytest.raises(Conflict, match="note_changed"):
        desk.run(records.sign_note, desk.visit, seen)
    assert desk.run(records.sign_note, desk.visit, desk.note().seen).status is NoteStatus.SIGNED


def test_words_kept_aside_are_looked_at_before_signing(desk: Desk) -> None:
    seen = desk.save("one", 0).revision
    desk.save("two", seen, viewer=desk.laptop)
    last = desk.save("three", seen)
    with pytest.raises(Conflict, match="words_kept"):
        desk.run(records.sign_note, desk.visit, last.seen)
    note = desk.run(records.drop_kept, desk.visit, desk.note().kept[0].number)
    assert desk.run(records.sign_note, desk.visit, note.seen).status is NoteStatus.SIGNED


def test_an_empty_note_is_not_signed(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.run(records.sign_note, desk.visit, {})
    seen = desk.save("  \n ", 0).seen
    with pytest.raises(Invalid, match="note_empty"):
        desk.run(records.sign_note, desk.visit, seen)


def test_additions_hang_below_with_their_reason(desk: Desk, clock: Clock) -> None:
    note = desk.run(records.sign_note, desk.visit, desk.save("Tuesday", 0).seen)
    clock.advance(days=1)
    added = desk.run(records.amend, note.public_id, "a slip in the date", "Thursday, not Tuesday")
    assert [(one.reason, one.text, one.added_at) for one in added.amendments] == [
        ("a slip in the date", "Thursday, not Tuesday", clock.now)
    ]
    assert added.fields["plan"] == "Tuesday"
    assert added.fingerprint == note.fingerprint
    assert desk.acts()[-1] == "note.amend"


def test_additions_need_a_reason_and_a_signed_note(desk: Desk) -> None:
    seen = desk.save("Tuesday", 0).seen
    note_id = desk.note().public_id
    with pytest.raises(Conflict, match="note_not_signed"):
        desk.run(records.amend, note_id, "a slip", "words")
    desk.run(records.sign_note, desk.visit, seen)
    with pytest.raises(Invalid) as problem:
        desk.run(records.amend, note_id, " ", "")
    assert problem.value.fields == {"reason": "missing", "text": "missing"}


def test_an_addition_is_a_draft_of_its_own_until_it_is_added(desk: Desk) -> None:
    note = desk.run(records.sign_note, desk.visit, desk.save("Tuesday", 0).seen)
    desk.run(records.save_addition, note.public_id, {"text": "Thursday, not"})
    desk.run(records.save_addition, note.public_id, {"reason": "a slip"})
    begun = desk.note().addition
    assert (begun.reason, begun.text) == ("a slip", "Thursday, not")
    with desk.database.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT body_sealed FROM amendmentdraft")).scalar_one()
    assert b"Thursday" not in bytes(kept)
    added = desk.run(records.amend, note.public_id, "a slip", "Thursday, not Tuesday")
    assert (added.addition.text, len(added.amendments)) == ("", 1)
    tomas = make_person(desk.database, "Tomas", Role.CLINICIAN).viewer
    with pytest.raises(NotFound):
        desk.run(records.save_addition, note.public_id, {"text": "x"}, viewer=tomas)
    with pytest.raises(Invalid, match="unknown_field"):
        desk.run(records.save_addition, note.public_id, {"body": "x"})


def test_the_last_note_is_the_newest_signed_one_before(desk: Desk, clock: Clock) -> None:
    offer = make_offer(desk.database)
    later = make_appointment(desk.database, desk.miriam, desk.rosa, clock.now + timedelta(days=7), offer_id=offer)
    assert desk.run(records.last_note, later) is None
    desk.run(records.sign_note, desk.visit, desk.save("earlier words", 0).seen)
    found = desk.run(records.last_note, later)
    assert found is not None
    assert found.fields["plan"] == "earlier words"
    assert desk.run(records.last_note, desk.visit) is None
