"""The last step of the checkout: to the card page and back, and what may come between."""

from __future__ import annotations

import asyncio

import pytest

from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus
from portal.gateways.payments import CheckoutStatus
from portal.pages.public.checkout.state import CheckoutState
from tests.support.tabs import wire


def booked(database, kept):
    return database.run_read(kept.patient.viewer, scheduling.mine)


def test_paying_leads_to_the_card_page_once_however_often_it_is_pressed(keep, cards):
    async def go():
        kept = keep()
        await kept.load()
        return await kept.tab.call(CheckoutState.book), await kept.tab.call(CheckoutState.book)

    first, second = asyncio.run(go())
    assert first == [f"https://cards.example/cs_{cards.opened[0].payment_id}"]
    assert second == []
    assert len(cards.opened) == 1


def test_a_time_chosen_in_another_tab_is_shown_before_it_is_paid(there, keep, cards, sqlite_database):
    async def go():
        kept = keep()
        await kept.load()
        other = there.free(sqlite_database)[0]
        sqlite_database.run(kept.tab.viewer, scheduling.hold, other)
        led_to = await kept.tab.call(CheckoutState.book)
        state = await kept.tab.state(CheckoutState)
        shown = (state.problem, state.view.held.slot_id == other)
        return led_to, shown, await kept.tab.call(CheckoutState.book)

    led_to, shown, [then] = asyncio.run(go())
    assert (led_to, shown) == ([], ("other_time", True))
    assert then.startswith("https://cards.example/")
    assert len(cards.opened) == 1


def test_a_card_company_that_does_not_answer_costs_nothing(keep, cards):
    cards.silent = True

    async def go():
        kept = keep()
        state = await kept.load()
        led_to = await kept.tab.call(CheckoutState.book)
        return led_to, state.problem, state.busy, state.view.stage

    assert asyncio.run(go()) == ([], "cards_silent", False, "pay")


def test_a_hold_that_ended_before_the_press_is_told(keep, clock, cards):
    async def go():
        kept = keep()
        state = await kept.load()
        clock.advance(minutes=16)
        return await kept.tab.call(CheckoutState.book), state.view.over

    assert asyncio.run(go()) == ([], True)
    assert cards.opened == []


@pytest.mark.parametrize(("decline", "problem"), [("card_declined", "declined"), (None, "came_back")])
def test_coming_back_from_the_card_page_keeps_the_time(keep, cards, decline, problem):
    async def go():
        kept = keep()
        await kept.load()
        await kept.tab.call(CheckoutState.book)
        cards.decides(decline=decline)
        state = await kept.load()
        found = state.problem, state.view.stage, state.busy
        return found, await kept.tab.call(CheckoutState.book_by_card)

    found, _ = asyncio.run(go())
    assert found == (problem, "pay", False)


def test_a_payment_that_came_in_after_all_leads_on(keep, cards):
    async def go():
        kept = keep()
        await kept.load()
        await kept.tab.call(CheckoutState.book)
        cards.is_paid()
        kept.tab.open("/checkout/")
        return await kept.tab.call(CheckoutState.load)

    assert asyncio.run(go()) == [f"/checkout/return/?payment={cards.opened[0].payment_id}"]


def test_a_visit_is_booked_now_and_paid_later_where_that_is_offered(there, sqlite_database, keep):
    from portal.clinic.practice.tables import Offer
    from portal.storage.work import SYSTEM

    def allow(work):
        work.db.get_one(Offer, 1).pay_later = True

    sqlite_database.run(SYSTEM, allow)

    async def go():
        kept = keep()
        state = await kept.load()
        ways = [one.value for one in state.view.held.ways]
        await kept.tab.call(CheckoutState.choose_way, "later")
        await kept.tab.call(CheckoutState.choose_way, "never")
        return kept, ways, await kept.tab.call(CheckoutState.book)

    kept, ways, [led_to] = asyncio.run(go())
    [visit] = booked(sqlite_database, kept)
    assert ways == ["card", "later"]
    assert led_to == f"/booked/?appointment={visit.public_id}"
    assert (visit.status, visit.pays_later) == (AppointmentStatus.CONFIRMED, True)


def test_without_a_card_company_the_page_says_so(keep, monkeypatch, sqlite_database):
    wire(monkeypatch, sqlite_database)

    async def go():
        return (await keep().load()).view.held.ways

    assert asyncio.run(go()) == []


def test_an_expired_page_and_an_ended_hold_say_that_nothing_was_charged(keep, cards, clock, sqlite_database):
    from portal.storage.work import SYSTEM

    async def go():
        kept = keep()
        await kept.load()
        await kept.tab.call(CheckoutState.book)
        clock.advance(minutes=20)
        sqlite_database.run(SYSTEM, scheduling.expire_holds)
        cards.decides(status=CheckoutStatus.EXPIRED)
        state = await kept.load(f"/checkout/?payment={cards.opened[0].payment_id}")
        return state.view.stage, state.problem

    assert asyncio.run(go()) == ("none", "came_back")


def test_a_visit_that_costs_nothing_is_booked_without_a_card_page(there, sqlite_database, keep):
    from portal.clinic.practice.tables import Offer
    from portal.storage.work import SYSTEM

    def free(work):
        work.db.get_one(Offer, 1).price_minor = 0

    sqlite_database.run(SYSTEM, free)

    async def go():
        kept = keep()
        state = await kept.load()
        return kept, [one.hint for one in state.view.held.ways], await kept.tab.call(CheckoutState.book)

    kept, hints, [led_to] = asyncio.run(go())
    [visit] = booked(sqlite_database, kept)
    assert hints == ["This visit is free of charge."]
    assert led_to == f"/booked/?appointment={visit.public_id}"
    assert (visit.status, visit.pays_later) == (AppointmentStatus.CONFIRMED, False)


def test_where_no_cards_are_taken_no_card_is_promised_for_later(there, sqlite_database, keep, monkeypatch):
    from portal.clinic.practice.tables import Offer
    from portal.storage.work import SYSTEM

    wire(monkeypatch, sqlite_database)

    def allow(work):
        work.db.get_one(Offer, 1).pay_later = True

    sqlite_database.run(SYSTEM, allow)

    async def go():
        return (await keep().load()).view.held.ways

    [only] = asyncio.run(go())
    assert (only.value, "card" in only.hint) == ("later", False)
