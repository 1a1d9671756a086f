"""A patient, her therapist, a visit next week with its packet, and how each of them looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from portal.clinic.intake import service as intake
from portal.clinic.scheduling.queries import appointment_row
from portal.storage.work import SYSTEM, Database, Role, Viewer
from tests.support.databases import Clock
from tests.support.people import Who, make_appointment, make_offer, make_person

ABOUT = {
    "preferred_name": "Rosa",
    "birth_date": "1991-02-28",
    "phone": "+44 20 7946 0123",
    "usual_place": "Flat 2\n14 Quay Street\nBristol",
}


def phq9(*points: int) -> dict[str, str]:
    """Answers to the PHQ-9: nine numbers, or one for all."""
    values = points if len(points) == 9 else points * 9
    return {f"q{number}": str(value) for number, value in enumerate(values, 1)}


def gad7(point: int) -> dict[str, str]:
    return {f"q{number}": str(point) for number in range(1, 8)}


@dataclass
class Ward:
    """Everything that a test of intake needs."""

    database: Database
    clock: Clock
    patient: Who
    clinician: Who
    offer_id: int

    def visit(self, days: int = 7, *, clinician: Who | None = None, patient: Who | None = None) -> tuple[str, str]:
        """A booked visit; public ids of the appointment and of its packet."""
        starts_at = self.clock.now + timedelta(days=days)
        appointment = make_appointment(
            self.database, clinician or self.clinician, patient or self.patient, starts_at, offer_id=self.offer_id
        )

        def open_packet(work: Any) -> str:
            row = appointment_row(work, appointment)
            assert row is not None
            return intake.open_packet(work, row).public_id

        return appointment, self.database.run(SYSTEM, open_packet)

    def rosa(self, service: Callable[..., Any], *args: Any, viewer: Viewer | None = None) -> Any:
        return self.database.run(viewer or self.patient.viewer, service, *args)

    def doctor(self, service: Callable[..., Any], *args: Any) -> Any:
        return self.database.run(self.clinician.viewer, service, *args)

    def send(self, packet: str, form: str, answers: dict[str, str]) -> Any:
        self.rosa(intake.save_answers, packet, form, answers)
        return self.rosa(intake.submit_form, packet, form)

    def sign(self, packet: str) -> Any:
        text = self.rosa(intake.packet_view, packet).consent
        answers = {"agree": "yes", "typed_name": "Rosa Whitfield"}
        return self.rosa(intake.sign_consent, packet, text.fingerprint, answers)


@pytest.fixture
def ward(database: Database, clock: Clock) -> Ward:
    patient = make_person(database, "Rosa Whitfield", Role.PATIENT)
    clinician = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
    return Ward(database, clock, patient, clinician, make_offer(database))


@pytest.fixture
def packet(ward: Ward) -> str:
    return ward.visit()[1]
