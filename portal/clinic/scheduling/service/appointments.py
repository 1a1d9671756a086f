"""What becomes of a held time: confirmed, placed late, cancelled; and the appointments that people see."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from portal.clinic import audit, outbox
from portal.clinic.access import Permission, require
from portal.clinic.errors import HoldEnded, NotFound, TooLate
from portal.clinic.practice import queries as practice
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import queries
from portal.clinic.scheduling.rules.cancelling import due_by_practice, fee_of, kept_of, may_cancel, refund_due
from portal.clinic.scheduling.service.hold import free
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView, CancellationTerms, RefundDue
from portal.storage.violations import violated
from portal.storage.work import UnitOfWork

_SHOWN = (
    AppointmentStatus.CONFIRMED,
    AppointmentStatus.CANCELLED,
    AppointmentStatus.FINISHED,
    AppointmentStatus.NO_SHOW,
)


def held_for_payment(work: UnitOfWork) -> Appointment:
    """The signed-in patient's own live hold, locked.

    Raises:
        HoldEnded: there is none, it ran out, or it was never theirs.
    """
    require(work, Permission.OWN_VISITS)
    mine = [row for row in queries.own_holds(work) if row.patient_id == work.viewer.person_id]
    held = next((row for row in mine if row.held_until and row.held_until > work.now), None)
    if held is None:
        raise HoldEnded
    return held


def confirm(work: UnitOfWork, appointment: Appointment, *, pays_later: bool = False) -> None:
    """The time is theirs: paid, or to be paid after the visit. Mails follow after the commit."""
    appointment.status = AppointmentStatus.CONFIRMED
    appointment.confirmed_at, appointment.held_until, appointment.visitor = work.now, None, None
    appointment.pays_later = pays_later
    appointment.sequence += 1
    _tell(work, appointment, "confirmed")
    audit.record(work, "appointment.confirm", ("appointment", appointment.public_id), patient_id=appointment.patient_id)


def place_late(work: UnitOfWork, appointment: Appointment) -> bool:
    """Take an expired hold's time again after all, when it has not begun and is still free; the database decides."""
    if appointment.starts_at <= work.now:
        return False
    taken = queries.occupancy_of(work, appointment.id)
    try:
        with work.db.begin_nested():
            for stale in queries.stale_holds(work, appointment.clinician_id):
                free(work, stale, AppointmentStatus.EXPIRED)
            work.db.flush()
            taken.is_active = True
            for seat in queries.seats_of(work, appointment.id):
                seat.is_active = True
            work.db.flush()
    except DBAPIError as problem:
        if violated(problem) not in {"occupancy_overlap", "seat_overlap"}:
            raise
        return False
    return True


def cancel_terms(work: UnitOfWork, public_id: str) -> RefundDue:
    """What cancelling now would cost the patient, when the viewer does it.

    Raises:
        NotFound: no such appointment of theirs.
    """
    return _due(work, _own(work, public_id))


def cancel(work: UnitOfWork, public_id: str) -> tuple[Appointment, RefundDue]:
    """Cancel a confirmed appointment; the time is free again at once. When the practice cancels, it costs nothing.

    Raises:
        NotFound: no such appointment of theirs.
        TooLate: it has begun, or is not booked any more.
    """
    appointment = _own(work, public_id, lock=True)
    if appointment.status != AppointmentStatus.CONFIRMED or not may_cancel(work.now, appointment.starts_at):
        raise TooLate
    due = _due(work, appointment)
    free(work, appointment, AppointmentStatus.CANCELLED)
    appointment.cancelled_at, appointment.sequence = work.now, appointment.sequence + 1
    appointment.cancelled_by = "patient" if work.viewer.person_id == appointment.patient_id else "practice"
    _tell(work, appointment, "cancelled")
    audit.record(work, "appointment.cancel", ("appointment", appointment.public_id), patient_id=appointment.patient_id)
    return appointment, due


def mine(work: UnitOfWork) -> list[AppointmentView]:
    """The signed-in patient's appointments, by start."""
    require(work, Permission.OWN_VISITS)
    own = col(Appointment.patient_id) == work.viewer.person_id
    shown = col(Appointment.status).in_(_SHOWN)
    return [view_of(*places) for places in queries.with_places(work, own, shown)]


def appointment(work: UnitOfWork, public_id: str) -> AppointmentView:
    """One appointment of the viewer: a patient's own, or in a clinician's own calendar.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    found = queries.with_places(work, col(Appointment.public_id) == public_id)
    if not found:
        raise NotFound
    return view_of(*found[0])


def view_of(row: Appointment, clinician: Clinician, offer: Offer) -> AppointmentView:
    """An appointment as a value."""
    return AppointmentView(
        public_id=row.public_id,
        status=AppointmentStatus(row.status),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        clinician=practice.clinician_card(clinician),
        offer_name=offer.name,
        minutes=int((row.ends_at - row.starts_at).total_seconds()) // 60,
        price_minor=row.price_minor,
        currency=row.currency,
        pays_later=row.pays_later,
        free_cancel_hours=row.free_cancel_hours,
        late_fee_percent=row.late_fee_percent,
        no_show_percent=row.no_show_percent,
        sequence=row.sequence,
        patient_id=row.patient_id,
        clinician_person_id=clinician.person_id,
        confirmed_at=row.confirmed_at,
        cancelled_at=row.cancelled_at,
        cancelled_by=row.cancelled_by,
    )


def terms_of(row: Appointment) -> CancellationTerms:
    """What was agreed when the time was held."""
    return CancellationTerms(row.free_cancel_hours, row.late_fee_percent, row.no_show_percent)


def cost_of(row: Appointment) -> int:
    """What a booked visit costs as it stands: its price, what was agreed for not coming, or what is kept of it."""
    if row.status == AppointmentStatus.NO_SHOW:
        return fee_of(row.price_minor, row.no_show_percent)
    if row.status == AppointmentStatus.CANCELLED:
        at, who = row.cancelled_at or row.starts_at, row.cancelled_by or ""
        return kept_of(row.price_minor, terms_of(row), row.starts_at, at, who)
    return row.price_minor


def _own(work: UnitOfWork, public_id: str, *, lock: bool = False) -> Appointment:
    found = queries.appointment_row(work, public_id, lock=lock)
    if found is None:
        raise NotFound
    return found


def _due(work: UnitOfWork, row: Appointment) -> RefundDue:
    if work.viewer.person_id != row.patient_id:
        return due_by_practice(row.starts_at, row.price_minor, row.currency)
    return refund_due(row.starts_at, work.now, row.price_minor, terms_of(row), row.currency)


def _tell(work: UnitOfWork, row: Appointment, what: str) -> None:
    """Mail patient and clinician after the commit; each version of the invitation once."""
    wanted = {
        f"{what}:{row.public_id}:{row.sequence}:{whom}": {
            "appointment": row.public_id,
            "whom": whom,
            "sequence": row.sequence,
        }
        for whom in ("patient", "clinician")
    }
    outbox.put_all(work, f"mail.{what}", wanted)
