"""Consent to video that was taken back holds the door for both, and the clinician reads since when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clinic.errors import Conflict
from portal.clinic.intake import service as intake
from portal.clinic.scheduling.queries import appointment_row
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import RoomState, VisitState
from portal.pages.clinician.answers import Reading
from portal.pages.clinician.day.cards import day_card
from portal.pages.clinician.visit.cards import body_card, head_card
from portal.storage.work import SYSTEM, UnitOfWork
from tests.clinic.visits.conftest import House

ZONE = "Europe/London"


def packet_of(house: House) -> str:
    def opened(work: UnitOfWork) -> str:
        row = appointment_row(work, house.visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    return house.run(SYSTEM, opened)


def sign(house: House) -> str:
    packet = packet_of(house)
    text = house.run(house.rosa.viewer, intake.packet_view, packet).consent
    answers = {"agree": "yes", "typed_name": "Rosa Whitfield"}
    return house.run(house.rosa.viewer, intake.sign_consent, packet, text.fingerprint, answers).public_id


@pytest.fixture
def back(house: House) -> House:
    """Rosa has signed, and takes it back."""
    signature = sign(house)
    house.clock.advance(minutes=1)
    house.run(house.rosa.viewer, intake.withdraw_consent, signature)
    return house


def refused(house: House, deed) -> str:
    with pytest.raises(Conflict) as problem:
        deed()
    return problem.value.code


def test_nobody_is_let_in_and_no_seat_is_given(back: House):
    assert back.knock().state is RoomState.WAITING
    assert refused(back, back.admit) == "consent_taken_back"
    assert refused(back, lambda: back.run(back.miriam.viewer, visits.seat, back.visit)) == "consent_taken_back"
    assert back.row().state == VisitState.WAITING


def test_whoever_was_let_in_before_gets_no_new_seat(house: House):
    signature = sign(house)
    house.knock()
    house.admit()
    house.seats()
    house.run(house.rosa.viewer, intake.withdraw_consent, signature)
    for who in (house.rosa, house.miriam):
        code = refused(house, lambda who=who: house.run(who.viewer, visits.seat, house.visit))
        assert code == "consent_taken_back"


def test_both_read_it_at_the_door(back: House):
    for who in (back.rosa, back.miriam):
        assert back.read(who.viewer, visits.room_status, back.visit).consent_gone_at == back.clock.now


def test_signed_again_the_door_opens(back: House):
    back.knock()
    sign(back)
    assert back.admit().state is RoomState.ADMITTED
    assert back.read(back.miriam.viewer, visits.room_status, back.visit).consent_gone_at is None


def test_it_can_take_place_by_phone(back: House):
    back.clock.advance(minutes=20)
    back.run(back.miriam.viewer, lambda work: visits.finish(work, back.visit, by_phone=True))
    assert back.row().state == VisitState.FINISHED


def test_the_clinician_reads_it_in_the_day_and_on_the_visit_page(back: House):
    words = "Consent taken back 15:01"
    back.knock()
    row = day_card(back.read(back.miriam.viewer, visits.day), back.clock.now).rows[0]
    assert words in [bit.label for bit in row.bits]
    assert row.act == "open"
    page = back.run(back.miriam.viewer, visits.visit_page, back.visit)
    head = head_card(page.entry, ZONE, back.clock.now, "")
    assert words in [bit.label for bit in head.bits]
    assert head.act == "held"
    body = body_card(page, Reading(ZONE, back.clock.now.date()))
    assert body.consent_gone.startswith("Taken back 4 Mar 2026, 15:01")
    assert "Rosa Whitfield" in [one.value for one in body.consent]


def test_a_consent_that_was_never_signed_holds_nothing_and_is_shown(house: House):
    packet_of(house)
    house.knock()
    page = house.run(house.miriam.viewer, visits.visit_page, house.visit)
    head = head_card(page.entry, ZONE, house.clock.now, "")
    assert "Consent not signed" in [bit.label for bit in head.bits]
    assert house.admit().state is RoomState.ADMITTED


def test_after_the_visit_nothing_more_is_said_of_it_in_the_day(back: House):
    back.clock.advance(minutes=20)
    back.run(back.miriam.viewer, lambda work: visits.finish(work, back.visit, by_phone=True))
    back.clock.now += timedelta(minutes=5)
    row = day_card(back.read(back.miriam.viewer, visits.day), back.clock.now).rows[0]
    assert not [bit.label for bit in row.bits if "onsent" in bit.label]
