"""All SQL of notes, scoped to their author: who is not the clinician of the visit finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Clinician
from portal.clinic.records.tables import Amendment, AmendmentDraft, Note
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork

_NOT_BOOKED = ("held", "expired", "released")


def own_appointment(work: UnitOfWork, appointment_id: str, *, lock: bool = False) -> Appointment | None:
    """A booked appointment whose clinician asks; `lock` keeps others from writing its note meanwhile."""
    wanted = (
        select(Appointment)
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id))
        .where(
            Appointment.public_id == appointment_id,
            Clinician.person_id == work.viewer.person_id,
            col(Appointment.patient_id).is_not(None),
            col(Appointment.status).not_in(_NOT_BOOKED),
        )
    )
    return work.db.exec(wanted.with_for_update(of=Appointment) if lock else wanted).first()  # type: ignore[arg-type]


def note_of(work: UnitOfWork, appointment_key: int) -> Note | None:
    """The viewer's own note on an appointment."""
    wanted = select(Note).where(Note.appointment_id == appointment_key, Note.author_id == work.viewer.person_id)
    return work.db.exec(wanted).first()


def own_note(work: UnitOfWork, note_id: str) -> Note | None:
    """The viewer's own note by its public id, locked until the transaction ends."""
    wanted = select(Note).where(Note.public_id == note_id, Note.author_id == work.viewer.person_id)
    return work.db.exec(wanted.with_for_update()).first()


def amendments(work: UnitOfWork, note_key: int) -> Sequence[Amendment]:
    """What was added to a note, oldest first."""
    wanted = select(Amendment).where(Amendment.note_id == note_key)
    return work.db.exec(wanted.order_by(col(Amendment.added_at), col(Amendment.id))).all()


def addition(work: UnitOfWork, note_key: int) -> AmendmentDraft | None:
    """What is being written for a signed note."""
    return work.db.exec(select(AmendmentDraft).where(AmendmentDraft.note_id == note_key)).first()


def author_name(work: UnitOfWork, person_id: int) -> str:
    """The name under which a clinician signs."""
    found = work.db.exec(select(Clinician.name).where(Clinician.person_id == person_id)).first()
    return found or work.db.get_one(Person, person_id).name


def marks(work: UnitOfWork, appointment_keys: Sequence[int]) -> Sequence[Note]:
    """The viewer's own notes on several appointments."""
    wanted = select(Note).where(col(Note.appointment_id).in_(appointment_keys), Note.author_id == work.viewer.person_id)
    return work.db.exec(wanted).all()


def drafts(work: UnitOfWork, most: int) -> Sequence[tuple[Note, Appointment]]:
    """The viewer's drafts with their appointments, newest visit first."""
    wanted = (
        select(Note, Appointment)
        .join(Appointment, col(Appointment.id) == col(Note.appointment_id))
        .where(Note.author_id == work.viewer.person_id, Note.status == "draft")
        .order_by(col(Appointment.starts_at).desc())
        .limit(most)
    )
    return work.db.exec(wanted).all()


def last_signed(work: UnitOfWork, patient_key: int, before: datetime) -> tuple[Note, Appointment] | None:
    """The viewer's newest signed note on this patient's visits before an instant."""
    wanted = (
        select(Note, Appointment)
        .join(Appointment, col(Appointment.id) == col(Note.appointment_id))
        .where(
            Note.author_id == work.viewer.person_id,
            Note.patient_id == patient_key,
            Note.status == "signed",
            col(Appointment.starts_at) < before,
        )
        .order_by(sa.desc(col(Appointment.starts_at)))
    )
    return work.db.exec(wanted).first()
