"""What is true of money: postings that sum to zero, statuses that only go forward. The law: docs/rules/money.md."""

from __future__ import annotations

from portal.clinic.billing.values import Account, Line, OnMoney, PaidStatus, PaymentStatus
from portal.clinic.scheduling.values import AppointmentStatus

BOOKED = frozenset({AppointmentStatus.CONFIRMED, AppointmentStatus.FINISHED, AppointmentStatus.NO_SHOW})
CHARGED = BOOKED | {AppointmentStatus.CANCELLED}  # what was booked once and may still cost something
_RANK = {PaymentStatus.CREATED: 0, PaymentStatus.OPEN: 1, PaymentStatus.EXPIRED: 2, PaymentStatus.PAID: 3}


def charge(price: int) -> tuple[Line, ...]:
    """A visit is booked: the patient owes, the practice has earned."""
    return Line(Account.PATIENTS, price), Line(Account.INCOME, -price)


def card_payment(amount: int) -> tuple[Line, ...]:
    """A card was charged: the processor holds it, the patient owes that much less."""
    return Line(Account.CARD, amount), Line(Account.PATIENTS, -amount)


def cancellation(price: int, keep: int) -> tuple[Line, ...]:
    """A visit is cancelled: all but what is kept is not earned and not owed."""
    return Line(Account.INCOME, price - keep), Line(Account.PATIENTS, keep - price)


def due(status: AppointmentStatus, cost: int, paid: int) -> int:
    """What is still to be paid for a visit that costs so much; one payment settles it."""
    return cost if status in CHARGED and not paid else 0


def refund(amount: int) -> tuple[Line, ...]:
    """Money went back to the card."""
    return Line(Account.PATIENTS, amount), Line(Account.CARD, -amount)


def on_money(status: AppointmentStatus, *, paid_before: bool) -> OnMoney:
    """What to do with money that came in, by what has become of the time meanwhile. Nothing is kept without a time."""
    if status in CHARGED:
        return OnMoney.GIVE_BACK_TWICE_PAID if paid_before else OnMoney.KEEP
    if status is AppointmentStatus.HELD:
        return OnMoney.BOOK
    return OnMoney.PLACE


def advance(current: PaymentStatus, seen: PaymentStatus) -> PaymentStatus:
    """A payment never goes back, whatever order news come in; paid is last, for money that came is money."""
    return seen if _RANK[seen] > _RANK[current] else current


def refundable(paid: int, keep: int, refunded_before: int) -> int:
    """What goes back to the card: what was paid beyond what is kept, and never more than is still there."""
    return max(0, min(paid - keep, paid - refunded_before))


def paid_status(*, owed: int, paid: int, refunded: int, refund_pending: int, pays_later: bool) -> PaidStatus:
    """The one word for the money of a visit. Where nothing is owed, all is paid."""
    if refund_pending:
        return PaidStatus.REFUND_PENDING
    if refunded and refunded >= paid:
        return PaidStatus.REFUNDED
    if refunded:
        return PaidStatus.PART_REFUNDED
    if paid or owed == 0:
        return PaidStatus.PAID
    return PaidStatus.PAYS_LATER if pays_later else PaidStatus.UNPAID
