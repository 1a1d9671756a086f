"""Holding a time: one per visitor, few per address, guarded by the database. The law: docs/rules/holds.md."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError

from portal.clinic.access import Permission, require
from portal.clinic.errors import Conflict, HoldEnded, NotAllowed, NotFound, SlotTaken
from portal.clinic.practice import queries as practice
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import queries
from portal.clinic.scheduling.rules import holds, slots
from portal.clinic.scheduling.service.opening import day_plan
from portal.clinic.scheduling.tables import Appointment, Occupancy, Seat
from portal.clinic.scheduling.values import AppointmentStatus, HoldView, SlotKey, parse_slot_id, slot_id
from portal.storage import rows
from portal.storage.violations import violated
from portal.storage.work import UnitOfWork


def hold(work: UnitOfWork, wanted: str) -> HoldView:
    """Hold an offered time for this visitor; an earlier hold of theirs is let go. The same time again changes nothing.

    Raises:
        Invalid: that is no slot id.
        NotFound: no such clinician or service.
        SlotTaken: the time is not offered any more.
        Conflict: `too_many_holds` from this address, `own_time_taken` by another visit of the same patient.
    """
    require(work, Permission.BOOK_VISIT)
    if work.viewer.visitor is None and work.viewer.person_id is None:
        raise NotAllowed("no_cookie")
    key = parse_slot_id(wanted)
    clinician, offer = _locked(work, key)
    mine, stale = queries.own_and_stale_holds(work, clinician.id)
    live = _first_live(work, mine)
    if live is not None and _is_for(work, live, clinician, offer, key):
        return _view(work, live, clinician, offer)
    for over in {row.id: row for row in (*stale, *mine)}.values():
        free(work, over, AppointmentStatus.EXPIRED)
    work.db.flush()
    address = work.viewer.address
    if address and queries.holds_of_address(work, address) >= holds.MOST_PER_ADDRESS:
        raise Conflict("too_many_holds")
    plan = day_plan(work, clinician, offer, key.starts_at)
    if not slots.may_book(plan, key.starts_at, work.now):
        raise SlotTaken
    appointment = _write(work, clinician, offer, key)
    return _view(work, appointment, clinician, offer)


def current_hold(work: UnitOfWork) -> HoldView | None:
    """What this visitor or person holds now."""
    held = _live(work)
    if held is None:
        return None
    clinician, offer = work.db.get_one(Clinician, held.clinician_id), work.db.get_one(Offer, held.offer_id)
    return _view(work, held, clinician, offer)


def extend_hold(work: UnitOfWork) -> HoldView:
    """Keep the time longer, once, because the visitor asked.

    Raises:
        HoldEnded: there is none any more.
        Conflict: `hold_extended_before`.
    """
    held = _live_or_ended(work)
    if not holds.may_extend(held.extended):
        raise Conflict("hold_extended_before")
    held.held_until = holds.extended_until(held.held_until or work.now)
    held.extended += 1
    view = current_hold(work)
    assert view is not None
    return view


def renew_for_card_page(work: UnitOfWork, appointment_id: int) -> Appointment:
    """Opening the card page renews the hold, once; later pages live as long as the hold does.

    Raises:
        HoldEnded: it ran out.
    """
    held = work.db.get_one(Appointment, appointment_id, with_for_update=True)
    if held.status != AppointmentStatus.HELD or not held.held_until or held.held_until <= work.now:
        raise HoldEnded
    held.held_until = holds.renewed_until(work.now, held.held_until, held.renewed)
    held.renewed += 1
    return held


def release_hold(work: UnitOfWork) -> None:
    """Let the time go."""
    for own in queries.own_holds(work):
        free(work, own, AppointmentStatus.EXPIRED)


def adopt_hold(work: UnitOfWork, person_id: int) -> None:
    """Give the time that this visitor holds to the person who just signed in or up.

    When the person already has a visit at that time, the hold stays the visitor's and the card page is refused later.
    """
    held = next((row for row in queries.own_holds(work) if row.patient_id is None), None)
    if held is None or not held.held_until or held.held_until <= work.now:
        return
    try:
        with work.db.begin_nested():
            seat(work, held, person_id)
    except DBAPIError as problem:
        if violated(problem) != "seat_overlap":
            raise


def seat(work: UnitOfWork, appointment: Appointment, person_id: int) -> None:
    """Give a person their seat; the database refuses a second one at the same time."""
    appointment.patient_id = person_id
    work.db.add(Seat(**_seat(appointment, person_id)))
    work.db.flush()


def free(work: UnitOfWork, appointment: Appointment, status: AppointmentStatus) -> None:
    """Give the time back: the appointment gets `status`, and nobody is occupied by it any more."""
    appointment.status = status
    queries.occupancy_of(work, appointment.id).is_active = False
    for taken in queries.seats_of(work, appointment.id):
        taken.is_active = False


def expire_holds(work: UnitOfWork) -> list[str]:
    """Free every hold that has run out; returns the public ids of those appointments."""
    require(work, Permission.SYSTEM)
    stale = queries.stale_holds(work)
    for appointment in stale:
        free(work, appointment, AppointmentStatus.EXPIRED)
    return [appointment.public_id for appointment in stale]


def _locked(work: UnitOfWork, key: SlotKey) -> tuple[Clinician, Offer]:
    found = queries.lock_given(work, key.clinician_id, key.service_id)
    if found is None or not found[0].is_active or not found[1].is_active:
        raise NotFound
    return found


def _write(work: UnitOfWork, clinician: Clinician, offer: Offer, key: SlotKey) -> Appointment:
    """Appointment, what occupies the clinician, the patient's seat: three rows at once, the database has the word."""
    appointment = Appointment(
        clinician_id=clinician.id,
        offer_id=offer.id,
        status=AppointmentStatus.HELD,
        starts_at=key.starts_at,
        ends_at=key.starts_at + timedelta(minutes=offer.minutes),
        price_minor=offer.price_minor,
        currency=practice.currency(work),
        free_cancel_hours=offer.free_cancel_hours,
        late_fee_percent=offer.late_fee_percent,
        no_show_percent=offer.no_show_percent,
        pay_later=offer.pay_later,
        visitor=work.viewer.visitor,
        address=work.viewer.address,
        patient_id=work.viewer.person_id,
        held_until=work.now + holds.HOLD_LASTS,
        created_at=work.now,
    )
    try:
        _add(work, appointment)
        rows.write(work.db, Occupancy, _occupancy(appointment, offer))
        if appointment.patient_id is not None:
            rows.write(work.db, Seat, _seat(appointment, appointment.patient_id))
    except DBAPIError as problem:
        raise _taken(problem) from problem
    return appointment


def _add(work: UnitOfWork, appointment: Appointment) -> None:
    """Write the hold; one that the same visitor began in another tab at this very moment is let go for it."""
    if rows.insert(work.db, appointment, unless_there=True):
        return
    for own in queries.own_holds(work):
        free(work, own, AppointmentStatus.EXPIRED)
    work.db.flush()
    rows.insert(work.db, appointment)


def _taken(problem: DBAPIError) -> Exception:
    """Which guard refused, in the words of the practice."""
    refusals = {
        "occupancy_overlap": SlotTaken(),
        "seat_overlap": Conflict("own_time_taken"),
    }
    return refusals.get(violated(problem), problem)


def _occupancy(appointment: Appointment, offer: Offer) -> dict[str, Any]:
    return {
        "clinician_id": appointment.clinician_id,
        "appointment_id": appointment.id,
        "blocked_from": appointment.starts_at - timedelta(minutes=offer.buffer_before_minutes),
        "blocked_to": appointment.ends_at + timedelta(minutes=offer.buffer_after_minutes),
    }


def _seat(appointment: Appointment, person_id: int) -> dict[str, Any]:
    return {
        "appointment_id": appointment.id,
        "person_id": person_id,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
    }


def occupy(work: UnitOfWork, appointment: Appointment, offer: Offer) -> None:
    """Occupy the clinician, buffers included; the database refuses an overlap.

    Raises:
        SlotTaken: somebody was faster, whatever the rules had seen.
    """
    work.db.add(Occupancy(**_occupancy(appointment, offer)))
    try:
        work.db.flush()
    except DBAPIError as problem:
        raise (SlotTaken() if violated(problem) == "occupancy_overlap" else problem) from problem


def _live(work: UnitOfWork) -> Appointment | None:
    return _first_live(work, queries.own_holds(work))


def _first_live(work: UnitOfWork, held: list[Appointment]) -> Appointment | None:
    return next((row for row in held if row.held_until and row.held_until > work.now), None)


def _is_for(work: UnitOfWork, held: Appointment, clinician: Clinician, offer: Offer, key: SlotKey) -> bool:
    same = (held.clinician_id, held.offer_id, held.starts_at) == (clinician.id, offer.id, key.starts_at)
    return same and held.patient_id == work.viewer.person_id


def _live_or_ended(work: UnitOfWork) -> Appointment:
    held = _live(work)
    if held is None:
        raise HoldEnded
    return held


def _view(work: UnitOfWork, held: Appointment, clinician: Clinician, offer: Offer) -> HoldView:
    assert held.held_until is not None
    return HoldView(
        appointment_id=held.public_id,
        slot_id=slot_id(clinician.public_id, offer.public_id, held.starts_at),
        clinician=practice.clinician_card(clinician),
        offer=practice.offer_card(offer, held.currency),
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        held_until=held.held_until,
        can_extend=holds.may_extend(held.extended),
        price_minor=held.price_minor,
        currency=held.currency,
        is_mine=work.viewer.person_id is not None and held.patient_id == work.viewer.person_id,
    )
