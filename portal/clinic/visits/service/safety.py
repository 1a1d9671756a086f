"""The safety sheet: opened by the clinician in the worst minute, and the opening is written down."""

from __future__ import annotations

from portal.clinic import audit
from portal.clinic.errors import NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.forms import ABOUT_YOU
from portal.clinic.intake.values import ClinicalView
from portal.clinic.practice import service as practice
from portal.clinic.visits.service.rooms import own_visit
from portal.clinic.visits.values import SafetySheet
from portal.storage.work import UnitOfWork


def open_safety(work: UnitOfWork, appointment_id: str) -> SafetySheet:
    """Where the patient is, whom they asked us to call, and the practice's crisis lines.

    Raises:
        NotFound: no visit in the viewer's own calendar.
    """
    booked = own_visit(work, appointment_id)
    subject = ("visit", booked.appointment.public_id)
    audit.record(work, "visit.safety", subject, patient_id=booked.patient.id)
    told = _told(work, appointment_id)
    about: dict[str, str] = {}
    for form in told.forms if told else ():
        about = form.answers if form.form.key == ABOUT_YOU.key else about
    contact = (about.get("emergency_name", ""), about.get("emergency_relation", ""))
    return SafetySheet(
        name=booked.patient.name,
        phone=about.get("phone", "") or booked.patient.phone,
        place=about.get("usual_place", ""),
        contact_name=", ".join(part for part in contact if part),
        contact_phone=about.get("emergency_phone", ""),
        flag=told.flags[0].words if told and told.flags else "",
        lines=tuple(practice.crisis_lines(work)),
    )


def _told(work: UnitOfWork, appointment_id: str) -> ClinicalView | None:
    try:
        return intake.for_clinician(work, appointment_id)
    except NotFound:
        return None
