"""A small practice for service tests: clinicians, patients, appointments, and how each of them looks at it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.clinic.people.queries import email_index
from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Clinician, Offer, Practice
from portal.clinic.scheduling.tables import Appointment, Occupancy, Seat
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork, Viewer, ViewerKind


@dataclass(frozen=True)
class Who:
    """A person of a test: row id, and the viewer that they are."""

    id: int
    viewer: Viewer
    clinician_id: int = 0


def viewer_for(person_id: int, *roles: Role, session: int = 1) -> Viewer:
    """A signed-in person; another `session` is another device."""
    return Viewer(ViewerKind.PERSON, person_id, frozenset(roles), session_id=session)


def make_person(database: Database, name: str, *roles: Role, zone: str = "Europe/London") -> Who:
    """A person with these roles; a clinician gets their public card too."""

    def make(work: UnitOfWork) -> Who:
        email = f"{secrets.token_hex(6)}@example.org"
        person = Person(
            email_index=email_index(email),
            password_hash="-",
            zone=zone,
            created_at=work.now,
            is_patient=Role.PATIENT in roles,
            is_clinician=Role.CLINICIAN in roles,
            is_owner=Role.OWNER in roles,
        )
        person.name, person.email, person.phone = name, email, "07700 900 418"
        work.db.add(person)
        work.db.flush()
        number = 0
        if Role.CLINICIAN in roles:
            card = Clinician(person_id=person.id, slug=secrets.token_hex(6), name=name, zone=zone)
            work.db.add(card)
            work.db.flush()
            number = card.id
        return Who(person.id, viewer_for(person.id, *roles), number)

    return database.run(SYSTEM, make)


def make_offer(database: Database, name: str = "Follow-up", minutes: int = 50, price_minor: int = 7000) -> int:
    """A service, and the practice that gives it."""

    def make(work: UnitOfWork) -> int:
        work.db.add(Practice(name="Linden Row", phone="020 7946 0112"))
        offer = Offer(name=name, minutes=minutes, price_minor=price_minor)
        work.db.add(offer)
        work.db.flush()
        return offer.id

    return database.run(SYSTEM, make)


def make_appointment(
    database: Database, clinician: Who, patient: Who, starts_at: datetime, *, offer_id: int, status: str = "confirmed"
) -> str:
    """An appointment of these two; its public id."""

    starts_at = starts_at.replace(microsecond=0)  # visits begin on whole seconds

    def make(work: UnitOfWork) -> str:
        offer = work.db.get_one(Offer, offer_id)
        length_and_price = {"minutes": offer.minutes, "price_minor": offer.price_minor}
        row = add_appointment(
            work, clinician.clinician_id, offer.id, patient.id, starts_at, status=status, **length_and_price
        )
        if status == "confirmed":
            place = {"appointment_id": row.id, "is_active": True}
            span = {"blocked_from": row.starts_at, "blocked_to": row.ends_at}
            work.db.add(Occupancy(clinician_id=row.clinician_id, **span, **place))
            for person_id in (patient.id, clinician.id):
                work.db.add(Seat(person_id=person_id, starts_at=row.starts_at, ends_at=row.ends_at, **place))
        return row.public_id

    return database.run(SYSTEM, make)


def add_appointment(
    work: UnitOfWork,
    clinician_id: int,
    offer_id: int,
    patient_id: int,
    starts_at: datetime,
    *,
    minutes: int = 50,
    price_minor: int = 6500,
    status: str = "confirmed",
) -> Appointment:
    """The bare row; nobody is occupied by it."""
    row = Appointment(
        clinician_id=clinician_id,
        offer_id=offer_id,
        patient_id=patient_id,
        status=status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        price_minor=price_minor,
        currency="GBP",
        created_at=work.now,
        confirmed_at=work.now if status == "confirmed" else None,
    )
    work.db.add(row)
    work.db.flush()
    return row
