"""A therapist of one test alone, in front of the practice's real pages, with a visit that goes on now."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from portal.clinic.intake import service as intake
from portal.clinic.people import passwords
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteView
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.visits import service as visits
from portal.clinic.visits.queries import visit_of
from portal.clinic.visits.tables import Visit
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.browser import Chromium, Visitor
from tests.support.people import add_appointment, viewer_for
from tests.support.practice import Practice

PASSWORD = "the lamp beside the window"


class Ada:
    """Dr Ada Lund, who has let Rosa Whitfield in a few minutes ago."""

    def __init__(self, practice: Practice, chromium: Chromium, *, begun: bool = True) -> None:
        self.practice, self.chromium, self.begun = practice, chromium, begun
        self.mark = uuid.uuid4().hex[:10]
        self.email = f"ada-{self.mark}@lindenrow.example"
        self.patient_email = f"rosa-{self.mark}@patients.example"
        self.database: Database = practice.open_database()
        self.id, self.patient_id, self.visit = self.database.run(SYSTEM, self._arrive)
        self.visitor = self.device()

    @property
    def page(self) -> Page:
        return self.visitor.page

    def device(self, email: str = "", **options: Any) -> Visitor:
        """A signed-in browser: hers, or that of whoever has this address."""
        visitor = self.chromium.visitor(**options)
        answer = visitor.context.request.post(
            f"{self.practice.url}/api/sign-in",
            data={"email": email or self.email, "password": PASSWORD},
            headers={"x-quietroom": "1", "origin": self.practice.url},
        )
        assert answer.ok, answer.text()
        return visitor

    def opens(self, page: Page | None = None) -> Page:
        """The visit page, read to its end."""
        shown = page or self.page
        shown.goto(f"{self.practice.url}/day/visit/?id={self.visit}")
        expect(shown.get_by_role("heading", name="Rosa Whitfield")).to_be_visible()
        expect(shown.get_by_label("Subjective")).to_be_editable()
        return shown

    def note(self) -> NoteView:
        """What the database holds."""
        return self.database.run(viewer_for(self.id, Role.CLINICIAN), records.note_for, self.visit)

    def visit_state(self) -> str:
        def look(work: UnitOfWork) -> str:
            row = work.db.exec(select(Appointment).where(Appointment.public_id == self.visit)).one()
            visit = visit_of(work, row.id)
            return visit.state if visit else ""

        return self.database.run(SYSTEM, look)

    def _arrive(self, work: UnitOfWork) -> tuple[int, int, str]:
        hashed = passwords.hash_now(PASSWORD)
        ada = people.sign_up(work, SignUp("Dr Ada Lund", self.email, "Europe/London"), hashed, Role.CLINICIAN)
        rosa = people.sign_up(work, SignUp("Rosa Whitfield", self.patient_email, "Europe/London"), hashed)
        clinician = Clinician(
            person_id=ada, slug=f"ada-{self.mark}", name="Dr Ada Lund", zone="Europe/London", position=99
        )
        work.db.add(clinician)
        work.db.flush()
        offer = work.db.exec(select(Offer)).first()
        assert offer is not None
        starts_at = work.now.replace(microsecond=0) - timedelta(minutes=12)
        row = add_appointment(work, clinician.id, offer.id, rosa, starts_at)
        intake.open_packet(work, row)
        visit: Visit = visits.ensure_visit(work, row)
        if self.begun:
            visit.state, visit.admitted_at = "admitted", starts_at
        return ada, rosa, row.public_id


@pytest.fixture
def ada(practice: Practice, chromium: Chromium) -> Iterator[Ada]:
    somebody = Ada(practice, chromium)
    yield somebody
    somebody.database.close()
