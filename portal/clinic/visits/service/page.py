"""The visit page of a clinician: everything about one visit, read at once and written down."""

from __future__ import annotations

from portal.clinic import audit
from portal.clinic.errors import NotFound
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import ClinicalView
from portal.clinic.visits import queries
from portal.clinic.visits.queries import Booked
from portal.clinic.visits.service.day import entries
from portal.clinic.visits.service.rooms import own_visit
from portal.clinic.visits.values import DayEntry, VisitPage
from portal.storage.work import UnitOfWork

_MOST_EARLIER = 12


def visit_page(work: UnitOfWork, appointment_id: str) -> VisitPage:
    """A visit of the viewer's own calendar with the patient's answers, now and the time before.

    Raises:
        NotFound: no visit of theirs.
    """
    booked = own_visit(work, appointment_id)
    audit.record(work, "visit.read", ("visit", appointment_id), patient_id=booked.patient.id)
    before = _earlier(work, booked)
    answered = next((one for one in before if one.intake and one.intake.scores), None)
    return VisitPage(
        entry=entries(work, [booked])[0],
        clinician_zone=booked.clinician.zone,
        clinical=_answers(work, appointment_id),
        before=_answers(work, answered.appointment_id) if answered else None,
        earlier=tuple(before),
    )


def visit_entry(work: UnitOfWork, appointment_id: str) -> DayEntry:
    """How far a visit is, again while its page stays open.

    Raises:
        NotFound: no visit of theirs.
    """
    return entries(work, [own_visit(work, appointment_id)])[0]


def _answers(work: UnitOfWork, appointment_id: str) -> ClinicalView | None:
    try:
        return intake.for_clinician(work, appointment_id)
    except NotFound:
        return None


def _earlier(work: UnitOfWork, booked: Booked) -> list[DayEntry]:
    found = queries.before(work, booked.patient.id, booked.clinician.id, booked.appointment.starts_at)
    return entries(work, found[:_MOST_EARLIER])
