"""What a therapist sees of their own patients: sent answers, scores beside earlier ones, and flags at once."""

from __future__ import annotations

import pytest
from sqlmodel import select

from portal.clinic.audit import AuditEntry
from portal.clinic.errors import NotAllowed, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import FormState
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.clinic.intake.conftest import ABOUT, Ward, gad7, phq9
from tests.support.people import make_person


def flag(ward: Ward, appointment: str):
    return ward.doctor(intake.marks, [appointment])[appointment].flag


def test_question_nine_above_zero_raises_a_flag_while_it_is_saved(ward: Ward):
    appointment, packet = ward.visit()
    assert not ward.rosa(intake.save_answers, packet, "phq9", {"q9": "0"}).is_risk
    assert flag(ward, appointment) is None
    assert ward.rosa(intake.save_answers, packet, "phq9", {"q9": "1"}).is_risk
    raised = flag(ward, appointment)
    assert (raised.level, raised.words, raised.seen_at) == (1, "Several days", None)


def test_an_answer_that_was_taken_back_before_sending_leaves_its_flag_until_it_was_talked_about(ward: Ward):
    appointment, packet = ward.visit()
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "2"})
    ward.clock.advance(minutes=1)
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "0"})
    left = flag(ward, appointment)
    assert (left.level, left.changed_at, left.seen_at) == (2, ward.clock.now, None)
    assert ward.doctor(intake.for_clinician, appointment).flags == (left,)
    ward.doctor(intake.acknowledge_flag, left.public_id)
    assert flag(ward, appointment) is None
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "1"})
    again = flag(ward, appointment)
    assert (again.level, again.changed_at, again.seen_at) == (1, None, None)


def test_a_lighter_answer_before_sending_hides_the_graver_one_only_once_it_was_talked_about(ward: Ward):
    appointment, packet = ward.visit()
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "3"})
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "1"})
    left = flag(ward, appointment)
    assert (left.level, left.changed_at is None) == (3, False)
    ward.doctor(intake.acknowledge_flag, left.public_id)
    stands = flag(ward, appointment)
    assert (stands.level, stands.changed_at, stands.seen_at) == (1, None, ward.clock.now)


def test_the_same_answer_given_again_is_no_longer_changed(ward: Ward):
    appointment, packet = ward.visit()
    for value in ("2", "0", "2"):
        ward.rosa(intake.save_answers, packet, "phq9", {"q9": value})
    stands = flag(ward, appointment)
    assert (stands.level, stands.changed_at, stands.seen_at) == (2, None, None)


def test_once_sent_the_flag_stays(ward: Ward):
    appointment, packet = ward.visit()
    ward.send(packet, "phq9", phq9(1))
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "0"})
    ward.rosa(intake.submit_form, packet, "phq9")
    assert flag(ward, appointment).level == 1


def test_dropping_changes_leaves_what_they_raised_until_it_was_talked_about(ward: Ward):
    appointment, packet = ward.visit()
    ward.send(packet, "phq9", {**phq9(1), "q9": "0"})
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "2"})
    assert flag(ward, appointment).level == 2
    ward.rosa(intake.drop_changes, packet, "phq9")
    assert flag(ward, appointment).changed_at == ward.clock.now
    ward.doctor(intake.acknowledge_flag, flag(ward, appointment).public_id)
    assert flag(ward, appointment) is None


def test_a_seen_flag_is_to_be_seen_again_when_it_gets_graver(ward: Ward):
    appointment, packet = ward.visit()
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "1"})
    ward.doctor(intake.acknowledge_flag, flag(ward, appointment).public_id)
    assert flag(ward, appointment).seen_at == ward.clock.now
    ward.rosa(intake.save_answers, packet, "phq9", {"q1": "1"})
    assert flag(ward, appointment).seen_at is not None
    ward.rosa(intake.save_answers, packet, "phq9", {"q9": "3"})
    assert flag(ward, appointment).seen_at is None


def test_only_the_therapist_of_the_visit_sees_and_acknowledges(ward: Ward):
    appointment, packet = ward.visit()
    ward.send(packet, "phq9", phq9(1))
    other = make_person(ward.database, "Tomás Herrera", Role.CLINICIAN)
    owner = make_person(ward.database, "Olive", Role.OWNER)
    raised = flag(ward, appointment)
    with pytest.raises(NotFound):
        ward.database.run(other.viewer, intake.for_clinician, appointment)
    with pytest.raises(NotFound):
        ward.database.run(other.viewer, intake.acknowledge_flag, raised.public_id)
    assert ward.database.run(other.viewer, intake.marks, [appointment]) == {}
    for viewer in (owner.viewer, ward.patient.viewer):
        with pytest.raises(NotAllowed):
            ward.database.run(viewer, intake.for_clinician, appointment)
        with pytest.raises(NotAllowed):
            ward.database.run(viewer, intake.marks, [appointment])


def test_drafts_are_not_shown_to_the_therapist(ward: Ward):
    appointment, packet = ward.visit()
    ward.rosa(intake.save_answers, packet, "about_you", ABOUT)
    assert ward.doctor(intake.for_clinician, appointment).forms == ()
    ward.rosa(intake.submit_form, packet, "about_you")
    ward.rosa(intake.save_answers, packet, "about_you", {"reason": "not sent yet"})
    seen = ward.doctor(intake.for_clinician, appointment).forms
    assert [(view.state, "reason" in view.answers) for view in seen] == [(FormState.CHANGED, False)]


def test_scores_stand_beside_those_of_the_visit_before(ward: Ward):
    first, one = ward.visit(1)
    second, two = ward.visit(8)
    third, _ = ward.visit(15)
    ward.send(one, "phq9", phq9(2))
    ward.send(one, "gad7", gad7(1))
    ward.clock.advance(minutes=3)
    ward.send(two, "phq9", phq9(1))
    marks = ward.doctor(intake.marks, [first, second, third])
    assert [(s.measure, s.score.total, s.was) for s in marks[first].scores] == [("PHQ-9", 18, None), ("GAD-7", 7, None)]
    assert [(s.measure, s.score.total, s.was and s.was.total) for s in marks[second].scores] == [("PHQ-9", 9, 18)]
    assert marks[third].scores == ()

    trends = {trend.measure.name: trend for trend in ward.doctor(intake.for_clinician, second).trends}
    assert [point.score.total for point in trends["PHQ-9"].points] == [18, 9]
    assert [point.score.word for point in trends["PHQ-9"].points] == ["moderately severe", "mild"]
    assert [point.score.total for point in trends["GAD-7"].points] == [7]
    early = ward.doctor(intake.for_clinician, first)
    assert [point.score.total for point in early.trends[0].points] == [18]


def test_of_several_versions_of_a_visit_the_last_one_counts(ward: Ward):
    appointment, packet = ward.visit()
    ward.send(packet, "phq9", phq9(1))
    ward.clock.advance(minutes=3)
    ward.send(packet, "phq9", {"q1": "3"})
    score = ward.doctor(intake.marks, [appointment])[appointment].scores[0]
    assert (score.score.total, score.was) == (11, None)


def test_reading_and_seeing_are_audited_with_whose_data_it_is(ward: Ward):
    appointment, packet = ward.visit()
    ward.send(packet, "phq9", phq9(1))
    ward.doctor(intake.acknowledge_flag, flag(ward, appointment).public_id)
    ward.doctor(intake.for_clinician, appointment)

    def trail(work: UnitOfWork) -> list[tuple[str, int | None, int | None]]:
        rows = work.db.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(row.action, row.actor_id, row.patient_id) for row in rows]

    rosa, doctor = ward.patient.id, ward.clinician.id
    assert ward.database.run_read(SYSTEM, trail) == [
        ("intake.write", rosa, rosa),
        ("intake.flag", rosa, rosa),
        ("intake.submit", rosa, rosa),
        ("intake.flag_seen", doctor, rosa),
        ("intake.read", doctor, rosa),
    ]
