"""What the money page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from portal.clinic.billing.values import Concern, LedgerSheet, NeedsLook, Posting
from portal.texts.catalogue import LOCALE, say
from portal.texts.documents.ledger import account_words, posting_kinds
from portal.texts.formats import moment_short, money


@dataclass(frozen=True)
class PostingCard:
    """What happened, and what it did to each account; empty where it did nothing."""

    key: str
    when: str
    what: str
    reference: str
    clinician: str
    patients: str
    card: str
    income: str


@dataclass(frozen=True)
class BalanceCard:
    """An account, what it means, what the month moved, and where it stands in all."""

    account: str
    meaning: str
    moved: str
    amount: str


@dataclass(frozen=True)
class LookCard:
    """Money that needs a look: what happened, and what to do."""

    public_id: str
    heading: str
    happened: str
    todo: str


@dataclass(frozen=True)
class Sheet:
    """The page but for its tables."""

    month: str = ""
    month_words: str = ""
    file: str = ""
    total: str = ""
    adds_up: bool = True
    began: bool = False


def month_words(month: str) -> str:
    """`2026-03` as `March 2026`."""
    return str(format_date(date.fromisoformat(f"{month}-01"), "LLLL yyyy", locale=LOCALE))


def sheet(found: LedgerSheet) -> Sheet:
    """What stands above the tables."""
    return Sheet(
        month=found.month,
        month_words=month_words(found.month),
        file=f"/api/ledger.csv?month={found.month}",
        total=money(found.total, found.currency),
        adds_up=found.total == 0,
        began=bool(found.balances),
    )


def balance_cards(found: LedgerSheet) -> list[BalanceCard]:
    """Every account, whether or not the month moved it."""
    in_all, moved = dict(found.balances), dict(found.moved)
    return [
        BalanceCard(
            name,
            meaning,
            _read(account, moved.get(account, 0), found.currency),
            _read(account, in_all.get(account, 0), found.currency),
        )
        for account, (name, meaning) in account_words().items()
    ]


def posting_card(one: Posting, zone: str) -> PostingCard:
    """A posting in words."""
    amounts = {
        account: _read(account, one.amounts[account], one.currency) if account in one.amounts else ""
        for account in account_words()
    }
    return PostingCard(
        key=f"{one.kind}:{one.reference}",
        when=moment_short(one.at, zone),
        what=posting_kinds().get(one.kind, one.kind),
        reference=one.reference[:8],
        clinician=one.clinician,
        **amounts,
    )


def look_card(one: NeedsLook, zone: str) -> LookCard:
    """What happened and what to do, for one piece of money."""
    amount, at = money(one.amount_minor, one.currency), moment_short(one.at, zone)
    names = {"amount": amount, "name": one.patient, "when": at}
    heading, happened, todo = {
        Concern.REFUND_FAILED: (
            say(LOCALE, "{amount} did not go back to {name}", **names),
            say(LOCALE, "The card processor said on {when} that the refund failed.", **names),
            say(LOCALE, "Ask {name} for another way and send {amount} yourself. It is still owed.", **names),
        ),
        Concern.REFUND_SLOW: (
            say(LOCALE, "{amount} is still on its way to {name}", **names),
            say(LOCALE, "The refund began on {when}, and the card processor has not said that it arrived.", **names),
            say(LOCALE, "Look it up at the card processor under the code below. We go on asking.", **names),
        ),
        Concern.PAYMENT_DIFFERS: (
            say(LOCALE, "Another amount than {amount} came from {name}", **names),
            say(LOCALE, "What was paid is not what was asked on {when}, so nothing was booked.", **names),
            say(LOCALE, "Look it up at the card processor and give the money back there, then tell {name}.", **names),
        ),
        Concern.PAYMENT_STUCK: (
            say(LOCALE, "Nobody knows whether {name} paid {amount}", **names),
            say(LOCALE, "The card page of {when} has had no answer from the card processor.", **names),
            say(LOCALE, "See whether the card processor can be reached, and look the payment up there.", **names),
        ),
    }[one.concern]
    return LookCard(one.public_id, heading, happened, todo)


def _read(account: str, minor: int, currency: str) -> str:
    """Income grows on the credit side; people read it as a plus."""
    return money(-minor if account == "income" else minor, currency)
