"""The words of the ledger, and the ledger as a list to be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from portal.clinic.billing.values import LedgerRow
from portal.texts.catalogue import LOCALE, say
from portal.texts.documents.listing import csv_file
from portal.texts.formats import decimals


def posting_kinds() -> dict[str, str]:
    """What happened, by the first half of a posting's name."""
    return {
        "charge": say(LOCALE, "Visit booked"),
        "payment": say(LOCALE, "Card payment"),
        "cancel": say(LOCALE, "Visit cancelled"),
        "no_show": say(LOCALE, "Visit missed"),
        "refund": say(LOCALE, "Refund"),
    }


def account_words() -> dict[str, tuple[str, str]]:
    """Each account and what it means."""
    return {
        "patients": (say(LOCALE, "Patients"), say(LOCALE, "what patients still owe")),
        "card": (say(LOCALE, "Card processor"), say(LOCALE, "what came in by card, less refunds")),
        "income": (say(LOCALE, "Income"), say(LOCALE, "what the practice has earned")),
    }


def ledger_file(rows: Iterable[LedgerRow], zone: str) -> bytes:
    """Every line with its sign as booked: a debit is positive, and a posting comes to zero."""
    heads = [
        say(LOCALE, "Date"),
        say(LOCALE, "Time"),
        say(LOCALE, "What"),
        say(LOCALE, "Reference"),
        say(LOCALE, "Therapist"),
        say(LOCALE, "Account"),
        say(LOCALE, "Amount"),
        say(LOCALE, "Currency"),
    ]
    return csv_file(heads, (_row(row, zone) for row in rows))


def _row(row: LedgerRow, zone: str) -> list[str | Decimal]:
    local = row.at.astimezone(ZoneInfo(zone))
    kind, _, reference = row.posting.partition(":")
    return [
        f"{local:%Y-%m-%d}",
        f"{local:%H:%M}",
        posting_kinds().get(kind, kind),
        reference,
        row.clinician,
        account_words().get(row.account, (row.account, ""))[0],
        Decimal(row.amount_minor).scaleb(-decimals(row.currency)),
        row.currency,
    ]
