"""Back from the card page: it asks until it knows, says how it stands, and goes on by itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from portal.clinic.scheduling import service as scheduling
from portal.gateways.payments import CheckoutStatus
from portal.pages.public.booked.state import BookedState
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.public.checkout_return.state import ReturnState
from portal.pages.public.sign_in.state import SignInState
from portal.pages.session import SessionState
from portal.storage.work import SYSTEM, Role
from tests.pages.public.conftest import enter, new_tab
from tests.support.booking import visitor
from tests.support.people import make_person
from tests.support.tabs import Tab


@pytest.fixture
def paying(there, sqlite_database, cards):
    """A patient on the card page; answers with the tab and the payment."""

    async def go(place: int = 6) -> tuple[Tab, str]:
        person = make_person(sqlite_database, "Rosa Whitfield", Role.PATIENT)
        tab = await enter(Tab(replace(person.viewer, visitor=visitor().visitor)))
        sqlite_database.run(tab.viewer, scheduling.hold, there.free(sqlite_database)[place])
        await tab.call(CheckoutState.load)
        await tab.call(CheckoutState.book)
        payment = cards.opened[-1].payment_id
        tab.open(f"/checkout/return/?payment={payment}")
        return tab, payment

    return go


def test_it_asks_until_the_money_is_there(paying, cards):
    async def go():
        tab, _ = await paying()
        waiting = await tab.call(ReturnState.load)
        waiting += await tab.call(ReturnState.look)
        state = await tab.state(ReturnState)
        seconds = state.seconds
        cards.is_paid()
        return waiting, seconds, await tab.call(ReturnState.look)

    waiting, seconds, [led_to] = asyncio.run(go())
    assert (waiting, seconds) == ([], 2)
    assert led_to.startswith("/booked/?appointment=")


def test_a_decline_leads_back_to_the_checkout(paying, cards):
    async def go():
        tab, payment = await paying()
        cards.decides(decline="card_declined")
        return payment, await tab.call(ReturnState.load)

    payment, led_to = asyncio.run(go())
    assert led_to == [f"/checkout/?payment={payment}"]


def test_a_silent_card_company_is_asked_again(paying, cards):
    async def go():
        tab, _ = await paying()
        cards.silent = True
        await tab.call(ReturnState.load)
        state = await tab.state(ReturnState)
        silent = state.view.stage
        cards.silent = False
        cards.is_paid()
        return silent, await tab.call(ReturnState.look)

    silent, led_to = asyncio.run(go())
    assert silent == "silent"
    assert led_to[0].startswith("/booked/")


def test_a_closed_card_page_is_told(paying, cards):
    async def go():
        tab, _ = await paying()
        cards.decides(status=CheckoutStatus.EXPIRED)
        return await tab.call(ReturnState.load), (await tab.state(ReturnState)).view.stage

    assert asyncio.run(go()) == ([], "abandoned")


def test_another_amount_than_was_asked_for_books_nothing(paying, cards):
    async def go():
        tab, _ = await paying()
        cards.is_paid()
        cards.decides(amount_minor=1)
        return await tab.call(ReturnState.load), (await tab.state(ReturnState)).view.stage

    assert asyncio.run(go()) == ([], "differs")


def test_money_that_came_too_late_for_a_taken_time_goes_back(paying, cards, clock, sqlite_database, there):
    async def go():
        tab, _ = await paying()
        slot = sqlite_database.run_read(tab.viewer, scheduling.current_hold).slot_id
        clock.advance(minutes=20)
        sqlite_database.run(SYSTEM, scheduling.expire_holds)
        sqlite_database.run(visitor(), scheduling.hold, slot)
        cards.is_paid()
        led_to = await tab.call(ReturnState.load)
        return led_to, (await tab.state(ReturnState)).view

    led_to, view = asyncio.run(go())
    assert (led_to, view.stage, view.amount) == ([], "refunded", "£70.00")


def test_somebody_elses_payment_is_not_there(paying, sqlite_database):
    async def go():
        _, payment = await paying()
        stranger = await enter(Tab(make_person(sqlite_database, "Sam", Role.PATIENT).viewer))
        stranger.open(f"/checkout/return/?payment={payment}")
        await stranger.call(ReturnState.load)
        return (await stranger.state(ReturnState)).view

    view = asyncio.run(go())
    assert (view.stage, view.amount) == ("unknown", "")


def test_the_confirmation_names_all_of_it(paying, cards):
    async def go():
        tab, _ = await paying()
        cards.is_paid()
        [led_to] = await tab.call(ReturnState.load)
        tab.open(led_to)
        await tab.call(SessionState.enter)
        await tab.call(BookedState.load)
        return led_to.partition("=")[2], (await tab.state(BookedState)).view

    appointment, view = asyncio.run(go())
    assert (view.stage, view.when, view.opens) == ("booked", "Tomorrow, 11:30", "11:15")
    assert view.with_whom == "with Dr Miriam Okafor, 50 minutes, by video"
    assert (view.zone, view.money) == ("London time.", "£70.00, paid by card")
    assert view.forms_href.startswith("/intake/?packet=")
    assert view.calendar_href == f"/api/calendar/{appointment}.ics"


def test_somebody_elses_visit_is_not_there(paying, cards, sqlite_database):
    async def go():
        tab, _ = await paying()
        cards.is_paid()
        [led_to] = await tab.call(ReturnState.load)
        stranger = await enter(Tab(make_person(sqlite_database, "Sam", Role.PATIENT).viewer))
        stranger.open(led_to)
        await stranger.call(BookedState.load)
        return (await stranger.state(BookedState)).view

    view = asyncio.run(go())
    assert (view.stage, view.when, view.email) == ("unknown", "", "")


@pytest.mark.parametrize(
    ("wanted", "onward"),
    [("/visits/", "/visits/"), ("//evil.example", ""), ("https://evil.example", ""), ("/api/sign-out", ""), ("", "")],
)
def test_signing_in_leads_to_our_own_pages_alone(there, wanted, onward):
    async def go():
        tab = await new_tab()
        tab.open(f"/sign-in/?next={wanted}")
        await tab.call(SignInState.load)
        return (await tab.state(SignInState)).onward

    assert asyncio.run(go()) == onward
