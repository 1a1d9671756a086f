"""Brings the cast on: the practice, its services, its staff, thirty patients."""

from __future__ import annotations

from dataclasses import dataclass

from faker import Faker
from sqlmodel import select

from portal.clinic.people import passwords
from portal.clinic.people import service as people
from portal.clinic.people.tables import Person
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician, ClinicianOffer, CrisisLine, Offer, Practice
from portal.clinic.scheduling.tables import WorkingHours
from portal.demo.seed import cast
from portal.storage.work import Role, UnitOfWork

SEED = 20260317


@dataclass(frozen=True)
class Patient:
    """A patient of the demo before they have an account."""

    name: str
    email: str
    phone: str
    born: str


def patients() -> list[Patient]:
    """The same thirty people every time; the first is the one who signs in."""
    fake = Faker("en_GB")
    fake.seed_instance(SEED)
    found: list[Patient] = []
    for number in range(cast.PATIENTS):
        first, last = fake.first_name(), fake.last_name()
        email = f"{first}.{last}.{number}@patients.example".lower().replace(" ", "").replace("'", "")
        born = fake.date_of_birth(minimum_age=19, maximum_age=78).isoformat()
        # Ofcom keeps 07700 900000 to 900999 for stories.
        found.append(Patient(f"{first} {last}", email, f"07700 900{number:03d}", born))
    return found


def bring_on(work: UnitOfWork) -> None:
    """Everybody and everything that does not move with the calendar."""
    work.db.add(Practice.model_validate(cast.PRACTICE))
    for place, (kind, label, contact, note) in enumerate(cast.CRISIS_LINES):
        work.db.add(CrisisLine(position=place, kind=kind, label=label, contact=contact, note=note))
    offers = _offers(work)
    password_hash = passwords.hash_now(cast.PASSWORD)
    people.sign_up(work, SignUp(cast.OWNER[0], cast.OWNER[1]), password_hash, Role.OWNER)
    for place, one in enumerate(cast.THERAPISTS):
        _therapist(work, one, place, offers, password_hash)
    for patient in patients():
        wanted = SignUp(patient.name, patient.email, cast.PRACTICE["zone"])
        row = work.db.get_one(Person, people.sign_up(work, wanted, password_hash))
        row.phone, row.born = patient.phone, patient.born


def is_on(work: UnitOfWork) -> bool:
    """Whether the cast is there already."""
    return work.db.exec(select(Practice.id)).first() is not None


def _offers(work: UnitOfWork) -> dict[str, Offer]:
    rows: dict[str, Offer] = {}
    for place, given in enumerate(cast.SERVICES):
        rows[given.key] = Offer(
            name=given.name,
            summary=given.summary,
            minutes=given.minutes,
            price_minor=given.price_minor,
            pay_later=given.pay_later,
            free_cancel_hours=given.free_cancel_hours,
            late_fee_percent=given.late_fee_percent,
            buffer_after_minutes=given.buffer_after_minutes,
            position=place,
        )
        work.db.add(rows[given.key])
    work.db.flush()
    return rows


def _therapist(work: UnitOfWork, one: cast.Therapist, place: int, offers: dict[str, Offer], password_hash: str) -> None:
    wanted = SignUp(one.name, cast.therapist_email(one.slug), one.zone)
    person_id = people.sign_up(work, wanted, password_hash, Role.CLINICIAN)
    row = Clinician(
        person_id=person_id,
        slug=one.slug,
        name=one.name,
        title=one.title,
        quote=one.quote,
        about=one.about,
        portrait=one.portrait,
        needs=list(one.needs),
        languages=list(one.languages),
        zone=one.zone,
        position=place,
    )
    work.db.add(row)
    work.db.flush()
    for key in one.gives:
        work.db.add(ClinicianOffer(clinician_id=row.id, offer_id=offers[key].id))
    for weekday, start, end in one.days:
        work.db.add(WorkingHours(clinician_id=row.id, weekday=weekday, start_minute=start, end_minute=end))
