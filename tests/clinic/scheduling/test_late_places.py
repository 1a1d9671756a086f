"""A hold that ended can get its time back, while the time is still ahead and free."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, select

from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.service.hold import free
from portal.clinic.scheduling.tables import Appointment, Occupancy, Seat
from portal.clinic.scheduling.values import AppointmentStatus
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.databases import Clock
from tests.support.people import make_appointment, make_offer, make_person


def let_go(work: UnitOfWork, public_id: str) -> None:
    free(work, _row(work, public_id), AppointmentStatus.EXPIRED)


def place(work: UnitOfWork, public_id: str) -> bool:
    return scheduling.place_late(work, _row(work, public_id))


def _row(work: UnitOfWork, public_id: str) -> Appointment:
    return work.db.exec(select(Appointment).where(Appointment.public_id == public_id)).one()


def occupied(database: Database) -> list[bool]:
    with Session(database.engine) as db:
        rows = [*db.exec(select(Occupancy).order_by(col(Occupancy.id))), *db.exec(select(Seat).order_by(col(Seat.id)))]
        return [row.is_active for row in rows]


class TestPlaceLate:
    def test_takes_a_free_time_again(self, database: Database, clock: Clock) -> None:
        visit = self.visit(database, clock)
        database.run(SYSTEM, let_go, visit)
        assert not any(occupied(database))
        assert database.run(SYSTEM, place, visit)
        assert all(occupied(database))

    def test_leaves_a_time_that_has_begun_alone(self, database: Database, clock: Clock) -> None:
        visit = self.visit(database, clock)
        database.run(SYSTEM, let_go, visit)
        clock.advance(minutes=15)
        assert not database.run(SYSTEM, place, visit)
        assert not any(occupied(database))

    def test_loses_to_whoever_has_it_now(self, database: Database, clock: Clock) -> None:
        miriam = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
        offer = make_offer(database)
        at = clock.now + timedelta(minutes=15)
        first = make_appointment(database, miriam, make_person(database, "Rosa", Role.PATIENT), at, offer_id=offer)
        database.run(SYSTEM, let_go, first)
        make_appointment(database, miriam, make_person(database, "Tom", Role.PATIENT), at, offer_id=offer)
        before = occupied(database)
        assert not database.run(SYSTEM, place, first)
        assert occupied(database) == before

    def visit(self, database: Database, clock: Clock) -> str:
        miriam = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
        rosa = make_person(database, "Rosa Whitfield", Role.PATIENT)
        at = clock.now + timedelta(minutes=15)
        return make_appointment(database, miriam, rosa, at, offer_id=make_offer(database))
