"""One visit on 4 March at 15:15 UTC, whose room opens at the clock's first instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from portal.clinic.audit import AuditEntry
from portal.clinic.visits import service as visits
from portal.clinic.visits.tables import Visit
from portal.storage.work import Database, Role, Viewer
from tests.support.databases import Clock
from tests.support.people import Who, make_appointment, make_offer, make_person


@dataclass(frozen=True)
class House:
    """The visit, the two who meet, and the clock on the wall."""

    database: Database
    clock: Clock
    miriam: Who
    rosa: Who
    offer: int
    visit: str

    def run(self, viewer: Viewer, service, *args):
        return self.database.run(viewer, service, *args)

    def read(self, viewer: Viewer, service, *args):
        return self.database.run_read(viewer, service, *args)

    def knock(self):
        return self.run(self.rosa.viewer, visits.knock, self.visit)

    def admit(self):
        return self.run(self.miriam.viewer, visits.admit, self.visit)

    def seats(self) -> tuple:
        return (
            self.run(self.rosa.viewer, visits.seat, self.visit),
            self.run(self.miriam.viewer, visits.seat, self.visit),
        )

    def acts(self) -> list[str]:
        with Session(self.database.engine) as db:
            return [entry.action for entry in db.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]

    def row(self) -> Visit:
        with Session(self.database.engine) as db:
            return db.exec(select(Visit)).one()


@pytest.fixture
def house(database: Database, clock: Clock) -> House:
    miriam = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(database, "Rosa Whitfield", Role.PATIENT)
    offer = make_offer(database)
    at = clock.now + timedelta(minutes=15)
    visit = make_appointment(database, miriam, rosa, at, offer_id=offer)
    return House(database, clock, miriam, rosa, offer, visit)
