"""From a held time to a booked visit: who is coming, the last look, paying, and what may come between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest

from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus
from portal.gateways.payments import CheckoutStatus
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.session import SessionState
from portal.storage.work import Role
from tests.pages.public.conftest import enter, new_tab
from tests.support.booking import visitor
from tests.support.people import Who, make_appointment, make_person
from tests.support.tabs import Tab, wire


@dataclass
class Kept:
    """A tab that keeps a time, and whoever signed in with it."""

    tab: Tab
    slot: str
    patient: Who

    async def load(self, address: str = "/checkout/") -> CheckoutState:
        self.tab.open(address)
        await self.tab.call(SessionState.enter)
        await self.tab.call(CheckoutState.load)
        return await self.tab.state(CheckoutState)


@pytest.fixture
def keep(there, sqlite_database):
    """Keeps the time with this place in the list, as a visitor or as a patient who has signed up with it."""

    def keeping(place: int = 6, *, signed_in: bool = True, roles: tuple[Role, ...] = (Role.PATIENT,)) -> Kept:
        slot, person = there.free(sqlite_database)[place], make_person(sqlite_database, "Rosa Whitfield", *roles)
        anonymous = visitor()
        sqlite_database.run(anonymous, scheduling.hold, slot)
        if not signed_in:
            return Kept(Tab(anonymous), slot, person)
        sqlite_database.run(anonymous, scheduling.adopt_hold, person.id)
        return Kept(Tab(replace(person.viewer, visitor=anonymous.visitor)), slot, person)

    return keeping


def booked(database, kept):
    return database.run_read(kept.patient.viewer, scheduling.mine)


def test_without_a_time_there_is_nothing_to_pay(there):
    async def go():
        tab = await new_tab()
        await tab.call(CheckoutState.load)
        return (await tab.state(CheckoutState)).view.stage

    assert asyncio.run(go()) == "none"


def test_a_visitor_is_asked_who_is_coming(keep, clock):
    view = asyncio.run(keep(signed_in=False).load()).view
    assert (view.stage, view.held.name, view.held.price) == ("about", "Dr Miriam Okafor", "£70.00")
    assert view.held.moment == "Thursday 5 March, 11:30"
    assert view.held.day == "Thursday 5 March 2026, 11:30\u00a0to\u00a012:20"
    assert view.held.can_extend


def test_the_other_clock_is_told_when_it_shows_another_time(keep):
    async def go():
        kept = keep()
        await enter(kept.tab)
        await kept.tab.call(SessionState.change_zone, "Asia/Kolkata")
        return (await kept.load()).view.held

    held = asyncio.run(go())
    assert held.zone == "Kolkata time. It is 11:30 in London, where Dr Miriam Okafor works."
    assert held.moment == "Thursday 5 March, 17:00"


def test_what_cancelling_costs_is_told_with_instants_and_money(keep):
    late = asyncio.run(keep().load()).view.held.terms
    early = asyncio.run(keep(60).load()).view.held.terms
    assert [(row.when, row.cost) for row in late] == [
        ("from now until it begins", "£35.00"),
        ("not at all, and don’t come", "£70.00"),
    ]
    assert (early[0].when, early[0].cost) == ("until **Saturday 7 March, 14:30**", "nothing")


def test_a_time_is_kept_longer_once(keep):
    async def go():
        kept = keep()
        state = await kept.load()
        before = state.view.held.until
        await kept.tab.call(CheckoutState.keep_longer)
        after, can_again = state.view.held.until, state.view.held.can_extend
        await kept.tab.call(CheckoutState.keep_longer)
        return before, after, can_again, state.problem

    before, after, can_again, problem = asyncio.run(go())
    assert after > before
    assert not can_again
    assert problem == "hold_extended_before"


def test_when_time_is_up_the_same_time_is_offered_anew(keep, clock, sqlite_database):
    async def go():
        kept = keep()
        state = await kept.load()
        clock.advance(minutes=16)
        await kept.tab.call(CheckoutState.time_is_up)
        over, moment = state.view.over, state.view.held.moment
        await kept.tab.call(CheckoutState.keep_again)
        return over, moment, state.view

    over, moment, view = asyncio.run(go())
    assert over
    assert moment == view.held.moment == "Thursday 5 March, 11:30"
    assert (view.stage, view.over) == ("pay", False)


def test_a_device_whose_clock_is_fast_is_told_the_truth(keep):
    async def go():
        kept = keep()
        state = await kept.load()
        await kept.tab.call(CheckoutState.time_is_up)
        return state.view.over

    assert not asyncio.run(go())


def test_a_time_that_somebody_else_got_meanwhile_leads_to_others(keep, clock, sqlite_database):
    async def go():
        kept = keep()
        await kept.load()
        clock.advance(minutes=16)
        await kept.tab.call(CheckoutState.time_is_up)
        sqlite_database.run(visitor(), scheduling.hold, kept.slot)
        return kept.slot, await kept.tab.call(CheckoutState.keep_again)

    slot, [led_to] = asyncio.run(go())
    assert led_to.startswith("/book/?clinician=")
    assert led_to.endswith(f"&gone={slot}")


def test_a_time_can_be_let_go(keep, there, sqlite_database):
    async def go():
        kept = keep()
        await kept.load()
        return kept, await kept.tab.call(CheckoutState.let_go)

    kept, [led_to] = asyncio.run(go())
    assert led_to.startswith("/book/?clinician=")
    assert kept.slot in there.free(sqlite_database)


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


def test_staff_do_not_book_for_themselves(keep):
    assert asyncio.run(keep(roles=(Role.OWNER,)).load()).view.stage == "staff"


def test_a_person_is_in_one_place_at_a_time(there, keep, sqlite_database):
    async def go():
        kept = keep(signed_in=False)
        held = sqlite_database.run_read(kept.tab.viewer, scheduling.current_hold)
        make_appointment(
            sqlite_database,
            make_person(sqlite_database, "Theo", Role.CLINICIAN),
            kept.patient,
            held.starts_at,
            offer_id=1,
        )
        sqlite_database.run(kept.tab.viewer, scheduling.adopt_hold, kept.patient.id)
        kept.tab.viewer = replace(kept.patient.viewer, visitor=kept.tab.viewer.visitor)
        return (await kept.load()).view.stage

    assert asyncio.run(go()) == "clash"


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
