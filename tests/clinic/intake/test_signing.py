"""A typed name under exactly the text that was shown; taken back at will."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from portal.clinic.audit import AuditEntry
from portal.clinic.errors import Conflict, Invalid, NotFound, TooLate
from portal.clinic.intake import service as intake
from portal.clinic.intake.tables import ConsentText
from portal.clinic.scheduling import service as scheduling
from portal.clinic.visits import service as visits
from portal.pages.clinician.answers import Reading
from portal.pages.clinician.visit.cards import body_card
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.clinic.intake.conftest import ABOUT, Ward, gad7, phq9
from tests.support.people import make_person

SIGNED = {"agree": "yes", "typed_name": "Rosa Whitfield"}


def test_a_signature_is_bound_to_the_text_that_was_shown(ward: Ward, packet: str):
    signature = ward.sign(packet)
    text = ward.rosa(intake.packet_view, packet).consent
    assert signature.text == text
    assert len(text.fingerprint) == 64
    assert (signature.typed_name, signature.signed_at) == ("Rosa Whitfield", ward.clock.now)
    assert ward.rosa(intake.packet_view, packet).signature == signature


def test_another_text_than_the_shown_one_is_not_signed(ward: Ward, packet: str):
    with pytest.raises(Conflict) as refused:
        ward.rosa(intake.sign_consent, packet, "0" * 64, SIGNED)
    assert refused.value.code == "text_changed"


@pytest.mark.parametrize(
    ("entered", "field", "code"),
    [
        ({"typed_name": "Rosa Whitfield"}, "agree", "not_ticked"),
        ({"agree": "yes"}, "typed_name", "signature_missing"),
        ({"agree": "yes", "typed_name": "R"}, "typed_name", "signature_short"),
    ],
)
def test_a_tick_and_a_name_are_needed(ward: Ward, packet: str, entered: dict, field: str, code: str):
    text = ward.rosa(intake.packet_view, packet).consent
    with pytest.raises(Invalid) as refused:
        ward.rosa(intake.sign_consent, packet, text.fingerprint, entered)
    assert refused.value.fields == {field: code}


@pytest.mark.parametrize("typed", ["rosa whitfield", "Rosa  Whitfield", "ROSAWHITFIELD", "Rósa Whítfield"])
def test_the_same_name_in_another_spelling_is_signed_at_once(ward: Ward, packet: str, typed: str):
    text = ward.rosa(intake.packet_view, packet).consent
    entered = {"agree": "yes", "typed_name": typed}
    assert ward.rosa(intake.sign_consent, packet, text.fingerprint, entered).typed_name == " ".join(typed.split())


def test_another_name_is_signed_only_by_who_says_that_it_is_right_and_the_therapist_reads_both(ward: Ward):
    appointment, packet = ward.visit()
    text = ward.rosa(intake.packet_view, packet).consent
    entered = {"agree": "yes", "typed_name": "Somebody Else"}
    with pytest.raises(Conflict) as refused:
        ward.rosa(intake.sign_consent, packet, text.fingerprint, entered)
    assert refused.value.code == "name_differs"
    assert ward.rosa(intake.my_signatures) == []
    ward.rosa(lambda work: intake.sign_consent(work, packet, text.fingerprint, entered, sure=True))
    page = ward.doctor(visits.visit_page, appointment)
    shown = [(one.term, one.value) for one in body_card(page, Reading("Europe/London", ward.clock.now.date())).consent]
    assert ("Signed as", "Somebody Else") in shown
    assert ("Name of the account", "Rosa Whitfield") in shown


def test_signing_twice_is_signing_once(ward: Ward, packet: str):
    assert ward.sign(packet) == ward.sign(packet)
    assert len(ward.rosa(intake.my_signatures)) == 1


def test_a_signature_counts_for_every_visit_until_it_is_taken_back(ward: Ward, packet: str):
    signature = ward.sign(packet)
    appointment, later = ward.visit(14)
    ward.send(later, "about_you", ABOUT)
    ward.send(later, "phq9", phq9(0))
    assert ward.send(later, "gad7", gad7(0)).is_done

    ward.clock.advance(minutes=5)
    ward.rosa(intake.withdraw_consent, signature.public_id)
    ward.rosa(intake.withdraw_consent, signature.public_id)
    kept = ward.rosa(intake.my_signatures)
    assert [one.withdrawn_at for one in kept] == [ward.clock.now]
    view = ward.rosa(intake.packet_view, later)
    assert view.signature is None
    assert view.progress.next_form == "consent_telehealth"
    assert ward.doctor(intake.marks, [appointment])[appointment].completed_at is None

    ward.sign(later)
    assert ward.rosa(intake.packet_view, later).progress.is_done
    assert ward.rosa(intake.packet_view, packet).signature is not None


def test_a_newer_text_is_asked_for_anew(ward: Ward, packet: str):
    ward.sign(packet)
    ward.clock.advance(minutes=1)

    def publish(work: UnitOfWork) -> None:
        text = ConsentText(
            key="telehealth", version="2", title="New", body="New", fingerprint="f" * 64, created_at=work.now
        )
        work.db.add(text)

    ward.database.run(SYSTEM, publish)
    view = ward.rosa(intake.packet_view, packet)
    assert (view.signature, view.consent.version) == (None, "2")
    assert view.progress.next_form == "about_you"
    assert "consent_telehealth" in [form.key for form in view.progress.forms if not form.is_submitted]


def test_the_text_is_written_once_and_never_changed(ward: Ward):
    first = ward.rosa(intake.ensure_consent_text)
    assert ward.rosa(intake.ensure_consent_text) == first

    def tamper(work: UnitOfWork) -> None:
        work.db.exec(select(ConsentText)).one().body = "I agree to everything"

    with pytest.raises(DBAPIError, match="consenttext_final"):
        ward.database.run(SYSTEM, tamper)


def test_nobody_else_can_take_a_consent_back(ward: Ward, packet: str):
    signature = ward.sign(packet)
    stranger = make_person(ward.database, "Sam", Role.PATIENT)
    with pytest.raises(NotFound):
        ward.rosa(intake.withdraw_consent, signature.public_id, viewer=stranger.viewer)


def test_a_cancelled_visit_still_takes_no_signature_after_it_is_over(ward: Ward):
    appointment, packet = ward.visit()
    text = ward.rosa(intake.packet_view, packet).consent
    ward.rosa(scheduling.cancel, appointment)
    view = ward.rosa(intake.packet_view, packet)
    assert not view.is_open
    assert ward.rosa(intake.sign_consent, packet, text.fingerprint, SIGNED).typed_name == "Rosa Whitfield"
    with pytest.raises(TooLate):
        ward.rosa(intake.save_answers, packet, "gad7", {"q1": "1"})


def test_signing_and_taking_back_are_audited_with_the_fingerprint(ward: Ward, packet: str):
    signature = ward.sign(packet)
    ward.rosa(intake.withdraw_consent, signature.public_id)

    def trail(work: UnitOfWork) -> list[tuple[str, str | None]]:
        rows = work.db.exec(select(AuditEntry).where(AuditEntry.subject_kind == "signature")).all()
        return [(row.action, row.detail.get("fingerprint")) for row in rows]

    assert ward.database.run_read(SYSTEM, trail) == [
        ("consent.sign", signature.text.fingerprint[:16]),
        ("consent.withdraw", None),
    ]
