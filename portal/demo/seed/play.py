"""Plays visits through the practice's own services, each act at the instant at which it would have happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import col, select

from portal.clinic.billing import service as billing
from portal.clinic.billing.values import PageState
from portal.clinic.errors import ClinicError
from portal.clinic.people.queries import by_email
from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import slot_id
from portal.clinic.visits import service as visits
from portal.demo.seed import cast
from portal.demo.seed.calendar import Planned
from portal.demo.seed.notes import write_note
from portal.demo.seed.people import patients
from portal.demo.seed.till import Register
from portal.storage.work import SYSTEM, Role, UnitOfWork, Viewer, ViewerKind

_BOOKED_AHEAD = timedelta(days=9)


@dataclass(frozen=True)
class Stage:
    """What playing needs: row ids by number and slug, public ids of services by key, the till."""

    patients: dict[int, int]
    clinicians: dict[str, Clinician]
    services: dict[str, str]
    register: Register


def set_stage(work: UnitOfWork, register: Register) -> Stage:
    """Look everybody up once."""
    people = {number: by_email(work, one.email) for number, one in enumerate(patients())}
    offers = work.db.exec(select(Offer).order_by(col(Offer.position)))
    return Stage(
        patients={number: row.id for number, row in people.items() if row is not None},
        clinicians={row.slug: row for row in work.db.exec(select(Clinician))},
        services={given.key: row.public_id for given, row in zip(cast.SERVICES, offers, strict=False)},
        register=register,
    )


def book(work: UnitOfWork, stage: Stage, visit: Planned) -> str | None:
    """Hold, pay and book a planned visit some days before; None when the time cannot be had."""
    at = min(work.now, visit.starts_at - _BOOKED_AHEAD - timedelta(hours=visit.chance * 50))
    patient = as_patient(stage.patients[visit.number])
    clinician = stage.clinicians[visit.slug]
    mine = replace(work, viewer=patient, now=at)
    try:
        with work.db.begin_nested():
            held = scheduling.hold(mine, slot_id(clinician.public_id, stage.services[visit.service], visit.starts_at))
            if held.offer.pay_later and visit.chance > 0.85:
                return billing.choose_pay_later(mine)
            pay(mine, stage.register)
            return held.appointment_id
    except ClinicError:
        return None


def pay(mine: UnitOfWork, register: Register) -> None:
    """Pay for what the patient holds, by a card that works."""
    order = billing.begin_payment(mine)
    session, intent = register.paid(order.payment_id, order.amount_minor, order.currency)
    billing.attach_page(mine, order.payment_id, session, "")
    paid = PageState(True, False, order.amount_minor, order.currency, intent)
    billing.apply_page_state(replace(mine, viewer=SYSTEM, now=mine.now + timedelta(minutes=3)), order.payment_id, paid)


def play_out(work: UnitOfWork, row: Appointment, chance: float, *, note_open: bool) -> None:
    """What became of a visit whose time has passed: cancelled, missed, or held and written up."""
    visits.ensure_visit(work, row)
    clinician = work.db.get_one(Clinician, row.clinician_id)
    theirs = replace(work, viewer=as_clinician(clinician.person_id))
    patient = as_patient(row.patient_id or 0)
    if chance < 0.06:
        ahead = timedelta(hours=5 if chance < 0.03 else 40)
        billing.cancel_visit(replace(work, viewer=patient, now=row.starts_at - ahead), row.public_id)
    elif chance < 0.09:
        visits.mark_no_show(replace(theirs, now=row.starts_at + timedelta(minutes=15)), row.public_id)
    else:
        visits.knock(replace(work, viewer=patient, now=row.starts_at - timedelta(minutes=4)), row.public_id)
        visits.admit(replace(theirs, now=row.starts_at - timedelta(minutes=4)), row.public_id)
        visits.finish(replace(theirs, now=row.ends_at), row.public_id)
        write_note(theirs, row, open_draft=note_open)


def as_patient(person_id: int) -> Viewer:
    """The patient, as if signed in."""
    return Viewer(ViewerKind.PERSON, person_id, frozenset({Role.PATIENT}))


def as_clinician(person_id: int) -> Viewer:
    """The clinician, as if signed in."""
    return Viewer(ViewerKind.PERSON, person_id, frozenset({Role.CLINICIAN}))


def person(work: UnitOfWork, person_id: int) -> Person:
    """A person's row."""
    return work.db.get_one(Person, person_id)
