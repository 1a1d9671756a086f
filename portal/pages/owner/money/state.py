"""The ledger as the owner reads it; the month stands in the address."""

from __future__ import annotations

from contextlib import suppress

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.errors import Invalid, NotFound
from portal.clinic.practice import service as practice
from portal.components.cards import Option
from portal.pages.guard import allow, read, transact
from portal.pages.owner.money.cards import (
    BalanceCard,
    LookCard,
    PostingCard,
    Sheet,
    balance_cards,
    look_card,
    month_words,
    posting_card,
    sheet,
)
from portal.routes import PRACTICE_MONEY
from portal.storage.work import UnitOfWork

_A_PAGE = 100


class MoneyState(rx.State):
    """What needs a look, the balances, and the postings of a month."""

    looks: rx.Field[list[LookCard]] = rx.field(default_factory=list)
    postings: rx.Field[list[PostingCard]] = rx.field(default_factory=list)
    balances: rx.Field[list[BalanceCard]] = rx.field(default_factory=list)
    months: rx.Field[list[Option]] = rx.field(default_factory=list)
    sheet: rx.Field[Sheet] = rx.field(default_factory=Sheet)
    more: rx.Field[bool] = rx.field(False)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.READ_LEDGER)
    async def load(self) -> None:
        """Fill the page with the month in the address, or with the present one."""
        await self._fill(self.router.url.query_parameters.get("month", "")[:7], _A_PAGE)
        self.looks = await read(_looks)
        self.loaded = True

    @rx.event
    @allow(Permission.READ_LEDGER)
    async def choose_month(self, month: str) -> object:
        """Show another month."""
        return rx.redirect(f"{PRACTICE_MONEY}?month={month[:7]}")

    @rx.event
    @allow(Permission.READ_LEDGER)
    async def show_more(self) -> None:
        """Show older postings of the month below."""
        await self._fill(self.sheet.month, len(self.postings) + _A_PAGE)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def look_after(self, public_id: str) -> None:
        """It is put right by hand: it need not be shown any more."""
        with suppress(NotFound):  # somebody was quicker, or it has come right by itself
            await transact(billing.look_after, public_id)
        self.looks = await read(_looks)

    @rx.event
    @allow(Permission.READ_LEDGER)
    async def leave(self) -> None:
        """Names are here only while they are on the screen."""
        self.looks, self.postings, self.loaded = [], [], False

    async def _fill(self, month: str, most: int) -> None:
        try:
            found = await read(billing.ledger, month, most)
        except Invalid:
            found = await read(billing.ledger, "", most)
        zone = (await read(practice.profile)).zone
        self.sheet, self.balances = sheet(found), balance_cards(found)
        self.postings = [posting_card(one, zone) for one in found.postings]
        self.months = [Option(each, month_words(each)) for each in found.months]
        if found.month not in found.months:
            self.months = [Option(found.month, month_words(found.month)), *self.months]
        self.more = found.more


def _looks(work: UnitOfWork) -> list[LookCard]:
    zone = practice.profile(work).zone
    return [look_card(one, zone) for one in billing.needs_look(work)]
