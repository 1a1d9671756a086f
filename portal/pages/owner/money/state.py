"""The ledger as the owner reads it."""

from __future__ import annotations

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import LedgerRow, LedgerSheet
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import PracticeProfile
from portal.pages.guard import allow, read
from portal.pages.owner.money.cards import BalanceCard, LineCard
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE, say
from portal.texts.formats import moment_short, money


class MoneyState(rx.State):
    """Newest ledger lines and the balance of each account."""

    lines: rx.Field[list[LineCard]] = rx.field(default_factory=list)
    balances: rx.Field[list[BalanceCard]] = rx.field(default_factory=list)
    total: rx.Field[str] = rx.field("")
    adds_up: rx.Field[bool] = rx.field(True)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.READ_LEDGER)
    async def load(self) -> None:
        """Fill the page."""
        sheet, profile = await read(_sheet)
        self.lines = [_line(place, row, profile.zone) for place, row in enumerate(sheet.rows)]
        self.balances = [_balance(account, amount, sheet.currency) for account, amount in sheet.balances]
        self.total, self.adds_up = money(sheet.total, sheet.currency), sheet.total == 0
        self.loaded = True


def _sheet(work: UnitOfWork) -> tuple[LedgerSheet, PracticeProfile]:
    return billing.ledger(work), practice.profile(work)


def _line(place: int, row: LedgerRow, zone: str) -> LineCard:
    kind, _, reference = row.posting.partition(":")
    what = _kinds().get(kind, kind)
    return LineCard(
        key=str(place),
        when=moment_short(row.at, zone),
        what=f"{what} · {reference[:8]}",
        account=_accounts().get(row.account, (row.account, ""))[0],
        amount=money(row.amount_minor, row.currency),
    )


def _balance(account: str, amount: int, currency: str) -> BalanceCard:
    name, meaning = _accounts().get(account, (account, ""))
    # Income grows on the credit side; people read it as a plus.
    return BalanceCard(name, meaning, money(-amount if account == "income" else amount, currency))


def _kinds() -> dict[str, str]:
    return {
        "charge": say(LOCALE, "Visit booked"),
        "payment": say(LOCALE, "Card payment"),
        "cancel": say(LOCALE, "Visit cancelled"),
        "refund": say(LOCALE, "Refund"),
    }


def _accounts() -> dict[str, tuple[str, str]]:
    return {
        "patients": (say(LOCALE, "Patients"), say(LOCALE, "what patients still owe")),
        "card": (say(LOCALE, "Card processor"), say(LOCALE, "what came in by card, less refunds")),
        "income": (say(LOCALE, "Income"), say(LOCALE, "what the practice has earned")),
    }
