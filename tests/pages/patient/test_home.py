"""The next visit is lit and its way in comes by itself; what is to do, later and past stand below."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from portal.clinic.billing import service as billing
from portal.clinic.intake import service as intake
from portal.clinic.people import service as people
from portal.clinic.scheduling import service as scheduling
from portal.clinic.visits import service as visits
from portal.pages.patient.account.state import AccountState
from portal.pages.patient.home.state import HomeState
from portal.pages.patient.visits.state import VisitsState
from portal.storage.work import Role
from tests.clinic.intake.conftest import ABOUT, gad7, phq9
from tests.pages.patient.conftest import Rosa
from tests.support.people import make_person
from tests.support.tabs import Tab


async def home(rosa: Rosa) -> HomeState:
    await rosa.tab.call(HomeState.open)
    return await rosa.tab.state(HomeState)


def test_the_card_follows_the_room_by_itself(rosa: Rosa):
    async def go():
        visit = rosa.books()
        seen = (await home(rosa)).next
        assert (seen.state, seen.when_at, seen.opens_in) == ("early", "Wednesday 11 March, 09:00", "")
        assert (seen.who, seen.zone) == ("with Dr Miriam Okafor, 50 minutes, by video", "London time")
        rosa.stands(3 / 24, visit)
        seen = (await home(rosa)).next
        assert (seen.when_at, seen.opens_at, seen.opens_in) == ("Today, 09:00", "08:45", "2 hours and 45 minutes")
        rosa.stands(9 / 1440, visit)
        seen = (await home(rosa)).next
        assert (seen.state, seen.when_at, seen.zone) == ("open", "09:00", "in 9 minutes, London time")
        rosa.does(visits.knock, visit)
        assert (await home(rosa)).next.state == "waiting"
        rosa.database.run(rosa.there.clinician.viewer, visits.admit, visit)
        rosa.clock.advance(hours=1, minutes=30)
        assert (await home(rosa)).next.state == "admitted"
        rosa.database.run(rosa.there.clinician.viewer, visits.finish, visit)
        state = await home(rosa)
        assert (state.next.state, [one.about for one in state.past]) == ("", ["Dr Okafor, 50 minutes"])

    asyncio.run(go())


def test_a_visit_to_which_nobody_came_leaves_the_light_when_its_time_is_over(rosa: Rosa):
    async def go():
        visit = rosa.books(7)
        rosa.books(8)
        rosa.stands(-0.03, visit)  # 43 minutes in
        assert (await home(rosa)).next.when_at == "09:00"
        rosa.stands(-0.04, visit)
        state = await home(rosa)
        assert state.next.when_at == "Tomorrow, 09:00"
        assert len(state.past) == 1

    asyncio.run(go())


def test_what_is_to_do_says_how_far_it_is_and_leads_there(rosa: Rosa):
    async def go():
        visit = rosa.books()
        packet = rosa.packet(visit)
        rosa.does(intake.save_answers, packet, "about_you", ABOUT)
        rosa.does(intake.submit_form, packet, "about_you")
        rosa.does(intake.save_answers, packet, "phq9", {"q1": "1", "q2": "0"})
        todo = {one.key: one for one in (await home(rosa)).todo}
        assert (todo["about_you"].done, todo["about_you"].detail) == (True, "Sent today at 15:00")
        assert todo["phq9"].detail == "2 of 9 answered, about 1 minute left"
        assert (todo["phq9"].started, todo["gad7"].started) == (True, False)
        assert todo["phq9"].href == f"/intake/?packet={packet}&form=phq9"
        assert todo["consent_telehealth"].detail == "About 3 minutes"
        assert not (await home(rosa)).all_done

        text = rosa.does(intake.packet_view, packet).consent
        rosa.does(intake.sign_consent, packet, text.fingerprint, {"agree": "yes", "typed_name": "Rosa Whitfield"})
        for key, answers in (("phq9", phq9(0)), ("gad7", gad7(0))):
            rosa.does(intake.save_answers, packet, key, answers)
            rosa.does(intake.submit_form, packet, key)
        assert (await home(rosa)).all_done

    asyncio.run(go())


def test_the_home_holds_no_answer(rosa: Rosa):
    async def go():
        packet = rosa.packet(rosa.books())
        rosa.does(intake.save_answers, packet, "about_you", {"reason": "canary"})
        assert "canary" not in repr((await home(rosa)).dict())

    asyncio.run(go())


def test_a_form_that_is_answered_and_not_sent_says_that_and_no_minutes(rosa: Rosa):
    async def go():
        packet = rosa.packet(rosa.books())
        rosa.does(intake.save_answers, packet, "about_you", ABOUT)
        todo = {one.key: one for one in (await home(rosa)).todo}
        assert todo["about_you"].detail == "4 of 4 answered, not sent yet"

    asyncio.run(go())


def test_who_said_what_to_call_them_is_greeted_so(rosa: Rosa):
    async def go():
        packet = rosa.packet(rosa.books())
        assert (await home(rosa)).greeting == "Good afternoon, Rosa"
        rosa.does(intake.save_answers, packet, "about_you", {**ABOUT, "preferred_name": "Robin"})
        rosa.does(intake.submit_form, packet, "about_you")
        assert (await home(rosa)).greeting == "Good afternoon, Robin"

    asyncio.run(go())


def test_later_and_past_say_the_money_and_lead_to_documents(rosa: Rosa):
    async def go():
        rosa.books(5)
        rosa.books(7)
        late = rosa.books(6, paid=True)
        rosa.stands(0.5, late)
        rosa.does(billing.cancel_visit, late)
        state = await home(rosa)
        assert [(one.when_at, one.about) for one in state.later] == []
        assert state.next.when_at == "Wednesday 11 March, 09:00"
        assert [one.on for one in state.past] == ["Tue 10 Mar", "Mon 9 Mar"]
        assert state.past[0].about == "Cancelled by you: £35.00 kept, the rest goes back to you"
        assert state.past[0].receipt.startswith("/api/documents/receipt/")
        assert state.past[1].invoice.endswith(".pdf")
        assert state.past[1].receipt == ""

    asyncio.run(go())


def test_times_are_told_in_the_zone_of_the_account(rosa: Rosa):
    async def go():
        visit = rosa.books()
        rosa.does(people.set_zone, "Asia/Kolkata")
        rosa.stands(0.2, visit)
        seen = (await home(rosa)).next
        assert (seen.when_at, seen.zone) == ("Today, 14:30", "Kolkata time")

    asyncio.run(go())


def test_only_ones_own_visits_are_there(rosa: Rosa):
    async def go():
        rosa.books()
        rosa.tab = Tab(make_person(rosa.database, "Sam", Role.PATIENT).viewer)
        state = await home(rosa)
        assert (state.next.state, state.later, state.past, state.todo) == ("", [], [], [])

    asyncio.run(go())


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "Good afternoon"), (6, "Good evening"), (10, "Hello"), (17, "Good morning")]
)
def test_the_greeting_goes_by_the_readers_clock(rosa: Rosa, hours: int, words: str):
    async def go():
        rosa.clock.now += timedelta(hours=hours)
        assert (await home(rosa)).greeting == f"{words}, Rosa"

    asyncio.run(go())


def test_all_visits_to_come_and_past(rosa: Rosa):
    async def go():
        first = rosa.books(5)
        rosa.books(7)
        rosa.does(scheduling.cancel, first)
        await rosa.tab.call(VisitsState.open)
        state = await rosa.tab.state(VisitsState)
        assert [one.when_at for one in state.coming] == ["Wednesday 11 March, 09:00"]
        assert state.coming[0].about == "Dr Okafor, by video · to pay: £70.00"
        assert [one.about for one in state.past] == ["Cancelled by you in time, nothing to pay"]

    asyncio.run(go())


def test_the_account_forgets_when_its_page_goes_away(rosa: Rosa):
    async def go():
        await rosa.tab.call(AccountState.open)
        state = await rosa.tab.state(AccountState)
        assert (state.name, state.phone) == ("Rosa Whitfield", "07700 900 418")
        await rosa.tab.call(AccountState.leave)
        assert "Whitfield" not in repr((await rosa.tab.state(AccountState)).dict())

    asyncio.run(go())
