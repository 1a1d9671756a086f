"""Paying: a card page is opened, looked at and closed between two short transactions, never inside one."""

from __future__ import annotations

from portal.clinic.billing import service as billing
from portal.clinic.billing.values import OutcomeKind, PageState, PaymentOutcome, RefundOrder
from portal.clinic.intake import service as intake
from portal.clinic.scheduling import queries as calendar
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import RefundDue
from portal.clinic.visits import service as visits
from portal.gateways.payments import (
    CHECKOUT_STAYS_OPEN,
    CheckoutRequest,
    CheckoutState,
    CheckoutStatus,
    PaidStatus,
    Payments,
    PaymentsUnavailable,
    RefundRequest,
    RefundStatus,
)
from portal.routes import CHECKOUT, CHECKOUT_RETURN, PATIENT_VISIT
from portal.storage.work import SYSTEM, UnitOfWork, Viewer
from portal.wiring import Parts

_FAILED = {RefundStatus.FAILED, RefundStatus.CANCELED}


async def open_card_page(parts: Parts, viewer: Viewer, appointment_id: str | None = None) -> str:
    """The address of the card page for the viewer's held time, or for a visit of which something is still owed.

    A second call for the same time answers with the same page.

    Raises:
        HoldEnded: the hold ran out.
        PaymentsUnavailable: the processor does not answer, or none is set up; nothing was charged.
        PaymentsRefused: the processor said no.
    """
    gateway = _gateway(parts)
    order = await parts.database.transact(viewer, billing.begin_payment, appointment_id)
    if order.is_stale:
        await close_card_page(parts, order.payment_id)
        order = await parts.database.transact(viewer, billing.begin_payment, appointment_id)
    if order.url is not None:
        return order.url
    back = f"{parts.settings.address}{CHECKOUT_RETURN}?payment={order.payment_id}"
    page = await gateway.open_checkout(
        CheckoutRequest(
            payment_id=order.payment_id,
            amount_minor=order.amount_minor,
            currency=order.currency,
            success_url=back,
            cancel_url=f"{parts.settings.address}{_left(appointment_id, order.payment_id)}",
            expires_at=order.created_at + CHECKOUT_STAYS_OPEN,
        )
    )
    await parts.database.transact(viewer, billing.attach_page, order.payment_id, page.session_id, page.url)
    return page.url


async def pay_later(parts: Parts, viewer: Viewer) -> str:
    """Book the held time now and pay after the visit; returns the appointment.

    Raises:
        HoldEnded: the hold ran out.
        Conflict: `pay_later_not_offered`.
    """
    return await parts.database.transact(viewer, _book_unpaid)


async def settle_payment(parts: Parts, payment_id: str) -> PaymentOutcome:
    """Ask the processor how a card page stands, and take that in. For the practice's own jobs.

    Raises:
        NotFound: there is no such payment.
        PaymentsUnavailable: the processor does not answer; ask again.
    """
    session = await parts.database.read(SYSTEM, billing.session_of, payment_id)
    if session is None:
        return await parts.database.read(SYSTEM, billing.outcome, payment_id)
    state = await _gateway(parts).checkout(session)
    return await parts.database.transact(SYSTEM, _take_in, payment_id, _page_state(state))


async def settle_own_payment(parts: Parts, viewer: Viewer, payment_id: str) -> PaymentOutcome:
    """The same for the page to which a patient comes back; only their own payments are there.

    Raises:
        NotFound: there is no such payment of theirs.
    """
    known = await parts.database.read(viewer, billing.outcome, payment_id)
    if known.kind in {OutcomeKind.CONFIRMED, OutcomeKind.REFUNDED}:
        return known
    return await settle_payment(parts, payment_id)


async def close_card_page(parts: Parts, payment_id: str) -> None:
    """Close a card page whose hold has ended; when it was paid a moment before, that counts."""
    session = await parts.database.read(SYSTEM, billing.session_of, payment_id)
    if session is not None:
        state = await _gateway(parts).expire_checkout(session)
        await parts.database.transact(SYSTEM, _take_in, payment_id, _page_state(state))


async def cancel(parts: Parts, viewer: Viewer, appointment_id: str) -> RefundDue:
    """Cancel a booked visit; a refund follows by the outbox.

    Raises:
        NotFound: no such visit of theirs.
        TooLate: it has begun, or is not booked any more.
    """
    return await parts.database.transact(viewer, billing.cancel_visit, appointment_id)


async def send_refund(parts: Parts, refund_id: str) -> None:
    """Ask the processor for a refund, or how it stands when it was asked before."""
    order = await parts.database.read(SYSTEM, billing.refund_order, refund_id)
    if order is None:
        return
    state = await _ask(_gateway(parts), order)
    status = "succeeded" if state.status is RefundStatus.SUCCEEDED else "pending"
    status = "failed" if state.status in _FAILED else status
    await parts.database.transact(SYSTEM, billing.note_refund, refund_id, state.id, status)


async def _ask(gateway: Payments, order: RefundOrder):  # noqa: ANN202 - the gateway's own answer
    if order.refund_ref is not None:
        return await gateway.refund_state(order.refund_ref)
    return await gateway.refund(RefundRequest(order.refund_id, order.intent_ref, order.amount_minor))


def _left(appointment_id: str | None, payment_id: str) -> str:
    """Where the card page leads whoever leaves it without paying."""
    return f"{PATIENT_VISIT}?id={appointment_id}&payment={payment_id}" if appointment_id else CHECKOUT


def _gateway(parts: Parts) -> Payments:
    if parts.payments is None:
        raise PaymentsUnavailable("not_set_up")
    return parts.payments


def _page_state(state: CheckoutState) -> PageState:
    return PageState(
        is_paid=state.payment_status is PaidStatus.PAID,
        is_expired=state.status is CheckoutStatus.EXPIRED,
        amount_minor=state.amount_minor,
        currency=state.currency,
        intent_ref=state.payment_intent,
        declined=state.decline is not None,
    )


def _take_in(work: UnitOfWork, payment_id: str, state: PageState) -> PaymentOutcome:
    outcome = billing.apply_page_state(work, payment_id, state)
    if outcome.newly_booked:
        _prepare(work, outcome.appointment_id)
    return outcome


def _book_unpaid(work: UnitOfWork) -> str:
    appointment_id = billing.choose_pay_later(work)
    _prepare(work, appointment_id)
    return appointment_id


def _prepare(work: UnitOfWork, appointment_id: str) -> None:
    """What a booked visit needs: its forms and its room."""
    row = calendar.appointment_row(work, appointment_id)
    assert row is not None
    intake.open_packet(work, row)
    visits.ensure_visit(work, row)


async def free_stale_holds(parts: Parts) -> None:
    """Give times back whose hold has run out, and have their card pages closed."""

    def sweep(work: UnitOfWork) -> None:
        scheduling.expire_holds(work)
        billing.close_stale_pages(work)

    await parts.database.transact(SYSTEM, sweep)
