"""The ledger as the owner reads it, takes it away, and what in it needs a look. The law: docs/rules/money.md."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.billing import queries
from portal.clinic.billing.tables import LedgerLine
from portal.clinic.billing.values import Concern, LedgerRow, LedgerSheet, NeedsLook, Posting
from portal.clinic.errors import Invalid, NotFound
from portal.clinic.practice import service as practice
from portal.storage.work import UnitOfWork

_SLOW = timedelta(days=3)
_STUCK = timedelta(days=1)
_LOOKED_AFTER = {Concern.PAYMENT_DIFFERS: "payment.looked_after", Concern.PAYMENT_STUCK: "payment.looked_after"}


def ledger(work: UnitOfWork, month: str = "", most: int = 100) -> LedgerSheet:
    """Balances of all time and of one month (`2026-03`; empty is the present one), and the month's newest postings.

    Raises:
        Invalid: `month_unknown`.
    """
    require(work, Permission.READ_LEDGER)
    profile = practice.profile(work)
    month = month or f"{work.now.astimezone(ZoneInfo(profile.zone)):%Y-%m}"
    start, end = _month(month, profile.zone)
    rows = queries.ledger_lines(work, start, end)
    postings = _postings(rows)
    balances = queries.balances(work)
    return LedgerSheet(
        month=month,
        months=_months(work, profile.zone),
        postings=tuple(postings[:most]),
        more=len(postings) > most,
        balances=tuple(balances),
        moved=tuple(queries.balances(work, start, end)),
        currency=profile.currency,
        total=sum(amount for _, amount in balances),
    )


def export_ledger(work: UnitOfWork, month: str) -> list[LedgerRow]:
    """Every line of a month, oldest first, to be taken away; that is an entry in the trail.

    Raises:
        Invalid: `month_unknown`.
    """
    require(work, Permission.READ_LEDGER)
    rows = queries.ledger_lines(work, *_month(month, practice.profile(work).zone))
    found = [
        LedgerRow(line.at, line.posting, line.account, line.amount_minor, line.currency, clinician)
        for line, clinician in reversed(rows)
    ]
    audit.record(work, "ledger.export", ("ledger", month), detail={"month": month, "count": len(found)})
    return found


def needs_look(work: UnitOfWork) -> list[NeedsLook]:
    """Money that did not go its way: refunds that failed or take long, payments that differ or hang. Names whom."""
    require(work, Permission.MANAGE_PRACTICE)
    done = _looked_after(work)
    found = [*_refunds(work), *_payments(work)]
    return [one for one in found if (_LOOKED_AFTER.get(one.concern, "refund.looked_after"), one.public_id) not in done]


def look_after(work: UnitOfWork, public_id: str) -> None:
    """The owner has put it right by hand: it is no longer shown, and the trail says who did so.

    Raises:
        NotFound: nothing like this needs a look.
    """
    found = next((one for one in needs_look(work) if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    action = _LOOKED_AFTER.get(found.concern, "refund.looked_after")
    audit.record(work, action, (action.partition(".")[0], public_id), patient_id=found.patient_id)


def note_difference(work: UnitOfWork, payment_id: str) -> None:
    """A payment came with another amount or currency than was asked: nothing is booked, the owner must look."""
    require(work, Permission.SYSTEM)
    payment = queries.payment_row(work, payment_id)
    if payment is not None and payment_id not in audit.subjects(work, "payment.differs"):
        audit.record(work, "payment.differs", ("payment", payment_id), patient_id=payment.patient_id)


def _postings(rows: list[tuple[LedgerLine, str]]) -> list[Posting]:
    """Lines of one posting were written together, so they stand together."""
    found: list[Posting] = []
    for name, lines in groupby(rows, key=lambda row: row[0].posting):
        together = list(lines)
        amounts = {line.account: line.amount_minor for line, _ in together}
        kind, _, reference = name.partition(":")
        found.append(Posting(together[0][0].at, kind, reference, together[0][1], amounts, together[0][0].currency))
    return found


def _month(month: str, zone: str) -> tuple[datetime, datetime]:
    try:
        first = date.fromisoformat(f"{month}-01")
        after = (first + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError) as wrong:
        raise Invalid("month_unknown") from wrong
    if not 2000 <= first.year <= 2200:
        raise Invalid("month_unknown")
    begin, end = (datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC) for on in (first, after))
    return begin, end


def _months(work: UnitOfWork, zone: str) -> tuple[str, ...]:
    """From the present month back to the first line."""
    now, first = work.now.astimezone(ZoneInfo(zone)), queries.first_line(work)
    begin = (first or work.now).astimezone(ZoneInfo(zone))
    count = (now.year - begin.year) * 12 + now.month - begin.month
    months = [divmod(now.year * 12 + now.month - 1 - back, 12) for back in range(max(count, 0) + 1)]
    return tuple(f"{year}-{place + 1:02d}" for year, place in months)


def _refunds(work: UnitOfWork) -> list[NeedsLook]:
    return [
        NeedsLook(
            Concern.REFUND_FAILED if refund.status == "failed" else Concern.REFUND_SLOW,
            refund.public_id,
            refund.amount_minor,
            refund.currency,
            refund.settled_at or refund.created_at,
            person.id,
            person.name,
        )
        for refund, person in queries.refunds_not_arrived(work)
        if refund.status == "failed" or work.now >= refund.created_at + _SLOW
    ]


def _payments(work: UnitOfWork) -> list[NeedsLook]:
    differs = audit.subjects(work, "payment.differs")
    return [
        NeedsLook(
            Concern.PAYMENT_DIFFERS if payment.public_id in differs else Concern.PAYMENT_STUCK,
            payment.public_id,
            payment.amount_minor,
            payment.currency,
            payment.created_at,
            person.id,
            person.name,
        )
        for payment, person in queries.payments_under_way(work)
        if payment.public_id in differs or work.now >= payment.created_at + _STUCK
    ]


def _looked_after(work: UnitOfWork) -> set[tuple[str, str]]:
    actions = ("payment.looked_after", "refund.looked_after")
    return {(action, ref) for action in actions for ref in audit.subjects(work, action)}
