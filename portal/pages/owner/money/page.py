"""The ledger: what needs a look first, then the balances, then a month's postings."""

from __future__ import annotations

import reflex as rx

from portal.components.buttons import calm, file_link
from portal.components.fields import select
from portal.components.layout import chapter, split, stack
from portal.components.notices import empty, notice, skeleton
from portal.components.tables import Column, cell, table, table_row
from portal.components.words import code, heading, hidden, lead, small, strong
from portal.pages.owner.frame import framed
from portal.pages.owner.money.cards import BalanceCard, LookCard, PostingCard
from portal.pages.owner.money.state import MoneyState
from portal.texts import t

_INLINE = "max-lg:inline max-lg:font-[400]"  # where the table stacks, beside its word


def money() -> rx.Component:
    """The page."""
    return framed(
        heading(t("Money")),
        lead(t("Every sum stands here twice, once where it came from and once where it went.")),
        rx.cond(
            MoneyState.loaded,
            stack(_looks(), _sheet(), gap="section"),
            skeleton(t("The ledger is being read"), rows=2),
        ),
        active="money",
        on_unmount=MoneyState.leave,
    )


def _looks() -> rx.Component:
    return rx.cond(
        MoneyState.looks.length() > 0,
        chapter(t("Needs a look"), rx.foreach(MoneyState.looks, _look)),
    )


def _look(card: LookCard) -> rx.Component:
    return notice(
        "danger",
        rx.el.p(strong(card.heading)),
        rx.el.p(card.happened, " ", card.todo),
        small(t("Code at the card processor:"), " ", code(card.public_id)),
        calm(
            t("I have put this right"),
            aria_label=t("I have put this right: {what}", what=card.heading),
            on_click=MoneyState.look_after(card.public_id),
        ),
        key=card.public_id,
    )


def _sheet() -> rx.Component:
    return rx.cond(
        MoneyState.sheet.began,
        stack(_balances(), _month(), gap="section"),
        empty(t("No money has moved yet"), t("As soon as somebody books a visit, the first lines stand here.")),
    )


def _balances() -> rx.Component:
    total = MoneyState.sheet.total
    even = notice("positive", t("The ledger balances: everything together comes to {total}.", total=total))
    uneven = notice(
        "danger",
        t("The ledger does not balance: everything together comes to {total}. Call support.", total=total),
    )
    heads = [
        t("Account"),
        Column(MoneyState.sheet.month_words, number=True),
        Column(t("In all"), number=True),
    ]
    return chapter(
        t("Where it stands"),
        rx.cond(MoneyState.sheet.adds_up, even, uneven),
        table(heads, rx.foreach(MoneyState.balances, _balance), caption=t("Balance of each account"), kind="grid-t"),
    )


def _balance(card: BalanceCard) -> rx.Component:
    return table_row(
        cell(strong(card.account), small(card.meaning), head=True),
        cell(card.moved, number=True),
        cell(strong(card.amount), number=True),
    )


def _month() -> rx.Component:
    heads = [
        t("When"),
        t("What"),
        t("Therapist"),
        Column(t("Patients owe"), number=True),
        Column(t("Card"), number=True),
        Column(t("Income"), number=True),
    ]
    sheet = MoneyState.sheet
    return chapter(
        t("Month by month"),
        split(
            rx.el.div(
                select("month", t("Month"), MoneyState.months, value=sheet.month, on_change=MoneyState.choose_month),
                class_name="w-60 max-w-full",
            ),
            file_link(t("Download {month} as CSV", month=sheet.month_words), sheet.file),
            class_name="items-end!",
        ),
        rx.cond(
            MoneyState.postings.length() > 0,
            stack(
                table(heads, rx.foreach(MoneyState.postings, _posting), caption=sheet.month_words, kind="audit"),
                rx.cond(MoneyState.more, calm(t("Show older"), wide=True, on_click=MoneyState.show_more)),
            ),
            rx.el.p(t("Nothing moved in {month}.", month=sheet.month_words)),
        ),
    )


def _posting(card: PostingCard) -> rx.Component:
    return table_row(
        cell(card.when, head=True),
        cell(card.what, " ", small(card.reference, class_name=_INLINE)),
        cell(card.clinician),
        _amount(t("Patients owe"), card.patients),
        _amount(t("Card"), card.card),
        _amount(t("Income"), card.income),
        key=card.key,
    )


def _amount(name: rx.Var[str], amount: rx.Var[str] | str) -> rx.Component:
    """Where the table stacks there are no heads, so the amount says its account itself."""
    words = rx.fragment(rx.el.span(name, " ", class_name="lg:hidden"), amount)
    return cell(rx.cond(amount != "", words, hidden(t("nothing"))), number=True)
