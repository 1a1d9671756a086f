"""The ledger: balances first, then the newest lines."""

from __future__ import annotations

import reflex as rx

from portal.components.layout import chapter
from portal.components.notices import empty, notice, skeleton
from portal.components.tables import Column, cell, table, table_row
from portal.components.words import heading, lead, small, strong
from portal.pages.owner.frame import framed
from portal.pages.owner.money.cards import BalanceCard, LineCard
from portal.pages.owner.money.state import MoneyState
from portal.texts import t


def money() -> rx.Component:
    """The page."""
    return framed(
        heading(t("Money")),
        lead(t("Every sum stands here twice, once where it came from and once where it went.")),
        rx.cond(MoneyState.loaded, _sheet(), skeleton(t("The ledger is being read"), rows=2)),
        active="money",
    )


def _sheet() -> rx.Component:
    return rx.cond(
        MoneyState.lines.length() > 0,
        rx.fragment(_balances(), _lines()),
        empty(t("No money has moved yet"), t("As soon as somebody books a visit, the first lines stand here.")),
    )


def _balances() -> rx.Component:
    even = notice("positive", t("The ledger balances: everything together comes to {total}.", total=MoneyState.total))
    uneven = notice(
        "danger",
        t("The ledger does not balance: everything together comes to {total}. Call support.", total=MoneyState.total),
    )
    return chapter(
        t("Where it stands"),
        rx.cond(MoneyState.adds_up, even, uneven),
        table(
            [t("Account"), t("What it means"), Column(t("Amount"), number=True)],
            rx.foreach(MoneyState.balances, _balance),
            caption=t("Balance of each account"),
            kind="grid-t",
        ),
    )


def _balance(card: BalanceCard) -> rx.Component:
    return table_row(cell(strong(card.account), head=True), cell(small(card.meaning)), cell(card.amount, number=True))


def _lines() -> rx.Component:
    return chapter(
        t("Newest lines"),
        table(
            [t("When"), t("What"), t("Account"), Column(t("Amount"), number=True)],
            rx.foreach(MoneyState.lines, _line),
            caption=t("The newest ledger lines, newest first"),
            kind="audit",
        ),
    )


def _line(card: LineCard) -> rx.Component:
    return table_row(cell(card.when, head=True), cell(card.what), cell(card.account), cell(card.amount, number=True))
