"""From visitor to signed note: two browsers, a real video server, the card sandbox, real mail."""

from __future__ import annotations

import json
import re
import urllib.request
from datetime import datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from portal.clinic.audit import AuditEntry
from portal.clinic.billing import queries as money
from portal.clinic.billing.tables import LedgerLine
from portal.clinic.people.queries import by_email
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import SYSTEM, UnitOfWork
from tests.e2e.conftest import Colleague
from tests.e2e.people import Patient, Therapist
from tests.support.patience import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.livekit]


def mails_to(patient: Patient) -> list[dict[str, Any]]:
    address = f"{patient.practice.mailbox_url}messages.json"
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return [mail for mail in json.load(answer) if patient.email in json.dumps(mail)]


def test_from_visitor_to_signed_note(patient: Patient, therapist: Therapist, colleague: Colleague) -> None:
    visitor_becomes_patient(patient, colleague)
    patient_fills_in_the_forms(patient)
    therapist.sign_in(colleague.email)
    therapist_reads_them(patient, therapist)
    they_meet(patient, therapist)
    therapist_writes_and_signs(patient, therapist)
    check_what_is_kept(patient)
    assert patient.visitor.violations == therapist.visitor.violations == []


def visitor_becomes_patient(patient: Patient, colleague: Colleague) -> None:
    patient.open("/")
    patient.reads("Therapists and their next free times")
    patient.sees("Oslo time")
    patient.book_and_pay(colleague.slug)
    patient.sees("paid by card")
    patient.page.reload()
    patient.reads("Your visit is booked")


def patient_fills_in_the_forms(patient: Patient) -> None:
    patient.open("/home/")
    patient.follow(re.compile("Start|Go on"))
    patient.page.wait_for_url("**/intake/**")
    patient.fill_in(patient.page.url.removeprefix(patient.practice.url), item9=1)


def therapist_reads_them(patient: Patient, therapist: Therapist) -> None:
    therapist.sees(patient.name)
    therapist.sees(re.compile("Question 9"))
    therapist.page.get_by_role("link", name=patient.name).first.click()
    therapist.page.wait_for_url("**/day/visit/**")
    therapist.reads("Answers: PHQ-9")


def they_meet(patient: Patient, therapist: Therapist) -> None:
    patient.open(f"/room/?visit={patient.appointment}")
    patient.press(re.compile("Tell .* I am here"))
    patient.is_in_room("waiting")
    therapist.press(re.compile("^Let Rosa in"))
    therapist.open(f"/day/room/?visit={patient.appointment}")
    therapist.press(re.compile("^(Go in|Let Rosa in|Go into|Come back)"))
    for one in (patient, therapist):
        one.sees_the_other()
    for one in (patient, therapist):
        came = one.receives()
        assert came["frames"] > 10, came
        assert came["samples"] > 48_000, came
        assert came["energy"] > 0, came


def therapist_writes_and_signs(patient: Patient, therapist: Therapist) -> None:
    therapist.open(f"/day/visit/?id={patient.appointment}")
    therapist.press("Finish the visit")
    therapist.confirm("Finish the visit")
    therapist.sees(re.compile("^Ended"))
    therapist.page.locator("textarea").first.fill("Spoke about Sundays.")
    therapist.sees(re.compile("^Saved"))
    therapist.press("Sign and lock")
    therapist.confirm("Sign and lock")
    therapist.sees("Fingerprint")
    therapist.page.reload()
    therapist.sees("Spoke about Sundays.")


def check_what_is_kept(patient: Patient) -> None:
    """The mail's instant, the ledger, the audit rows."""
    database = patient.practice.open_database()
    try:
        starts_at, balances, actions = database.run_read(SYSTEM, _kept, patient.email, patient.appointment)
    finally:
        database.close()
    mail = mails_to(patient)[0]
    invitation = next(file["text"] for file in mail["files"] if file["text"])
    event = Calendar.from_ical(invitation).walk("VEVENT")[0]
    assert event.decoded("dtstart") == starts_at
    assert sum(amount for _, amount in balances) == 0
    assert {
        "payment.received",
        "appointment.confirm",
        "intake.write",
        "intake.read",
        "visit.finish",
        "note.sign",
    } <= actions


def _kept(work: UnitOfWork, email: str, appointment: str) -> tuple[datetime, list[tuple[str, int]], set[str]]:
    person = by_email(work, email)
    assert person is not None
    row = work.db.exec(select(Appointment).where(Appointment.public_id == appointment)).one()
    posted = work.db.exec(select(LedgerLine.amount_minor).where(LedgerLine.appointment_id == row.id)).all()
    assert sum(posted) == 0
    assert len(posted) == 4
    done = work.db.exec(select(AuditEntry.action).where(col(AuditEntry.patient_id) == person.id)).all()
    return row.starts_at, money.balances(work), set(done)
