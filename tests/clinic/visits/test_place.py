"""Where the patient is today: when it may be said, how long it counts, in which signs, and what is offered before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from portal.clinic.errors import Conflict, Invalid
from portal.clinic.intake import service as intake
from portal.clinic.scheduling.queries import appointment_row
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import SafetySheet, Whereabouts
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.clinic.visits.conftest import House
from tests.support.people import Who, make_appointment, make_person

ABOUT = {
    "preferred_name": "Rosa",
    "birth_date": "1991-02-28",
    "phone": "07700 900 418",
    "usual_place": "14 Harbour Lane, Whitby",
    "emergency_name": "Helen Whitfield",
    "emergency_relation": "sister",
    "emergency_phone": "07700 900 266",
}


def say(house: House, place: str, visit: str = "") -> None:
    house.run(house.rosa.viewer, visits.say_place, visit or house.visit, place)


def asked(house: House, visit: str = "") -> Whereabouts:
    return house.run(house.rosa.viewer, visits.whereabouts, visit or house.visit)


def sheet(house: House) -> SafetySheet:
    return house.run(house.miriam.viewer, visits.open_safety, house.visit)


def later(house: House, clinician: Who | None = None, **far: float) -> str:
    """Another visit, with its forms."""
    at = house.clock.now + timedelta(**far)
    visit = make_appointment(house.database, clinician or house.miriam, house.rosa, at, offer_id=house.offer)
    packet_of(house, visit)
    return visit


def packet_of(house: House, visit: str) -> str:
    def opened(work: UnitOfWork) -> str:
        row = appointment_row(work, visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    return house.run(SYSTEM, opened)


def move(house: House, **far: float) -> None:
    with Session(house.database.engine) as db:
        row = db.exec(sa.select(Appointment)).scalar_one()
        row.starts_at, row.ends_at = row.starts_at + timedelta(**far), row.ends_at + timedelta(**far)
        db.commit()


def test_nothing_is_taken_before_the_room_opens(house: House) -> None:
    house.clock.advance(microseconds=-1)
    with pytest.raises(Conflict, match="early"):
        say(house, "Hotel Linde")
    assert asked(house).today == ""
    house.clock.advance(microseconds=1)
    say(house, "Hotel Linde")
    assert asked(house).today == "Hotel Linde"


def test_a_visit_that_was_moved_is_asked_anew(house: House) -> None:
    say(house, "Hotel Linde")
    move(house, days=5)
    house.clock.advance(days=5)
    assert asked(house).today == ""
    assert (sheet(house).place, sheet(house).place_at) == ("", None)
    say(house, "Home again")
    assert (sheet(house).place, sheet(house).place_at) == ("Home again", house.clock.now)


@pytest.mark.parametrize("mark", [chr(one) for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200F, 0)])
def test_an_address_cannot_turn_the_words_around_it(house: House, mark: str) -> None:
    say(house, f"Hotel{mark}  Linde,{mark}\nroom 4 ")
    assert sheet(house).place.replace(" ", "") == "HotelLinde,room4"
    assert mark not in sheet(house).place
    with pytest.raises(Invalid, match="missing"):
        say(house, f" {mark} ")


def test_the_usual_place_is_what_they_sent_last_to_this_therapist(house: House) -> None:
    packet = packet_of(house, house.visit)
    house.run(house.rosa.viewer, intake.save_answers, packet, "about_you", ABOUT)
    assert asked(house).usual == ""  # not sent: the therapist reads nothing of it either
    house.run(house.rosa.viewer, intake.submit_form, packet, "about_you")
    follow_up = later(house, days=7)
    assert asked(house, follow_up).usual == "14 Harbour Lane, Whitby"
    elsewhere = later(house, make_person(house.database, "Tomas", Role.CLINICIAN), days=8)
    assert asked(house, elsewhere).usual == ""
    house.run(house.rosa.viewer, intake.save_answers, packet, "about_you", ABOUT | {"usual_place": "2 Mill Row\nYork"})
    house.run(house.rosa.viewer, intake.submit_form, packet, "about_you")
    assert asked(house, follow_up).usual == "2 Mill Row York"  # one line, as the field is
    assert "intake.read" in house.acts()


def test_the_patient_hears_that_it_was_by_phone_and_only_then(house: House) -> None:
    def heard() -> bool:
        return house.read(house.rosa.viewer, visits.room_status, house.visit).by_phone

    house.clock.advance(minutes=16)
    house.knock()
    assert not heard()
    house.run(house.miriam.viewer, lambda work, visit: visits.finish(work, visit, by_phone=True), house.visit)
    assert heard()


def test_who_was_seen_is_not_told_of_a_phone(house: House) -> None:
    house.knock()
    house.admit()
    house.run(house.miriam.viewer, visits.finish, house.visit)
    assert not house.read(house.rosa.viewer, visits.room_status, house.visit).by_phone
