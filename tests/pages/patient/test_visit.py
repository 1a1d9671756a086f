"""One visit: what is known of it, and cancelling it with the rule in words and in money before it is done."""

from __future__ import annotations

import asyncio

from portal.clinic.intake import service as intake
from portal.clinic.scheduling import service as scheduling
from portal.pages.patient.visit.state import VisitState
from portal.storage.work import Role
from tests.pages.patient.conftest import Rosa
from tests.support.people import make_person
from tests.support.tabs import Tab


async def visit_page(rosa: Rosa, visit: str) -> VisitState:
    rosa.tab.open(f"/visits/detail/?id={visit}")
    await rosa.tab.call(VisitState.open)
    return await rosa.tab.state(VisitState)


def status(rosa: Rosa, visit: str) -> str:
    return rosa.does(scheduling.appointment, visit).status.value


def test_what_is_known_of_a_visit(rosa: Rosa):
    async def go():
        state = await visit_page(rosa, rosa.books())
        facts = state.facts
        assert (facts.state, facts.moment) == ("ahead", "Wednesday 11 March, 09:00")
        assert facts.when_at == "Wednesday 11 March 2026, 09:00 to 09:50"
        assert (facts.what, facts.price, facts.money) == ("Follow-up, 50 minutes", "£70.00", "to pay: £70.00")
        assert (facts.to_pay, facts.room_is_open, facts.elsewhere) == ("£70.00", False, "")
        assert facts.calendar == f"/api/calendar/{facts.id}.ics"
        assert state.terms.free_until == "Tuesday 10 March, 09:00"
        assert (state.terms.late_fee, state.terms.missed_fee) == ("£35.00", "£70.00")

    asyncio.run(go())


def test_cancelling_in_time_gets_all_of_the_money_back(rosa: Rosa):
    async def go():
        visit = rosa.books(paid=True)
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.ask)
        state = await rosa.tab.state(VisitState)
        assert state.asking
        assert state.terms.question == "Cancel Wednesday 11 March, 09:00?"
        assert state.terms.deed == "Cancel and get £70.00 back"
        assert state.terms.why == "Cancelling is free until Tuesday 10 March, 09:00. All of it goes back to your card."
        await rosa.tab.call(VisitState.cancel)
        state = await rosa.tab.state(VisitState)
        assert (state.asking, status(rosa, visit)) == (False, "cancelled")
        assert state.done == "Your visit is cancelled. £70.00 goes back to your card within 5 to 10 days."
        assert (state.facts.state, state.terms.may_cancel) == ("cancelled", False)
        assert [one.label for one in state.papers] == ["Invoice", "Receipt", "Credit note"]

    asyncio.run(go())


def test_cancelling_late_says_what_stays(rosa: Rosa):
    async def go():
        visit = rosa.books(paid=True)
        rosa.stands(0.5, visit)
        state = await visit_page(rosa, visit)
        assert (state.terms.deed, state.terms.free_until) == ("Cancel and get £35.00 back", "")
        assert state.terms.why == ("The visit begins in less than 24 hours. £35.00 of £70.00 stays with the practice.")

    asyncio.run(go())


def test_what_was_not_paid_is_never_given_back(rosa: Rosa):
    async def go():
        visit = rosa.books()
        assert (await visit_page(rosa, visit)).terms.deed == "Cancel, nothing to pay"
        rosa.stands(0.5, visit)
        terms = (await visit_page(rosa, visit)).terms
        assert terms.deed == "Cancel and pay £35.00"
        assert terms.why == "The visit begins in less than 24 hours, so £35.00 of £70.00 is to be paid all the same."
        await rosa.tab.call(VisitState.cancel)
        state = await rosa.tab.state(VisitState)
        assert state.done == "Your visit is cancelled. £35.00 is to be paid. You can do that here by card."
        assert state.facts.became == "Cancelled by you: £35.00 to pay"

    asyncio.run(go())


def test_pressing_cancel_twice_cancels_once_and_says_so_once(rosa: Rosa):
    async def go():
        visit = rosa.books(paid=True)
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.ask)
        await rosa.tab.call(VisitState.cancel)
        await rosa.tab.call(VisitState.cancel)
        state = await rosa.tab.state(VisitState)
        assert state.done == "Your visit is cancelled. £70.00 goes back to your card within 5 to 10 days."
        assert (state.problem, state.busy, status(rosa, visit)) == ("", False, "cancelled")

    asyncio.run(go())


def test_a_consent_that_was_taken_back_leads_to_signing_again(rosa: Rosa):
    async def go():
        visit = rosa.books()
        packet = rosa.packet(visit)
        assert (await visit_page(rosa, visit)).facts.consent_gone == ""
        text = rosa.does(intake.packet_view, packet).consent
        answers = {"agree": "yes", "typed_name": "Rosa Whitfield"}
        signature = rosa.does(intake.sign_consent, packet, text.fingerprint, answers)
        rosa.does(intake.withdraw_consent, signature.public_id)
        facts = (await visit_page(rosa, visit)).facts
        assert facts.consent_gone == "Wednesday 4 March, 15:00"
        assert facts.sign_again == f"/intake/?packet={packet}&form=consent_telehealth"
        rosa.does(intake.sign_consent, packet, text.fingerprint, answers)
        assert (await visit_page(rosa, visit)).facts.consent_gone == ""

    asyncio.run(go())


def test_keeping_the_visit_changes_nothing(rosa: Rosa):
    async def go():
        visit = rosa.books()
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.ask)
        await rosa.tab.call(VisitState.keep)
        assert not (await rosa.tab.state(VisitState)).asking
        assert status(rosa, visit) == "confirmed"

    asyncio.run(go())


def test_when_the_price_of_cancelling_changes_under_the_question_it_is_asked_again(rosa: Rosa):
    async def go():
        visit = rosa.books(paid=True)
        rosa.stands(1.0001, visit)
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.ask)
        rosa.stands(0.9999, visit)
        await rosa.tab.call(VisitState.cancel)
        state = await rosa.tab.state(VisitState)
        assert (state.asking, state.problem, status(rosa, visit)) == (True, "changed", "confirmed")
        assert state.terms.deed == "Cancel and get £35.00 back"
        await rosa.tab.call(VisitState.cancel)
        assert status(rosa, visit) == "cancelled"

    asyncio.run(go())


def test_what_has_begun_is_not_cancelled(rosa: Rosa):
    async def go():
        visit = rosa.books()
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.ask)
        rosa.stands(0, visit)
        await rosa.tab.call(VisitState.cancel)
        state = await rosa.tab.state(VisitState)
        assert (state.asking, state.problem, status(rosa, visit)) == (False, "too_late", "confirmed")
        assert state.facts.room_is_open

    asyncio.run(go())


def test_what_is_open_can_be_paid_by_card(rosa: Rosa):
    async def go():
        visit = rosa.books()
        await visit_page(rosa, visit)
        ways = await rosa.tab.call(VisitState.pay_now)
        assert ways == [f"https://cards.example/cs_{rosa.cards.opened[0].payment_id}"]
        rosa.cards.silent = True
        rosa.clock.advance(hours=2)
        other = rosa.books(9)
        await visit_page(rosa, other)
        assert await rosa.tab.call(VisitState.pay_now) == []
        assert (await rosa.tab.state(VisitState)).problem == "payments_unavailable"

    asyncio.run(go())


def test_the_therapists_clock_is_told_when_it_says_something_else(rosa: Rosa):
    async def go():
        from portal.clinic.people import service as people

        visit = rosa.books()
        rosa.does(people.set_zone, "Europe/Lisbon")
        assert (await visit_page(rosa, visit)).facts.elsewhere == ""
        rosa.does(people.set_zone, "Europe/Oslo")
        facts = (await visit_page(rosa, visit)).facts
        assert facts.moment == "Wednesday 11 March, 10:00"
        assert facts.elsewhere == "It is 09:00 in London, where Dr Okafor is."

    asyncio.run(go())


def test_a_visit_of_somebody_else_is_not_there(rosa: Rosa):
    async def go():
        visit = rosa.books()
        for who in (make_person(rosa.database, "Sam", Role.PATIENT), rosa.there.clinician):
            rosa.tab = Tab(who.viewer)
            state = await visit_page(rosa, visit)
            assert (state.loaded, state.facts.id, state.terms.deed, state.papers) == (True, "", "", [])
            await rosa.tab.call(VisitState.cancel)
        assert status(rosa, visit) == "confirmed"

    asyncio.run(go())


def test_what_is_owed_after_cancelling_late_is_paid_from_the_visit(rosa: Rosa):
    async def go():
        visit = rosa.books()
        rosa.stands(0.5, visit)
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.cancel)
        assert (await rosa.tab.state(VisitState)).facts.to_pay == "£35.00"
        [led_to] = await rosa.tab.call(VisitState.pay_now)
        assert led_to.startswith("https://cards.example/")
        asked = rosa.cards.opened[-1]
        assert asked.amount_minor == 3500
        assert asked.cancel_url.endswith(f"/visits/detail/?id={visit}&payment={asked.payment_id}")
        rosa.tab.open(asked.cancel_url.removeprefix("http://localhost:3000"))
        await rosa.tab.call(VisitState.open)
        state = await rosa.tab.state(VisitState)
        assert (state.problem, state.done, state.facts.to_pay) == ("came_back", "", "£35.00")
        rosa.cards.is_paid()
        await rosa.tab.call(VisitState.open)
        state = await rosa.tab.state(VisitState)
        assert state.done == "Thank you, £35.00 is paid. The receipt stands under To keep."
        assert (state.facts.to_pay, state.facts.became) == ("", "Cancelled by you: £35.00 kept")
        assert [one.label for one in state.papers] == ["Invoice", "Receipt", "Credit note"]

    asyncio.run(go())


def test_somebody_elses_payment_says_nothing_on_a_visit(rosa: Rosa):
    async def go():
        visit = rosa.books()
        await visit_page(rosa, visit)
        await rosa.tab.call(VisitState.pay_now)
        payment = rosa.cards.opened[-1].payment_id
        rosa.cards.is_paid()
        other = make_person(rosa.database, "Sam", Role.PATIENT)
        tab = Tab(other.viewer)
        tab.open(f"/visits/detail/?id={visit}&payment={payment}")
        await tab.call(VisitState.open)
        state = await tab.state(VisitState)
        assert (state.done, state.problem, state.facts.id) == ("", "", "")

    asyncio.run(go())
