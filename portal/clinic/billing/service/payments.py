"""A payment from the first click to the ledger. Truth is what the processor says. The law: docs/rules/money.md."""

from __future__ import annotations

from datetime import timedelta

from portal.clinic import audit, outbox
from portal.clinic.access import Permission, require
from portal.clinic.billing import queries, rules
from portal.clinic.billing.service import papers, postings
from portal.clinic.billing.service.refunds import give_back
from portal.clinic.billing.tables import Payment
from portal.clinic.billing.values import (
    CheckoutOrder,
    OnMoney,
    OutcomeKind,
    PageState,
    PaymentOutcome,
    PaymentStatus,
    RefundReason,
)
from portal.clinic.errors import Conflict, NotFound
from portal.clinic.scheduling import queries as calendar
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus
from portal.storage.work import UnitOfWork

_PAGE_LASTS = timedelta(minutes=35)
_NOT_TAKEN = {RefundReason.SLOT_GONE, RefundReason.DUPLICATE}


def begin_payment(work: UnitOfWork, appointment_id: str | None = None) -> CheckoutOrder:
    """Start to pay for the held time, or what is owed for a visit; a second click finds the first.

    What it finds may be stale: a page that asks for another amount than is owed now, or is about to end.

    Raises:
        HoldEnded: the hold ran out.
        NotFound: no such visit of theirs.
        Conflict: `already_paid`, or `nothing_to_pay`: a free visit is booked as one to be paid later.
    """
    require(work, Permission.OWN_MONEY)
    appointment = _payable(work, appointment_id)
    under_way = queries.open_payment(work, appointment.id)
    stale = under_way is not None and _is_stale(work, appointment, under_way)
    if under_way is not None and stale and under_way.session_ref is None:
        under_way.status, under_way.settled_at, stale = PaymentStatus.EXPIRED, work.now, False
        under_way = None
    if under_way is None:
        under_way = _new_payment(work, appointment)
    return CheckoutOrder(
        payment_id=under_way.public_id,
        amount_minor=under_way.amount_minor,
        currency=under_way.currency,
        created_at=under_way.created_at,
        url=under_way.page_url,
        is_stale=stale,
    )


def attach_page(work: UnitOfWork, payment_id: str, session_ref: str, url: str) -> None:
    """Note the card page that the processor opened."""
    payment = _payment(work, payment_id)
    payment.session_ref, payment.page_url = session_ref, url
    payment.status = rules.advance(PaymentStatus(payment.status), PaymentStatus.OPEN)


def choose_pay_later(work: UnitOfWork) -> str:
    """Book the held time and pay after the visit, or never when it is free; returns the appointment's public id.

    Raises:
        HoldEnded: the hold ran out.
        Conflict: `pay_later_not_offered`.
    """
    held = scheduling.held_for_payment(work)
    if not held.pay_later and held.price_minor > 0:
        raise Conflict("pay_later_not_offered")
    _book(work, held, pays_later=held.price_minor > 0)
    return held.public_id


def session_of(work: UnitOfWork, payment_id: str) -> str | None:
    """The processor's name of the card page of one of the viewer's payments.

    Raises:
        NotFound: there is no such payment, or it is not theirs.
    """
    return _payment(work, payment_id).session_ref


def under_way(work: UnitOfWork) -> str | None:
    """The viewer's try to pay for the time that is held for them, when its end is not known yet."""
    require(work, Permission.OWN_MONEY)
    held = [row for row in calendar.own_holds(work) if row.patient_id == work.viewer.person_id]
    tries = (queries.open_payment(work, row.id) for row in held)
    return next((found.public_id for found in tries if found is not None), None)


def outcome(work: UnitOfWork, payment_id: str) -> PaymentOutcome:
    """Where a payment of the viewer stands, by what is known here.

    Raises:
        NotFound: there is no such payment, or it is not theirs.
    """
    payment = _payment(work, payment_id)
    return _outcome(work, payment, work.db.get_one(Appointment, payment.appointment_id))


def apply_page_state(work: UnitOfWork, payment_id: str, state: PageState) -> PaymentOutcome:
    """Take in what the processor says; news may come twice, late and in any order.

    Raises:
        Conflict: `amount_differs`: nothing is booked, the owner must look.
    """
    require(work, Permission.SYSTEM)
    payment = _payment(work, payment_id)
    appointment = work.db.get_one(Appointment, payment.appointment_id)
    calendar.lock_clinician_row(work, appointment.clinician_id)  # first the clinician, as whoever holds a time does
    work.db.refresh(appointment, with_for_update=True)
    work.db.refresh(payment, with_for_update=True)
    payment.checked_at, payment.declined = work.now, state.declined
    before = PaymentStatus(payment.status)
    if state.is_paid and before is not PaymentStatus.PAID:
        if (state.amount_minor, state.currency.upper()) != (payment.amount_minor, payment.currency.upper()):
            raise Conflict("amount_differs")
        booked = _money_came(work, payment, appointment, state)
        return _outcome(work, payment, appointment, newly_booked=booked)
    if state.is_expired and before in {PaymentStatus.CREATED, PaymentStatus.OPEN}:
        payment.status, payment.settled_at = PaymentStatus.EXPIRED, work.now
    return _outcome(work, payment, appointment)


def close_stale_pages(work: UnitOfWork) -> None:
    """Card pages whose time is no longer held are to be closed; tries that never got a page are over."""
    require(work, Permission.SYSTEM)
    for payment in queries.unsettled_payments(work):
        held = work.db.get_one(Appointment, payment.appointment_id).status != AppointmentStatus.EXPIRED
        if payment.session_ref is None and work.now >= payment.ends_at:
            payment.status, payment.settled_at = PaymentStatus.EXPIRED, work.now
        elif payment.session_ref is not None and not held:
            outbox.put(work, "checkout.close", f"close:{payment.public_id}", {"payment": payment.public_id})


def unsettled(work: UnitOfWork) -> list[str]:
    """Payments whose end is not known yet, for reconciliation."""
    require(work, Permission.SYSTEM)
    return [payment.public_id for payment in queries.unsettled_payments(work)]


def payment_of_session(work: UnitOfWork, session_ref: str) -> str | None:
    """The payment behind a card page."""
    require(work, Permission.SYSTEM)
    found = queries.payment_by_session(work, session_ref)
    return found.public_id if found else None


def _payable(work: UnitOfWork, appointment_id: str | None) -> Appointment:
    if appointment_id is None:
        held = scheduling.held_for_payment(work)
        if held.price_minor == 0:
            raise Conflict("nothing_to_pay")
        return held
    found = calendar.appointment_row(work, appointment_id, lock=True)
    if found is None or found.patient_id != work.viewer.person_id or found.status not in rules.CHARGED:
        raise NotFound
    if queries.paid_payments(work, found.id) or scheduling.cost_of(found) == 0:
        raise Conflict("already_paid")
    return found


def _is_stale(work: UnitOfWork, appointment: Appointment, payment: Payment) -> bool:
    if appointment.status == AppointmentStatus.HELD:
        return False
    return payment.amount_minor != scheduling.cost_of(appointment) or work.now >= payment.ends_at


def _new_payment(work: UnitOfWork, appointment: Appointment) -> Payment:
    if appointment.status == AppointmentStatus.HELD:
        scheduling.renew_for_card_page(work, appointment.id)
    payment = Payment(
        appointment_id=appointment.id,
        patient_id=appointment.patient_id or 0,
        amount_minor=scheduling.cost_of(appointment),
        currency=appointment.currency,
        created_at=work.now,
        ends_at=work.now + _PAGE_LASTS,
    )
    work.db.add(payment)
    work.db.flush()
    audit.record(work, "payment.begin", ("payment", payment.public_id), patient_id=payment.patient_id)
    return payment


def _money_came(work: UnitOfWork, payment: Payment, appointment: Appointment, state: PageState) -> bool:
    """Book the money, then the time if it can be had; otherwise the money goes back. Returns whether it was booked."""
    payment.status, payment.settled_at, payment.intent_ref = PaymentStatus.PAID, work.now, state.intent_ref
    postings.post(work, f"payment:{payment.public_id}", rules.card_payment(payment.amount_minor), appointment)
    audit.record(work, "payment.received", ("payment", payment.public_id), patient_id=payment.patient_id)
    others = [row for row in queries.paid_payments(work, appointment.id) if row.id != payment.id]
    deed = rules.on_money(AppointmentStatus(appointment.status), paid_before=bool(others))
    if deed is OnMoney.KEEP:
        _settle(work, payment, appointment)
        return False
    if deed is OnMoney.BOOK or (deed is OnMoney.PLACE and scheduling.place_late(work, appointment)):
        _book(work, appointment, pays_later=False)
        papers.issue(work, "receipt", appointment, payment.amount_minor, payment)
        return True
    reason = RefundReason.DUPLICATE if deed is OnMoney.GIVE_BACK_TWICE_PAID else RefundReason.SLOT_GONE
    _return(work, payment, payment.amount_minor, reason)
    return False


def _settle(work: UnitOfWork, payment: Payment, appointment: Appointment) -> None:
    """The payment of a visit that was booked before; what is beyond its cost goes back."""
    cost = scheduling.cost_of(appointment)
    if cost:
        papers.issue(work, "receipt", appointment, payment.amount_minor, payment)
    if payment.amount_minor > cost:
        cancelled = appointment.status == AppointmentStatus.CANCELLED
        reason = RefundReason.CANCELLED if cancelled else RefundReason.NO_SHOW
        _return(work, payment, payment.amount_minor - cost, reason)


def _return(work: UnitOfWork, payment: Payment, amount_minor: int, reason: RefundReason) -> None:
    """Give money back that nobody asked for, and tell why."""
    give_back(work, payment, amount_minor, reason)
    told = {"payment": payment.public_id, "reason": reason.value, "amount": amount_minor}
    outbox.put(work, "mail.paid_too_late", f"too_late:{payment.public_id}", told)


def _book(work: UnitOfWork, appointment: Appointment, *, pays_later: bool) -> None:
    scheduling.confirm(work, appointment, pays_later=pays_later)
    postings.post(work, f"charge:{appointment.public_id}", rules.charge(appointment.price_minor), appointment)
    papers.issue(work, "invoice", appointment, appointment.price_minor)


def _payment(work: UnitOfWork, public_id: str) -> Payment:
    found = queries.payment_row(work, public_id)
    if found is None:
        raise NotFound
    return found


def _outcome(
    work: UnitOfWork, payment: Payment, appointment: Appointment, *, newly_booked: bool = False
) -> PaymentOutcome:
    paid = payment.status == PaymentStatus.PAID
    reasons = {
        RefundReason(row.reason) for row in queries.refunds_of(work, appointment.id) if row.payment_id == payment.id
    }
    back = next(iter(reasons & _NOT_TAKEN), None)
    if paid:
        kind = OutcomeKind.REFUNDED if back else OutcomeKind.CONFIRMED
    elif payment.status == PaymentStatus.EXPIRED:
        kind = OutcomeKind.ABANDONED
    else:
        kind = OutcomeKind.DECLINED if payment.declined else OutcomeKind.WAITING
    return PaymentOutcome(
        kind=kind,
        appointment_id=appointment.public_id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        newly_booked=newly_booked,
        of_booked=appointment.confirmed_at is not None and payment.created_at > appointment.confirmed_at,
        back=back,
    )
