"""Answers are kept as they are given, by question, on any device; what was sent is never changed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from portal.clinic.audit import AuditEntry
from portal.clinic.errors import Invalid, NotAllowed, NotFound, TooLate
from portal.clinic.intake import service as intake
from portal.clinic.intake.tables import FormResponse
from portal.clinic.intake.values import FormState
from portal.clinic.people.tables import Person
from portal.clinic.scheduling import service as scheduling
from portal.storage.work import ANONYMOUS, SYSTEM, Role, UnitOfWork
from tests.clinic.intake.conftest import ABOUT, Ward, gad7, phq9
from tests.support.people import make_person, viewer_for


def form(ward: Ward, packet: str, key: str):
    return next(view for view in ward.rosa(intake.packet_view, packet).forms if view.form.key == key)


def audited(ward: Ward, action: str) -> int:
    def count(work: UnitOfWork) -> int:
        return len(work.db.exec(select(AuditEntry).where(AuditEntry.action == action)).all())

    return ward.database.run_read(SYSTEM, count)


def test_what_was_typed_is_there_again(ward: Ward, packet: str):
    saved = ward.rosa(intake.save_answers, packet, "phq9", {"q1": "1"})
    assert saved.saved_at == ward.clock.now
    assert form(ward, packet, "phq9").answers == {"q1": "1"}
    assert form(ward, packet, "phq9").state is FormState.OPEN


def test_of_two_devices_the_later_save_counts_question_by_question(ward: Ward, packet: str):
    other = viewer_for(ward.patient.id, Role.PATIENT, session=2)
    ward.rosa(intake.save_answers, packet, "about_you", {"preferred_name": "Rosa", "phone": "020 7946 0123"})
    ward.rosa(intake.save_answers, packet, "about_you", {"preferred_name": "Rose"}, viewer=other)
    ward.rosa(intake.save_answers, packet, "about_you", {"pronouns": "she/her"})
    assert form(ward, packet, "about_you").answers == {
        "preferred_name": "Rose",
        "phone": "020 7946 0123",
        "pronouns": "she/her",
    }


def test_an_emptied_answer_is_gone(ward: Ward, packet: str):
    ward.rosa(intake.save_answers, packet, "about_you", {"pronouns": "she/her"})
    ward.rosa(intake.save_answers, packet, "about_you", {"pronouns": ""})
    assert form(ward, packet, "about_you").answers == {}


def test_a_draft_keeps_what_is_not_right_yet_and_sending_names_it(ward: Ward, packet: str):
    ward.rosa(intake.save_answers, packet, "about_you", {**ABOUT, "birth_date": "1991-02-30"})
    with pytest.raises(Invalid) as refused:
        ward.rosa(intake.submit_form, packet, "about_you")
    assert refused.value.fields == {"birth_date": "date_impossible"}
    assert form(ward, packet, "about_you").answers["birth_date"] == "1991-02-30"


@pytest.mark.parametrize(
    ("entered", "code"),
    [({"q99": "1"}, "unknown_question"), ({"q1": ["1"]}, "invalid"), ({"q1": "x" * 30_000}, "invalid")],
)
def test_what_cannot_be_kept_is_refused(ward: Ward, packet: str, entered: dict, code: str):
    with pytest.raises(Invalid) as refused:
        ward.rosa(intake.save_answers, packet, "phq9", entered)
    assert refused.value.code == code


def test_sent_answers_are_a_version_that_raw_sql_cannot_change(ward: Ward, packet: str):
    ward.send(packet, "phq9", phq9(1))
    for statement in ("UPDATE formresponse SET version = 7", "DELETE FROM formresponse"):
        with pytest.raises(DBAPIError, match="formresponse_final"):
            ward.database.run(SYSTEM, lambda work, sql=statement: work.db.connection().execute(sa.text(sql)))


def test_a_change_after_sending_begins_the_next_version_with_the_answers_so_far(ward: Ward, packet: str):
    ward.send(packet, "phq9", phq9(1))
    ward.clock.advance(minutes=9)
    ward.rosa(intake.save_answers, packet, "phq9", {"q1": "3"})
    changed = form(ward, packet, "phq9")
    assert (changed.state, changed.version) == (FormState.CHANGED, 2)
    assert changed.answers == {**phq9(1), "q1": "3"}
    ward.rosa(intake.submit_form, packet, "phq9")

    def versions(work: UnitOfWork):
        rows = work.db.exec(select(FormResponse).order_by(FormResponse.version)).all()
        return [(row.version, row.status, row.answers["q1"], row.score["total"]) for row in rows]

    assert ward.database.run_read(SYSTEM, versions) == [(1, "submitted", "1", 9), (2, "submitted", "3", 11)]


def test_a_save_that_changes_nothing_begins_no_version(ward: Ward, packet: str):
    ward.send(packet, "phq9", phq9(1))
    ward.rosa(intake.save_answers, packet, "phq9", {"q1": "1"})
    ward.rosa(intake.submit_form, packet, "phq9")
    assert form(ward, packet, "phq9").version == 1


def test_changes_that_were_not_sent_can_be_dropped(ward: Ward, packet: str):
    ward.send(packet, "phq9", phq9(1))
    ward.rosa(intake.save_answers, packet, "phq9", {"q1": "3"})
    ward.rosa(intake.drop_changes, packet, "phq9")
    ward.rosa(intake.drop_changes, packet, "phq9")
    assert form(ward, packet, "phq9").answers["q1"] == "1"
    assert form(ward, packet, "phq9").state is FormState.SENT


def test_an_answer_to_a_question_that_is_not_asked_is_not_sent(ward: Ward, packet: str):
    ward.send(packet, "phq9", {**phq9(0), "difficulty": "2"})
    assert "difficulty" not in form(ward, packet, "phq9").answers


def test_the_packet_is_complete_when_everything_was_sent_and_signed(ward: Ward):
    appointment, packet = ward.visit()
    ward.send(packet, "about_you", ABOUT)
    ward.sign(packet)
    assert not ward.send(packet, "phq9", phq9(1)).is_done
    ward.clock.advance(minutes=2)
    assert ward.send(packet, "gad7", gad7(1)).is_done
    mark = ward.doctor(intake.marks, [appointment])[appointment]
    assert (mark.parts_done, mark.parts, mark.completed_at) == (4, 4, ward.clock.now)


def test_the_next_visit_with_the_same_therapist_asks_only_what_changes(ward: Ward, packet: str):
    ward.send(packet, "about_you", ABOUT)
    ward.sign(packet)
    later = ward.visit(14)[1]
    assert [view.form.key for view in ward.rosa(intake.packet_view, later).forms] == ["phq9", "gad7"]


def test_another_therapist_asks_anew_and_begins_with_what_was_told(ward: Ward, packet: str):
    ward.send(packet, "about_you", ABOUT)
    tomas = make_person(ward.database, "Tomás Herrera", Role.CLINICIAN)
    appointment, elsewhere = ward.visit(9, clinician=tomas)
    view = form(ward, elsewhere, "about_you")
    assert (view.state, view.version, view.answers) == (FormState.OPEN, 0, ABOUT)
    seen = ward.database.run(tomas.viewer, intake.for_clinician, appointment)
    assert seen.forms == ()
    ward.rosa(intake.submit_form, elsewhere, "about_you")
    seen = ward.database.run(tomas.viewer, intake.for_clinician, appointment)
    assert [view.answers for view in seen.forms] == [ABOUT]


def test_about_you_tells_the_account_the_number_that_is_rung(ward: Ward, packet: str):
    ward.send(packet, "about_you", ABOUT)

    def phone(work: UnitOfWork) -> tuple[str, str]:
        person = work.db.get_one(Person, ward.patient.id)
        return person.phone, person.born

    assert ward.database.run_read(SYSTEM, phone) == (ABOUT["phone"], ABOUT["birth_date"])


def test_a_packet_of_somebody_else_is_not_there(ward: Ward, packet: str):
    stranger = make_person(ward.database, "Sam", Role.PATIENT)
    for service, *rest in (
        (intake.packet_view,),
        (intake.save_answers, "phq9", {"q1": "1"}),
        (intake.submit_form, "phq9"),
        (intake.drop_changes, "phq9"),
        (intake.sign_consent, "f", {}),
    ):
        with pytest.raises(NotFound):
            ward.rosa(service, packet, *rest, viewer=stranger.viewer)
        with pytest.raises(NotAllowed):
            ward.rosa(service, packet, *rest, viewer=ward.clinician.viewer)
        with pytest.raises(NotAllowed):
            ward.rosa(service, packet, *rest, viewer=ANONYMOUS)


def test_a_form_that_the_packet_does_not_ask_is_not_there(ward: Ward, packet: str):
    with pytest.raises(NotFound):
        ward.rosa(intake.save_answers, packet, "tarot", {"q1": "1"})


def test_after_a_cancelled_visit_measures_take_nothing_and_the_person_may_still_change(ward: Ward):
    appointment, packet = ward.visit()
    ward.rosa(scheduling.cancel, appointment)
    with pytest.raises(TooLate):
        ward.rosa(intake.save_answers, packet, "phq9", {"q1": "1"})
    ward.rosa(intake.save_answers, packet, "about_you", {"preferred_name": "Rose"})


def test_saves_are_audited_once_a_minute_for_each_form(ward: Ward, packet: str):
    for number in range(1, 5):
        ward.rosa(intake.save_answers, packet, "phq9", {f"q{number}": "1"})
        ward.clock.advance(seconds=10)
    ward.rosa(intake.save_answers, packet, "gad7", {"q1": "1"})
    assert audited(ward, "intake.write") == 2
    ward.clock.advance(seconds=30)
    ward.rosa(intake.save_answers, packet, "phq9", {"q5": "1"})
    assert audited(ward, "intake.write") == 3
    ward.rosa(intake.packet_view, packet)
    assert audited(ward, "intake.read") == 1


def test_opening_a_packet_twice_makes_one(ward: Ward):
    appointment, packet = ward.visit()

    def again(work: UnitOfWork) -> str:
        from portal.clinic.scheduling.queries import appointment_row

        row = appointment_row(work, appointment)
        assert row is not None
        return intake.open_packet(work, row).public_id

    assert ward.database.run(SYSTEM, again) == packet


def test_answers_lie_sealed_in_the_database(ward: Ward, packet: str):
    ward.send(packet, "about_you", {**ABOUT, "reason": "canary-4711"})

    def blobs(work: UnitOfWork) -> list[bytes]:
        return [
            bytes(row[0]) for row in work.db.connection().execute(sa.text("SELECT answers_sealed FROM formresponse"))
        ]

    assert all(b"canary" not in blob and b"Quay" not in blob for blob in ward.database.run_read(SYSTEM, blobs))
