"""What patients of the demo filled in: drawn by chance from a fixed seed, told by nobody."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from portal.clinic.intake import service as intake
from portal.clinic.intake.forms import ABOUT_YOU, CONSENT_TELEHEALTH, GAD7, PHQ9
from portal.clinic.intake.values import Form
from portal.clinic.scheduling.tables import Appointment
from portal.demo.seed.people import Patient, patients
from portal.demo.seed.play import as_patient
from portal.storage.work import UnitOfWork

_PLACES = ("14 Harbour Lane\nWhitby YO21 3PU", "Flat 2, 9 Mill Street\nLeeds LS1 4AA", "3 Orchard Row\nYork YO1 7HH")
_REASONS = (
    "I lie awake and go over the day again and again.",
    "Since the move everything takes more strength than I have.",
    "My sister said I should talk to someone. She is right.",
    "I worry about small things until they are large.",
)
_LOOKS_AHEAD = timedelta(days=2)
_TROUBLED = {4, 17}  # whose question 9 is not zero


def fill_packet(work: UnitOfWork, row: Appointment, number: int, *, over: bool) -> None:
    """Give the visit its forms, filled in a day or so before it by most, begun by some, left by a few."""
    packet = intake.open_packet(work, row).public_id
    pick = random.Random(f"{number}:{row.starts_at.isoformat()}")
    at = row.starts_at - timedelta(hours=pick.uniform(6, 44))
    if not over and (at > work.now or row.starts_at > work.now + _LOOKS_AHEAD):
        at = work.now - timedelta(minutes=pick.uniform(30, 300))
        if row.starts_at > work.now + _LOOKS_AHEAD:
            return
    mine = replace(work, viewer=as_patient(row.patient_id or 0), now=at)
    share = 1.0 if over or pick.random() < 0.7 else pick.choice((0.0, 0.55))
    if number == 0 and not over:
        share = 0.55  # the one who signs in has something left to do
    _fill(mine, packet, number, _level(number, row.starts_at, pick), share=share)


def _fill(mine: UnitOfWork, packet: str, number: int, level: float, *, share: float) -> None:
    view = intake.packet_view(mine, packet)
    asked = {one.form.key for one in view.forms if one.submitted_at is None}
    if share and ABOUT_YOU.key in asked:
        _send(mine, packet, ABOUT_YOU.key, _about(patients()[number], number))
    if share and CONSENT_TELEHEALTH.key in asked and view.signature is None:
        signed = {"agree": "yes", "typed_name": patients()[number].name}
        then = replace(mine, now=mine.now + timedelta(minutes=4))
        intake.sign_consent(then, packet, view.consent.fingerprint, signed)
    later = replace(mine, now=mine.now + timedelta(minutes=7))
    answers = _measure(PHQ9, number, level)
    if share == 1.0:
        _send(later, packet, PHQ9.key, answers)
        _send(later, packet, GAD7.key, _measure(GAD7, number, level * 0.9))
    elif share:
        begun = {f"q{item}": answers[f"q{item}"] for item in range(1, 6)}
        intake.save_answers(later, packet, PHQ9.key, begun)


def _send(mine: UnitOfWork, packet: str, form: str, answers: dict[str, str]) -> None:
    intake.save_answers(mine, packet, form, answers)
    intake.submit_form(replace(mine, now=mine.now + timedelta(seconds=30)), packet, form)


def _about(patient: Patient, number: int) -> dict[str, str]:
    return {
        "preferred_name": patient.name.split()[0],
        "birth_date": patient.born,
        "phone": patient.phone,
        "usual_place": _PLACES[number % len(_PLACES)],
        "reason": _REASONS[number % len(_REASONS)],
    }


def _level(number: int, at: datetime, pick: random.Random) -> float:
    """How heavy the days are, 0 to 3: everybody has their own beginning, most get lighter, weeks differ."""
    own = random.Random(f"level:{number}")
    begin, easing = own.uniform(0.7, 2.3), own.uniform(-0.02, 0.09)
    weeks = (at.date() - datetime(2026, 1, 5, tzinfo=at.tzinfo).date()).days / 7
    return min(3.0, max(0.05, begin - easing * (weeks % 17) + pick.uniform(-0.25, 0.25)))


def _measure(form: Form, number: int, level: float) -> dict[str, str]:
    own = random.Random(f"{form.key}:{number}:{level:.2f}")
    items = form.measure.items if form.measure else ()
    found = {item: str(min(3, max(0, round(level + own.uniform(-0.8, 0.8))))) for item in items}
    if form.measure and form.measure.risk_item:
        found[form.measure.risk_item] = "1" if number in _TROUBLED and own.random() < 0.5 else "0"
    return found
