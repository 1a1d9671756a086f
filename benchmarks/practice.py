"""A practice of any size for the benchmarks: clinicians with full weeks, each with a thousand visits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col

from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician, ClinicianOffer, Offer, Practice
from portal.clinic.scheduling.tables import Appointment, Occupancy, WorkingHours
from portal.storage.keys import new_keyring
from portal.storage.migrate import upgrade
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork

ZONE = ZoneInfo("Europe/London")
A_DAY = 12  # visits: 8 to 20 o'clock, every hour on the hour


@contextmanager
def empty_practice() -> Iterator[Database]:
    """A migrated SQLite database in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        upgrade(url)
        database = Database(url, new_keyring())
        try:
            yield database
        finally:
            database.close()


def staff(work: UnitOfWork, clinicians: int) -> tuple[list[str], str]:
    """Clinicians who work 8 to 20 every day, and one service; returns their public ids."""
    work.db.add(Practice(name="Bench"))
    offer = Offer(name="Session", price_minor=6500, buffer_after_minutes=10, pay_later=True)
    work.db.add(offer)
    ids: list[str] = []
    for number in range(clinicians):
        wanted = SignUp(f"Clinician {number}", f"c{number}@bench.example", "Europe/London")
        row = Clinician(
            person_id=people.sign_up(work, wanted, "x", Role.CLINICIAN),
            slug=f"c-{number}",
            name=f"Clinician {number}",
            zone="Europe/London",
        )
        work.db.add(row)
        work.db.flush()
        work.db.add(ClinicianOffer(clinician_id=row.id, offer_id=offer.id))
        for weekday in range(7):
            work.db.add(WorkingHours(clinician_id=row.id, weekday=weekday, start_minute=480, end_minute=1200))
        ids.append(row.public_id)
    return ids, offer.public_id


def fill(work: UnitOfWork, visits_each: int) -> None:
    """A thousand visits for each: about two thirds of every day, from six weeks ago on."""
    first = (work.now - timedelta(days=42)).astimezone(ZONE).date()
    offer_id = work.db.connection().execute(sa.text("SELECT id FROM offer")).scalar_one()
    for clinician_id in work.db.connection().execute(sa.text("SELECT id FROM clinician")).scalars().all():
        rows = [
            _appointment(clinician_id, offer_id, start, work.now) for start in _starts(first, visits_each, clinician_id)
        ]
        kept = work.db.connection().execute(sa.insert(Appointment).returning(col(Appointment.id)), rows).scalars().all()
        occupied = [_occupancy(key, row) for key, row in zip(kept, rows, strict=True)]
        work.db.connection().execute(sa.insert(Occupancy), occupied)


def _starts(first: object, count: int, shift: int) -> list[datetime]:
    found: list[datetime] = []
    day = 0
    while len(found) < count:
        on = first + timedelta(days=day)  # type: ignore[operator]
        hours = [hour for hour in range(8, 20) if (hour + day + shift) % 3]
        found += [datetime.combine(on, time(hour), ZONE).astimezone(UTC) for hour in hours]
        day += 1
    return found[:count]


def _appointment(clinician_id: int, offer_id: int, start: datetime, now: datetime) -> dict[str, Any]:
    row = Appointment(
        clinician_id=clinician_id,
        offer_id=offer_id,
        status="confirmed",
        starts_at=start,
        ends_at=start + timedelta(minutes=50),
        currency="GBP",
        created_at=now,
    )
    return row.model_dump(exclude={"id"})


def _occupancy(appointment_id: int, booked: dict[str, Any]) -> dict[str, Any]:
    return {
        "clinician_id": booked["clinician_id"],
        "appointment_id": appointment_id,
        "blocked_from": booked["starts_at"],
        "blocked_to": booked["ends_at"] + timedelta(minutes=10),
        "is_active": True,
    }


def as_system(database: Database, service: object, *args: object) -> object:
    """Run for the practice itself."""
    return database.run(SYSTEM, service, *args)  # type: ignore[arg-type]
