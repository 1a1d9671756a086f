"""A practice in which a time can be booked that begins in a few minutes, at whatever hour the tests run."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlmodel import select

from portal.clinic.people import passwords
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician, ClinicianOffer, Offer
from portal.clinic.scheduling.tables import WorkingHours
from portal.demo.seed.cast import PASSWORD
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.e2e.people import Patient, Therapist
from tests.support.browser import Chromium
from tests.support.practice import Practice


@dataclass(frozen=True)
class Colleague:
    """A therapist of one test alone, at work at every hour and with nothing booked."""

    slug: str
    email: str


def _join(work: UnitOfWork, wanted: Colleague) -> None:
    person_id = people.sign_up(
        work, SignUp("Dr Ada Lund", wanted.email, "Europe/Oslo"), passwords.hash_now(PASSWORD), Role.CLINICIAN
    )
    row = Clinician(person_id=person_id, slug=wanted.slug, name="Dr Ada Lund", zone="Europe/Oslo", position=99)
    work.db.add(row)
    work.db.flush()
    first = work.db.exec(select(Offer).where(Offer.name == "First visit")).one()
    work.db.add(ClinicianOffer(clinician_id=row.id, offer_id=first.id))
    for weekday in range(7):
        work.db.add(WorkingHours(clinician_id=row.id, weekday=weekday, start_minute=0, end_minute=1440))
    work.db.exec(sa.update(Offer).values(notice_minutes=1, step_minutes=5))


@pytest.fixture
def colleague(practice: Practice) -> Colleague:
    name = uuid.uuid4().hex[:8]
    wanted = Colleague(f"ada-{name}", f"ada-{name}@lindenrow.example")
    database = practice.open_database()
    try:
        database.run(SYSTEM, _join, wanted)
    finally:
        database.close()
    return wanted


@pytest.fixture
def patient(chromium: Chromium, practice: Practice) -> Patient:
    return Patient(chromium, practice)


@pytest.fixture
def therapist(chromium: Chromium, practice: Practice) -> Therapist:
    return Therapist(chromium, practice)
