"""A held time before it is paid: who is coming, the last look, how long it is kept, and who may not book it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from portal.clinic.scheduling import service as scheduling
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.session import SessionState
from portal.storage.work import Role
from tests.pages.public.conftest import enter, new_tab
from tests.support.booking import visitor
from tests.support.people import make_appointment, make_person


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
