"""One visit, its clinician at two devices, and everybody else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from portal.clinic.audit import AuditEntry
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, Upon
from portal.storage.work import Database, Role, Viewer
from tests.support.databases import Clock
from tests.support.people import Who, make_appointment, make_offer, make_person, viewer_for


@dataclass(frozen=True)
class Desk:
    """One visit, its clinician at two devices, and everybody else."""

    database: Database
    miriam: Who
    rosa: Who
    visit: str

    def run(self, service, *args, viewer: Viewer | None = None):
        return self.database.run(viewer or self.miriam.viewer, service, *args)

    def save(self, text: str, revision: int | None, field: str = "plan", viewer: Viewer | None = None, stamp: str = ""):
        upon = Upon(revision, stamp)
        return self.run(records.save_note, self.visit, NoteKind.SOAP, {field: text}, upon, viewer=viewer)

    def note(self, viewer: Viewer | None = None):
        return self.run(records.note_for, self.visit, viewer=viewer)

    def acts(self) -> list[str]:
        with Session(self.database.engine) as db:
            return [entry.action for entry in db.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]

    @property
    def laptop(self) -> Viewer:
        return viewer_for(self.miriam.id, Role.CLINICIAN, session=2)


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    miriam = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(database, "Rosa Whitfield", Role.PATIENT)
    visit = make_appointment(database, miriam, rosa, clock.now, offer_id=make_offer(database))
    return Desk(database, miriam, rosa, visit)
