"""The door of the room: knocking, letting in, seats, finishing; and for whom it is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from portal.clinic.audit import AuditEntry
from portal.clinic.errors import Conflict, NotAllowed, NotFound
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.visits import service as visits
from portal.clinic.visits.tables import Visit
from portal.clinic.visits.values import Party, RoomState, Sighting, VisitState
from portal.storage.work import ANONYMOUS, SYSTEM, Role, UnitOfWork
from tests.clinic.visits.conftest import House
from tests.support.people import make_appointment, make_person

ACTS = (visits.room_status, visits.knock, visits.leave_waiting, visits.admit, visits.seat, visits.finish)


def test_from_the_knock_to_the_end(house: House) -> None:
    assert house.read(house.rosa.viewer, visits.room_status, house.visit).state is RoomState.OPEN
    assert house.knock().state is RoomState.WAITING
    seen = house.read(house.miriam.viewer, visits.room_status, house.visit)
    assert (seen.state, seen.role, seen.other_waiting) == (RoomState.WAITING, Party.CLINICIAN, True)
    assert (seen.self_name, seen.other_name) == ("Dr Miriam Okafor", "Rosa Whitfield")
    assert house.admit().state is RoomState.ADMITTED
    assert house.knock().state is RoomState.ADMITTED
    hers, his = house.seats()
    assert hers.room == his.room
    assert hers.identity != his.identity
    house.run(house.miriam.viewer, visits.finish, house.visit)
    assert house.read(house.rosa.viewer, visits.room_status, house.visit).state is RoomState.FINISHED
    for who in (house.rosa, house.miriam):
        with pytest.raises(Conflict, match="finished"):
            house.run(who.viewer, visits.seat, house.visit)
    told = ["visit.knock", "visit.admit", "visit.seat", "visit.seat", "visit.finish"]
    assert house.acts() == told


def test_no_seat_for_the_patient_before_they_are_let_in(house: House) -> None:
    for prepare in (lambda: None, house.knock):
        prepare()
        with pytest.raises(Conflict, match="not_admitted"):
            house.run(house.rosa.viewer, visits.seat, house.visit)
    assert house.row().opened_at is None
    house.run(house.miriam.viewer, visits.seat, house.visit)
    with pytest.raises(Conflict, match="not_admitted"):
        house.run(house.rosa.viewer, visits.seat, house.visit)


def test_names_in_the_room_say_nothing_and_stay_the_same(house: House) -> None:
    house.knock()
    house.admit()
    (first, hers), (again, _) = house.seats(), house.seats()
    assert first == again
    assert re.fullmatch(r"[0-9a-f]{32}", first.room)
    assert re.fullmatch(r"[0-9a-f]{32}", first.identity)
    later = make_appointment(
        house.database, house.miriam, house.rosa, house.clock.now + timedelta(hours=3), offer_id=house.offer
    )
    house.clock.advance(hours=3)
    other = house.run(house.miriam.viewer, visits.seat, later)
    assert other.room != first.room
    assert other.identity not in {seat.identity for seat in (first, hers)}


def test_before_the_room_opens_nobody_comes_in(house: House) -> None:
    house.clock.advance(microseconds=-1)
    assert house.read(house.rosa.viewer, visits.room_status, house.visit).state is RoomState.EARLY
    for who, act in ((house.rosa, visits.knock), (house.miriam, visits.admit), (house.miriam, visits.seat)):
        with pytest.raises(Conflict, match="early"):
            house.run(who.viewer, act, house.visit)


def test_silence_is_leaving_and_the_next_knock_an_arrival(house: House) -> None:
    house.knock()
    first = house.clock.now
    house.clock.advance(seconds=9)
    assert house.knock().waiting_since == first
    house.clock.advance(seconds=11)
    assert not house.read(house.miriam.viewer, visits.room_status, house.visit).other_waiting
    assert house.knock().waiting_since == house.clock.now
    assert house.acts() == ["visit.knock", "visit.knock"]


def test_who_left_the_waiting_room_is_not_let_in(house: House) -> None:
    house.knock()
    house.run(house.rosa.viewer, visits.leave_waiting, house.visit)
    with pytest.raises(Conflict, match="nobody_waits"):
        house.admit()
    house.knock()
    house.clock.advance(seconds=61)
    with pytest.raises(Conflict, match="nobody_waits"):
        house.admit()


def test_letting_in_twice_is_letting_in_once(house: House) -> None:
    house.knock()
    house.admit()
    house.clock.advance(minutes=30)
    assert house.admit().state is RoomState.ADMITTED
    assert house.acts().count("visit.admit") == 1


def test_leaving_the_waiting_room_does_not_undo_being_let_in(house: House) -> None:
    house.knock()
    house.admit()
    house.run(house.rosa.viewer, visits.leave_waiting, house.visit)
    assert house.run(house.rosa.viewer, visits.seat, house.visit).role is Party.PATIENT


def test_only_what_took_place_is_finished(house: House) -> None:
    with pytest.raises(Conflict, match="not_begun"):
        house.run(house.miriam.viewer, visits.finish, house.visit)
    house.knock()
    house.admit()
    house.run(house.miriam.viewer, visits.finish, house.visit)
    house.run(house.miriam.viewer, visits.finish, house.visit)
    assert house.acts().count("visit.finish") == 1
    with Session(house.database.engine) as db:
        assert db.exec(select(Appointment.status)).one() == "finished"
    with pytest.raises(Conflict, match="finished"):
        house.knock()


def by_phone(work: UnitOfWork, visit: str):
    return visits.finish(work, visit, by_phone=True)


def test_a_visit_by_phone_is_held_without_a_room_and_the_reason_is_written_down(house: House) -> None:
    with pytest.raises(Conflict, match="not_begun"):
        house.run(house.miriam.viewer, by_phone, house.visit)
    house.clock.advance(minutes=16)
    house.knock()  # the video failed, and Rosa rang the practice
    house.run(house.miriam.viewer, by_phone, house.visit)
    house.run(house.miriam.viewer, by_phone, house.visit)
    entry = house.read(house.miriam.viewer, visits.visit_entry, house.visit)
    assert (entry.state, entry.status, entry.by_phone) == (VisitState.FINISHED, "finished", True)
    assert (entry.may_phone, entry.may_miss) == (False, False)
    with Session(house.database.engine) as db:
        told = [one.detail for one in db.exec(select(AuditEntry)) if one.action == "visit.finish"]
    assert told == [{"by": "phone"}]
    with pytest.raises(Conflict, match="finished"):
        house.knock()
    with pytest.raises(Conflict, match="not_missed"):
        house.run(house.miriam.viewer, visits.mark_no_show, house.visit)


def test_who_was_let_in_was_seen_and_not_phoned(house: House) -> None:
    house.clock.advance(minutes=16)
    house.knock()
    house.admit()
    assert not house.read(house.miriam.viewer, visits.visit_entry, house.visit).may_phone
    house.run(house.miriam.viewer, visits.finish, house.visit)
    assert not house.read(house.miriam.viewer, visits.visit_entry, house.visit).by_phone


def test_the_patient_and_strangers_say_nothing_of_phones(house: House) -> None:
    house.clock.advance(minutes=16)
    theo = make_person(house.database, "Theo", Role.CLINICIAN)
    for who, refusal in ((house.rosa, NotAllowed), (theo, NotFound)):
        with pytest.raises(refusal):
            house.run(who.viewer, by_phone, house.visit)


def test_the_patient_hears_of_the_clinician_only_what_is_true_now(house: House) -> None:
    sam = make_person(house.database, "Sam", Role.PATIENT)
    earlier = house.clock.now - timedelta(minutes=40)
    other = make_appointment(house.database, house.miriam, sam, earlier, offer_id=house.offer)
    house.knock()
    assert not house.read(house.rosa.viewer, visits.room_status, house.visit).other_busy
    house.run(sam.viewer, visits.knock, other)
    house.run(house.miriam.viewer, visits.admit, other)
    place = house.run(house.miriam.viewer, visits.seat, other)
    came = Sighting(place.room, place.identity, "c1", house.clock.now, None)
    house.run(SYSTEM, visits.record_presence, came)
    seen = house.read(house.rosa.viewer, visits.room_status, house.visit)
    assert (seen.other_busy, seen.other_waiting) == (True, False)
    assert not house.read(house.miriam.viewer, visits.room_status, house.visit).other_busy
    house.run(SYSTEM, visits.record_presence, replace(came, joined_at=None, left_at=house.clock.now))
    assert not house.read(house.rosa.viewer, visits.room_status, house.visit).other_busy


def test_a_no_show_is_said_after_ten_minutes(house: House) -> None:
    with pytest.raises(Conflict, match="not_missed"):
        house.run(house.miriam.viewer, visits.mark_no_show, house.visit)
    house.clock.advance(minutes=25)
    house.run(house.miriam.viewer, visits.mark_no_show, house.visit)
    house.run(house.miriam.viewer, visits.mark_no_show, house.visit)
    assert house.acts() == ["visit.no_show"]
    assert house.read(house.rosa.viewer, visits.room_status, house.visit).state is RoomState.FINISHED


@pytest.mark.parametrize("role", list(Role))
def test_for_everybody_else_there_is_no_such_visit(house: House, role: Role) -> None:
    stranger = make_person(house.database, "A stranger", role)
    for act in (*ACTS, visits.mark_no_show):
        with pytest.raises((NotFound, NotAllowed)) as refused:
            house.run(stranger.viewer, act, house.visit)
        if role is Role.CLINICIAN and act not in (visits.knock, visits.leave_waiting):
            assert refused.type is NotFound
    for act in ACTS:
        with pytest.raises(NotAllowed):
            house.run(ANONYMOUS, act, house.visit)
    assert house.acts() == []


def test_the_two_do_not_do_each_others_part(house: House) -> None:
    for act in (visits.admit, visits.finish, visits.mark_no_show):
        with pytest.raises(NotAllowed):
            house.run(house.rosa.viewer, act, house.visit)
    for act in (visits.knock, visits.leave_waiting):
        with pytest.raises(NotAllowed):
            house.run(house.miriam.viewer, act, house.visit)


def test_a_clinician_who_is_somebody_elses_patient(house: House) -> None:
    both = make_person(house.database, "Dr Both", Role.CLINICIAN, Role.PATIENT)
    at = house.clock.now + timedelta(hours=2)
    visit = make_appointment(house.database, house.miriam, both, at, offer_id=house.offer)
    house.clock.advance(hours=2)
    assert house.run(both.viewer, visits.knock, visit).role is Party.PATIENT
    with pytest.raises(NotFound):
        house.run(both.viewer, visits.admit, visit)


@pytest.mark.parametrize("status", ["held", "expired", "cancelled"])
def test_what_is_not_booked_has_no_room(house: House, status: str) -> None:
    at = house.clock.now + timedelta(minutes=5)
    row = make_appointment(house.database, house.miriam, house.rosa, at, offer_id=house.offer, status=status)
    for who in (house.rosa, house.miriam):
        with pytest.raises(NotFound):
            house.run(who.viewer, visits.seat, row)


def test_a_visit_is_made_once_with_a_room_of_its_own(house: House) -> None:
    def make(work):
        appointment = work.db.exec(select(Appointment)).one()
        return visits.ensure_visit(work, appointment).room, visits.ensure_visit(work, appointment).room

    first, second = house.run(SYSTEM, make)
    assert first == second == house.row().room
    with Session(house.database.engine) as db:
        assert len(db.exec(select(Visit)).all()) == 1
