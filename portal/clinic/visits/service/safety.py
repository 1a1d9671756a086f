"""Where the patient is, and the safety sheet: opened by the clinician in the worst minute, and that is written down."""

from __future__ import annotations

from portal.clinic import audit
from portal.clinic.errors import Conflict, Invalid, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.forms import ABOUT_YOU
from portal.clinic.intake.values import ClinicalView
from portal.clinic.people.rules import clean_line, goes_by
from portal.clinic.practice import service as practice
from portal.clinic.visits import rules
from portal.clinic.visits.queries import Booked
from portal.clinic.visits.service.rooms import attended, ensure_visit, own_visit, progress
from portal.clinic.visits.values import SafetySheet, Whereabouts
from portal.storage.work import UnitOfWork

_LONGEST_PLACE = 400


def open_safety(work: UnitOfWork, appointment_id: str) -> SafetySheet:
    """Where the patient is, whom they asked us to call, and the practice's crisis lines.

    Raises:
        NotFound: no visit in the viewer's own calendar.
    """
    booked = own_visit(work, appointment_id)
    _tell(work, "visit.safety", booked)
    told = _told(work, appointment_id)
    about: dict[str, str] = {}
    for form in told.forms if told else ():
        about = form.answers if form.form.key == ABOUT_YOU.key else about
    contact = (about.get("emergency_name", ""), about.get("emergency_relation", ""))
    today = _today(booked)
    return SafetySheet(
        name=booked.patient.name,
        phone=about.get("phone", "") or booked.patient.phone,
        place=today or about.get("usual_place", ""),
        place_at=booked.visit.place_at if booked.visit and today else None,
        contact_name=", ".join(part for part in contact if part),
        contact_phone=about.get("emergency_phone", ""),
        flag=told.flags[0].words if told and told.flags else "",
        lines=tuple(practice.crisis_lines(work)),
        called=goes_by(booked.patient.name, booked.patient.preferred),
    )


def whereabouts(work: UnitOfWork, appointment_id: str) -> Whereabouts:
    """What the patient has told of where they are.

    Raises:
        NotFound: no visit of the viewer as a patient.
    """
    booked = attended(work, appointment_id)
    about = intake.told_of_me(work, booked.clinician.id)
    return Whereabouts(_today(booked), clean_line(about.get("usual_place", ""), _LONGEST_PLACE))


def say_place(work: UnitOfWork, appointment_id: str, place: str) -> None:
    """The patient says where they are today, while the room is open; the last word counts.

    Raises:
        NotFound: no visit of the viewer as a patient.
        Invalid: `missing`, `too_long`.
        Conflict: `early`, `finished`.
    """
    booked = attended(work, appointment_id, lock=True)
    said = clean_line(place, _LONGEST_PLACE + 1)
    if not said:
        raise Invalid("missing")
    if len(said) > _LONGEST_PLACE:
        raise Invalid("too_long")
    if not rules.may_say_place(progress(booked), work.now):
        raise Conflict("finished" if rules.is_over(progress(booked), work.now) else "early")
    visit = ensure_visit(work, booked.appointment)
    visit.place, visit.place_at = said, work.now
    _tell(work, "visit.place", booked)


def _today(booked: Booked) -> str:
    visit = booked.visit
    return visit.place if visit and rules.place_counts(progress(booked), visit.place_at) else ""


def _tell(work: UnitOfWork, action: str, booked: Booked) -> None:
    audit.record(work, action, ("visit", booked.appointment.public_id), patient_id=booked.patient.id)


def _told(work: UnitOfWork, appointment_id: str) -> ClinicalView | None:
    try:
        return intake.for_clinician(work, appointment_id)
    except NotFound:
        return None
