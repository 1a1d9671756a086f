"""A practice that can be booked, and people who book there through the services."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import select

from portal.clinic.practice.tables import Clinician, ClinicianOffer, Offer
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.tables import WorkingHours
from portal.clinic.scheduling.values import slot_id
from portal.storage.work import ANONYMOUS, SYSTEM, Database, Role, UnitOfWork, Viewer
from tests.support.people import Who, make_offer, make_person

OPENS, CLOSES = 9 * 60, 18 * 60


@dataclass(frozen=True)
class Booking:
    """A clinician who works each day from 9 to 18 in London and gives one service; ids are public ones."""

    clinician: Who
    clinician_id: str
    offer_id: str

    def slot(self, at: datetime) -> str:
        return slot_id(self.clinician_id, self.offer_id, at)

    def free(self, database: Database, days: int = 14, first: date | None = None) -> list[str]:
        """The ids of the times that are offered."""
        found = database.run_read(
            ANONYMOUS, scheduling.open_slots, self.clinician_id, self.offer_id, first=first, days=days
        )
        return [slot.slot_id for slot in found]


def open_practice(database: Database, **offer: object) -> Booking:
    """A practice with one clinician; `offer` changes columns of the service (50 minutes, 70 pounds)."""
    clinician = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
    offer_row = make_offer(database)

    def open_doors(work: UnitOfWork) -> Booking:
        service = work.db.get_one(Offer, offer_row)
        for name, value in offer.items():
            setattr(service, name, value)
        return _works(work, clinician, service)

    return database.run(SYSTEM, open_doors)


def colleague(database: Database, there: Booking) -> Booking:
    """Another clinician who gives the same service."""
    clinician = make_person(database, "Theo Brandt", Role.CLINICIAN)

    def join(work: UnitOfWork) -> Booking:
        service = work.db.exec(select(Offer).where(Offer.public_id == there.offer_id)).one()
        return _works(work, clinician, service)

    return database.run(SYSTEM, join)


def _works(work: UnitOfWork, clinician: Who, service: Offer) -> Booking:
    card = work.db.get_one(Clinician, clinician.clinician_id)
    work.db.add(ClinicianOffer(clinician_id=card.id, offer_id=service.id))
    for weekday in range(7):
        hours = WorkingHours(clinician_id=card.id, weekday=weekday, start_minute=OPENS, end_minute=CLOSES)
        work.db.add(hours)
    return Booking(clinician, card.public_id, service.public_id)


def make_patients(database: Database, count: int) -> list[Who]:
    """Patients who are signed in."""
    return [make_person(database, f"Patient {number}", Role.PATIENT) for number in range(count)]


def visitor(address: str | None = None) -> Viewer:
    """Somebody unknown with a visitor cookie of their own."""
    return Viewer(visitor=secrets.token_hex(32), address=address)
