"""The room of a visit: knock, let in, take a seat, finish. The law: docs/rules/visits.md."""

from __future__ import annotations

import secrets

from portal.clinic import audit
from portal.clinic.access import Permission, require, signed_in
from portal.clinic.billing import service as billing
from portal.clinic.errors import ClinicError, Conflict, NotAllowed, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.people.rules import goes_by
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import queries, rules
from portal.clinic.visits.queries import Booked
from portal.clinic.visits.tables import Visit
from portal.clinic.visits.values import Party, Progress, RoomSeat, RoomState, RoomStatus, RoomToTend, VisitState
from portal.storage.keys import keyring
from portal.storage.work import UnitOfWork

_REFUSALS = {
    RoomState.EARLY: "early",
    RoomState.FINISHED: "finished",
    RoomState.OPEN: "not_admitted",
    RoomState.WAITING: "not_admitted",
    RoomState.ADMITTED: "not_admitted",
}


def ensure_visit(work: UnitOfWork, appointment: Appointment) -> Visit:
    """The visit of a confirmed appointment, made at its first use with a room name that says nothing."""
    found = queries.visit_of(work, appointment.id)
    if found is not None:
        return found
    visit = Visit(appointment_id=appointment.id, room=secrets.token_hex(16))
    work.db.add(visit)
    work.db.flush()
    return visit


def room_status(work: UnitOfWork, appointment_id: str) -> RoomStatus:
    """The room as the viewer sees it.

    Raises:
        NotFound: no visit of theirs.
    """
    booked = _theirs(work, appointment_id)
    return _status(work, booked, _party(work, booked))


def knock(work: UnitOfWork, appointment_id: str) -> RoomStatus:
    """The patient is in the waiting room; said again each few seconds, for silence means that they left.

    Raises:
        NotFound: no visit of theirs.
        Conflict: `early`, `finished`.
    """
    booked = _theirs(work, appointment_id, lock=True, party=Party.PATIENT)
    visit = ensure_visit(work, booked.appointment)
    was = progress(booked)
    if not rules.is_open(was, work.now):
        raise _refusal(was, work)
    if was.state is not VisitState.ADMITTED:
        if not rules.is_waiting(was, work.now):
            visit.state, visit.waiting_since = VisitState.WAITING, work.now
            _tell(work, "visit.knock", booked)
        visit.waiting_seen_at = work.now
    return room_status(work, appointment_id)


def leave_waiting(work: UnitOfWork, appointment_id: str) -> None:
    """The patient goes out of the waiting room again.

    Raises:
        NotFound: no visit of theirs.
    """
    booked = _theirs(work, appointment_id, lock=True, party=Party.PATIENT)
    visit = booked.visit
    if visit is not None and visit.state == VisitState.WAITING:
        visit.state, visit.waiting_since, visit.waiting_seen_at = VisitState.SCHEDULED, None, None


def admit(work: UnitOfWork, appointment_id: str) -> RoomStatus:
    """Let the waiting patient in; again changes nothing.

    Raises:
        NotFound: no visit in the viewer's own calendar.
        Conflict: `early`, `finished`, `nobody_waits`, `consent_taken_back`.
    """
    booked = _theirs(work, appointment_id, lock=True, party=Party.CLINICIAN)
    visit, was = ensure_visit(work, booked.appointment), progress(booked)
    if not rules.is_open(was, work.now):
        raise _refusal(was, work)
    if was.state is not VisitState.ADMITTED:
        if not rules.may_admit(was, work.now):
            raise Conflict("nobody_waits")
        _with_consent(work, booked)
        visit.state, visit.admitted_at, visit.admitted_by = VisitState.ADMITTED, work.now, signed_in(work)
        _tell(work, "visit.admit", booked)
    return room_status(work, appointment_id)


def seat(work: UnitOfWork, appointment_id: str) -> RoomSeat:
    """A place in the room, for a token of the video server.

    Raises:
        NotFound: no visit of theirs.
        Conflict: `early`, `not_admitted`, `finished`, `consent_taken_back`.
    """
    booked = _theirs(work, appointment_id, lock=True)
    party, was = _party(work, booked), progress(booked)
    if not rules.may_join(was, party, work.now):
        raise _refusal(was, work)
    _with_consent(work, booked)
    visit = ensure_visit(work, booked.appointment)
    visit.opened_at = visit.opened_at or work.now
    _tell(work, "visit.seat", booked, {"role": party.value})
    return RoomSeat(visit.room, identity(visit, party), party)


def finish(work: UnitOfWork, appointment_id: str, *, by_phone: bool = False) -> RoomToTend:
    """The visit is over and nobody comes back; again changes nothing. Answers with the room that is to be closed.

    `by_phone`: it took place, though nobody was let in.

    Raises:
        NotFound: no visit in the viewer's own calendar.
        Conflict: `not_begun`.
    """
    booked = _theirs(work, appointment_id, lock=True, party=Party.CLINICIAN)
    visit, was = ensure_visit(work, booked.appointment), progress(booked)
    if was.state is not VisitState.FINISHED:
        if not (rules.may_finish(was, work.now) or (by_phone and rules.may_finish_by_phone(was, work.now))):
            raise Conflict("not_begun")
        visit.state, visit.finished_at = VisitState.FINISHED, work.now
        booked.appointment.status = AppointmentStatus.FINISHED
        _tell(work, "visit.finish", booked, {"by": "phone" if by_phone else "room"})
    return RoomToTend(visit.public_id, visit.room, is_over=True)


def mark_no_show(work: UnitOfWork, appointment_id: str) -> None:
    """Nobody came; again changes nothing.

    Raises:
        NotFound: no visit in the viewer's own calendar.
        Conflict: `not_missed`: somebody was let in or waits, or ten minutes have not passed.
    """
    booked = _theirs(work, appointment_id, lock=True, party=Party.CLINICIAN)
    was = progress(booked)
    if was.state is VisitState.NO_SHOW:
        return
    if not rules.may_miss(was, work.now):
        raise Conflict("not_missed")
    visit = ensure_visit(work, booked.appointment)
    visit.state, visit.finished_at = VisitState.NO_SHOW, work.now
    booked.appointment.status = AppointmentStatus.NO_SHOW
    billing.settle_no_show(work, booked.appointment)
    _tell(work, "visit.no_show", booked)


def identity(visit: Visit, party: Party) -> str:
    """The name of a party on the video server: derived with the practice's key, the same at each return."""
    return keyring().index("visit.seat", f"{visit.public_id}|{party}")[:32]


def progress(booked: Booked) -> Progress:
    """What the rules look at."""
    row, visit = booked.appointment, booked.visit
    if visit is None:
        return Progress(row.starts_at, row.ends_at, _state_of(row.status))
    return Progress(row.starts_at, row.ends_at, VisitState(visit.state), visit.waiting_since, visit.waiting_seen_at)


def own_visit(work: UnitOfWork, appointment_id: str) -> Booked:
    """A visit in the viewer's own calendar, to be read: also one that was cancelled.

    Raises:
        NotFound: there is none.
    """
    return _theirs(work, appointment_id, party=Party.CLINICIAN, cancelled=True)


def attended(work: UnitOfWork, appointment_id: str, *, lock: bool = False) -> Booked:
    """A visit that the viewer has as a patient.

    Raises:
        NotFound: there is none.
    """
    return _theirs(work, appointment_id, lock=lock, party=Party.PATIENT)


def _state_of(status: str) -> VisitState:
    ended = {AppointmentStatus.FINISHED: VisitState.FINISHED, AppointmentStatus.NO_SHOW: VisitState.NO_SHOW}
    return ended.get(AppointmentStatus(status), VisitState.SCHEDULED)


def _theirs(
    work: UnitOfWork, appointment_id: str, *, lock: bool = False, party: Party | None = None, cancelled: bool = False
) -> Booked:
    if party is not None:
        require(work, Permission.OWN_VISITS if party is Party.PATIENT else Permission.CLINICIAN_DAY)
    signed_in(work)
    booked = queries.booked(work, appointment_id, lock=lock, cancelled=cancelled)
    if booked is None or (party is not None and _party(work, booked) is not party):
        raise NotFound
    return booked


def _party(work: UnitOfWork, booked: Booked) -> Party:
    person_id = signed_in(work)
    if booked.patient.id == person_id:
        return Party.PATIENT
    if booked.clinician.person_id == person_id:
        return Party.CLINICIAN
    raise NotAllowed


def _with_consent(work: UnitOfWork, booked: Booked) -> None:
    """Nobody meets by video whose patient has taken their consent to it back."""
    if intake.consent_gone_at(work, booked.patient.id) is not None:
        raise Conflict("consent_taken_back")


def _refusal(was: Progress, work: UnitOfWork) -> ClinicError:
    return Conflict(_REFUSALS[rules.room_state(was, work.now)])


def _status(work: UnitOfWork, booked: Booked, party: Party) -> RoomStatus:
    visit = booked.visit or queries.visit_of(work, booked.appointment.id)
    now = progress(Booked(booked.appointment, booked.clinician, booked.offer, booked.patient, visit))
    patient_waits = rules.is_waiting(now, work.now)
    names = (booked.patient.name, booked.clinician.name)
    mine, others = names if party is Party.PATIENT else names[::-1]
    called = goes_by(booked.patient.name, booked.patient.preferred)
    there = visit is not None and queries.present(work, visit.id, Party.CLINICIAN)
    busy = not there and queries.clinician_elsewhere(work, booked.clinician.id, booked.appointment.id)
    return RoomStatus(
        state=rules.room_state(now, work.now),
        role=party,
        opens_at=rules.opens_at(now),
        starts_at=now.starts_at,
        ends_at=now.ends_at,
        self_name=mine,
        other_name=others,
        other_waiting=there if party is Party.PATIENT else patient_waits,
        waiting_since=now.waiting_since if patient_waits else None,
        admitted_at=visit.admitted_at if visit else None,
        zone=booked.patient.zone if party is Party.PATIENT else booked.clinician.zone,
        other_busy=party is Party.PATIENT and busy,
        other_portrait=booked.clinician.portrait if party is Party.PATIENT else "",
        consent_gone_at=intake.consent_gone_at(work, booked.patient.id),
        by_phone=visit is not None and rules.took_place_by_phone(now, visit.admitted_at),
        self_called=called if party is Party.PATIENT else "",
        other_called=called if party is Party.CLINICIAN else "",
    )


def _tell(work: UnitOfWork, action: str, booked: Booked, detail: dict[str, str | int | bool] | None = None) -> None:
    subject = ("visit", booked.appointment.public_id)
    audit.record(work, action, subject, patient_id=booked.patient.id, detail=detail)
