"""What the checkout holds: the time that is kept, and how it is to be paid."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import reflex as rx

from portal import routes
from portal.clinic.access import Permission, may
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import OutcomeKind
from portal.clinic.errors import Conflict, HoldEnded, NotFound
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import HoldView
from portal.errands import pay
from portal.gateways.payments import PaymentsError, PaymentsRefused
from portal.pages.guard import allow, read, transact, viewer
from portal.pages.public.checkout.cards import CARD, LATER, CheckoutView, held_card
from portal.pages.public.holding import TAKEN, book_address, hold_time
from portal.pages.session import SessionState
from portal.storage.work import UnitOfWork
from portal.wiring import parts


class CheckoutState(rx.State):
    """One held time on its way to a booked visit."""

    view: rx.Field[CheckoutView] = rx.field(default_factory=CheckoutView)
    way: rx.Field[str] = rx.field("")
    returning: rx.Field[bool] = rx.field(False)
    busy: rx.Field[bool] = rx.field(False)
    problem: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def load(self) -> Any:
        """Show what is kept for this visitor; coming back from the card page, say how that went."""
        self.busy, self.problem = False, ""
        await self._look()
        payment = self.router.url.query_parameters.get("payment", "")[:40] or None
        if self.view.stage == "pay":
            payment = await read(billing.under_way)
        return await self._after_card_page(payment) if payment and self.view.stage in {"pay", "none"} else None

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def retell(self) -> None:
        """Tell the time in the zone that has just become known."""
        if not self.view.over:
            await self._look()

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def keep_longer(self) -> None:
        """Ten more minutes."""
        try:
            await transact(scheduling.extend_hold)
        except HoldEnded:
            self.view, self.problem = replace(self.view, over=True), ""
        except Conflict as refusal:
            self.problem = refusal.code
        else:
            await self._look()

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def time_is_up(self) -> None:
        """The countdown reached zero; a device whose clock is fast is told the truth."""
        before = self.view
        await self._look()
        if self.view.stage == "none":
            self.view, self.problem = replace(before, over=True), ""

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def keep_again(self) -> Any:
        """Keep the same time anew after it ran out."""
        held = self.view.held
        refusal = await hold_time(held.slot_id)
        if refusal == TAKEN:
            return rx.redirect(book_address(held.slug, gone=held.slot_id))
        self.problem = refusal
        if not refusal:
            await self._look()
        return None

    @rx.event
    @allow(Permission.BOOK_VISIT)
    async def let_go(self) -> Any:
        """Give the time back."""
        await transact(scheduling.release_hold)
        return rx.redirect(self.view.held.times_href or routes.HOME)

    @rx.event
    @allow(Permission.ANYBODY)
    async def choose_way(self, way: str) -> None:
        """By card now, or after the visit."""
        if way in {one.value for one in self.view.held.ways}:
            self.way = way

    @rx.event
    @allow(Permission.ANYBODY)
    async def switch_form(self) -> None:
        """Between making an account and signing in."""
        self.returning = not self.returning

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def book(self) -> AsyncIterator[Any]:
        """Pay on the card page, or book and pay later; pressed twice, it happens once."""
        if self.busy:
            return
        self.busy, self.problem = True, "declined" if self.problem == "declined" else ""
        yield
        onward = await self._book()
        self.busy = onward is not None
        yield onward

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def book_unpaid(self) -> Any:
        """After a card was declined: book, and pay after the visit instead."""
        self.way = LATER
        return CheckoutState.book

    @rx.event
    @allow(Permission.OWN_MONEY)
    async def book_by_card(self) -> Any:
        """After a card was declined: back to the card page."""
        self.way = CARD
        return CheckoutState.book

    async def _look(self) -> None:
        session = await self.get_state(SessionState)
        self.view = await read(_checkout, session.zone, parts().payments is not None)
        ways = [one.value for one in self.view.held.ways]
        self.way = self.way if self.way in ways else next(iter(ways), "")

    async def _book(self) -> Any:
        """Where to go on, or None with the problem named."""
        shown = self.view.held.slot_id
        kept = await read(scheduling.current_hold)
        if kept is not None and kept.slot_id != shown:  # chosen in another tab: nobody pays for what is not before them
            await self._look()
            self.problem = "other_time"
            return None
        try:
            if self.way == LATER:
                booked = await pay.pay_later(parts(), viewer())
                return rx.redirect(f"{routes.BOOKED}?appointment={booked}")
            return rx.redirect(await pay.open_card_page(parts(), viewer()))
        except HoldEnded:
            self.view, self.problem = replace(self.view, over=True), ""
        except PaymentsRefused:
            self.problem = "cards_refused"
        except PaymentsError:
            self.problem = "cards_silent"
        except Conflict as refusal:
            self.problem = refusal.code
        return None

    async def _after_card_page(self, payment: str) -> Any:
        try:
            outcome = await pay.settle_own_payment(parts(), viewer(), payment)
        except (NotFound, PaymentsError):
            return None
        if outcome.kind in {OutcomeKind.CONFIRMED, OutcomeKind.REFUNDED}:
            return rx.redirect(f"{routes.CHECKOUT_RETURN}?payment={payment}", replace=True)
        self.problem = "declined" if outcome.kind is OutcomeKind.DECLINED else "came_back"
        return None


def _checkout(work: UnitOfWork, zone: str, takes_cards: bool) -> CheckoutView:
    held = scheduling.current_hold(work)
    if held is None:
        return CheckoutView("none")
    card = held_card(held, zone, work.now, takes_cards=takes_cards)
    return CheckoutView(_stage(work, held), held=card)


def _stage(work: UnitOfWork, held: HoldView) -> str:
    if work.viewer.person_id is None:
        return "about"
    if not may(work.viewer, Permission.OWN_MONEY):
        return "staff"
    return "pay" if held.is_mine else "clash"
