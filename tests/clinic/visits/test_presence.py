"""Presence: hints that come late, twice and in another order; and rooms to tend."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from portal.clinic.errors import NotAllowed
from portal.clinic.visits import service as visits
from portal.clinic.visits.tables import Presence
from portal.clinic.visits.values import RoomSeat, Sighting
from portal.storage.work import SYSTEM
from tests.clinic.visits.conftest import House


@pytest.fixture
def rosa(house: House) -> RoomSeat:
    house.knock()
    house.admit()
    return house.run(house.rosa.viewer, visits.seat, house.visit)


def rows(house: House) -> list[Presence]:
    with Session(house.database.engine) as db:
        return list(db.exec(select(Presence)))


def seen(house: House, seat: RoomSeat, *, connection: str = "PA_1", came: bool = True, left: bool = False) -> Sighting:
    now = house.clock.now
    return Sighting(seat.room, seat.identity, connection, now if came else None, now if left else None)


def test_an_event_counts_once(house: House, rosa: RoomSeat) -> None:
    told = seen(house, rosa)
    assert house.run(SYSTEM, visits.take_event, "EV_1", "participant_joined", told)
    assert not house.run(SYSTEM, visits.take_event, "EV_1", "participant_joined", told)
    assert [(row.party, row.left_at) for row in rows(house)] == [("patient", None)]


def test_leaving_may_be_told_before_coming(house: House, rosa: RoomSeat) -> None:
    came = house.clock.now
    left = house.clock.advance(minutes=3)
    house.run(SYSTEM, visits.record_presence, Sighting(rosa.room, rosa.identity, "PA_1", None, left))
    house.run(SYSTEM, visits.record_presence, Sighting(rosa.room, rosa.identity, "PA_1", came, None))
    assert [(row.joined_at, row.left_at) for row in rows(house)] == [(came, left)]


@pytest.mark.parametrize("who", ["", "same#2", "0" * 32])
def test_strangers_are_passed_over(house: House, rosa: RoomSeat, who: str) -> None:
    house.run(SYSTEM, visits.record_presence, Sighting(rosa.room, who, "PA_1", house.clock.now, None))
    house.run(SYSTEM, visits.record_presence, Sighting("no such room", rosa.identity, "PA_1", None, None))
    assert rows(house) == []


def test_what_the_server_says_now_puts_it_right(house: House, rosa: RoomSeat) -> None:
    house.run(SYSTEM, visits.record_presence, seen(house, rosa, connection="PA_old"))
    house.clock.advance(minutes=1)
    house.run(SYSTEM, visits.observe, house.row().public_id, [seen(house, rosa, connection="PA_new")])
    assert {row.connection: row.left_at for row in rows(house)} == {"PA_old": house.clock.now, "PA_new": None}


def test_the_patient_hears_that_the_clinician_is_there(house: House, rosa: RoomSeat) -> None:
    miriam = house.run(house.miriam.viewer, visits.seat, house.visit)
    assert not house.read(house.rosa.viewer, visits.room_status, house.visit).other_waiting
    house.run(SYSTEM, visits.record_presence, seen(house, miriam))
    assert house.read(house.rosa.viewer, visits.room_status, house.visit).other_waiting


def test_rooms_are_tended_from_the_first_seat_until_they_are_closed(house: House) -> None:
    assert house.run(SYSTEM, visits.rooms_to_tend) == []
    house.run(house.miriam.viewer, visits.seat, house.visit)
    (tended,) = house.run(SYSTEM, visits.rooms_to_tend)
    assert not tended.is_over
    house.clock.advance(minutes=15 + 50 + 120)
    (tended,) = house.run(SYSTEM, visits.rooms_to_tend)
    assert tended.is_over
    house.run(SYSTEM, visits.room_closed, tended.visit_id)
    assert house.run(SYSTEM, visits.rooms_to_tend) == []


def test_closing_ends_every_presence(house: House, rosa: RoomSeat) -> None:
    house.run(SYSTEM, visits.record_presence, seen(house, rosa))
    house.clock.advance(minutes=1)
    house.run(SYSTEM, visits.room_closed, house.row().public_id)
    assert [row.left_at for row in rows(house)] == [house.clock.now]


def test_only_the_practices_own_jobs_do_this(house: House, rosa: RoomSeat) -> None:
    for act, *args in (
        (visits.rooms_to_tend,),
        (visits.room_closed, "x"),
        (visits.observe, "x", []),
        (visits.take_event, "EV", "joined", None),
        (visits.record_presence, seen(house, rosa)),
    ):
        with pytest.raises(NotAllowed):
            house.run(house.miriam.viewer, act, *args)
