"""What cancelling costs, and what not coming costs. The law: docs/rules/cancellation.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.clinic.scheduling.values import CancellationTerms, RefundDue


def refund_due(
    starts_at: datetime, now: datetime, price_minor: int, terms: CancellationTerms, currency: str
) -> RefundDue:
    """What is kept and what is let go when a patient cancels at `now`, before the start."""
    free_until = starts_at - timedelta(hours=max(0, terms.free_hours))
    is_free = now <= free_until
    keep = 0 if is_free else fee_of(price_minor, terms.late_percent)
    return RefundDue(free_until, is_free, keep, price_minor - keep, currency)


def due_by_practice(starts_at: datetime, price_minor: int, currency: str) -> RefundDue:
    """The same when the practice cancels: whenever it does, the patient pays nothing."""
    return RefundDue(starts_at, is_free=True, keep_minor=0, refund_minor=price_minor, currency=currency)


def due_after_no_show(starts_at: datetime, price_minor: int, terms: CancellationTerms, currency: str) -> RefundDue:
    """The same when the patient did not come."""
    free_until = starts_at - timedelta(hours=max(0, terms.free_hours))
    keep = fee_of(price_minor, terms.no_show_percent)
    return RefundDue(free_until, is_free=False, keep_minor=keep, refund_minor=price_minor - keep, currency=currency)


def kept_of(price_minor: int, terms: CancellationTerms, starts_at: datetime, cancelled_at: datetime, who: str) -> int:
    """What is kept of a visit that was cancelled then; `who` is `patient` or `practice`."""
    return refund_due(starts_at, cancelled_at, price_minor, terms, "").keep_minor if who == "patient" else 0


def may_cancel(now: datetime, starts_at: datetime) -> bool:
    """Whether there is still something to cancel; from its start on a visit happens or is missed."""
    return now < starts_at


def fee_of(price_minor: int, percent: int) -> int:
    """A percentage of a price, rounded down to whole minor units: never in the practice's favour."""
    return price_minor * max(0, min(100, percent)) // 100
