"""The public home: who works here, and when they are free, in the visitor's own time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from portal.clinic.scheduling import service as scheduling
from portal.pages.public.home.cards import Reading, next_words
from portal.pages.public.home.state import HomeState
from portal.pages.session import SessionState
from tests.pages.public.conftest import new_tab
from tests.pages.public.test_times import slot
from tests.support.booking import colleague, visitor


def test_times_are_told_in_the_zone_of_the_device_once_it_is_known(there):
    async def go():
        tab = await new_tab()
        home = await tab.state(HomeState)
        await tab.call(HomeState.load)
        [london] = home.view.therapists
        await tab.call(SessionState.detected_zone, "Europe/Madrid")
        await tab.call(HomeState.retell)
        return london, home.view.therapists[0]

    london, madrid = asyncio.run(go())
    assert (london.next_words, london.times[0].note) == ("Next free today at 17:00", "Today")
    assert madrid.next_words == "Next free today at 18:00"
    assert london.times[0].id == madrid.times[0].id
    assert london.facts == "£70.00 for 50 minutes"


def test_a_time_is_kept_and_leads_on_to_the_checkout(there, sqlite_database):
    async def go():
        tab = await new_tab()
        home = await tab.state(HomeState)
        await tab.call(HomeState.load)
        wanted = home.view.therapists[0].times[1].id
        return tab.viewer, wanted, await tab.call(HomeState.choose, home.view.therapists[0].slug, wanted)

    viewer, wanted, led_to = asyncio.run(go())
    assert led_to == ["/checkout/"]
    assert sqlite_database.run_read(viewer, scheduling.current_hold).slot_id == wanted


def test_a_time_that_somebody_else_got_leads_to_the_nearest_ones(there, sqlite_database):
    async def go():
        tab = await new_tab()
        home = await tab.state(HomeState)
        await tab.call(HomeState.load)
        card = home.view.therapists[0]
        sqlite_database.run(visitor(), scheduling.hold, card.times[0].id)
        return card, await tab.call(HomeState.choose, card.slug, card.times[0].id), home.chosen

    card, [led_to], chosen = asyncio.run(go())
    assert led_to == f"/book/?clinician={card.slug}&gone={card.times[0].id}"
    assert chosen == ""


def test_a_browser_without_our_cookie_is_told_so(there):
    async def go():
        tab = await new_tab()
        home = await tab.state(HomeState)
        await tab.call(HomeState.load)
        tab.viewer = type(tab.viewer)()
        await tab.call(HomeState.choose, "x", home.view.therapists[0].times[0].id)
        return home.problem

    assert asyncio.run(go()) == "no_cookie"


def test_the_list_is_narrowed_and_widened_again(there, sqlite_database):
    colleague(sqlite_database, there)

    async def go():
        tab = await new_tab()
        home = await tab.state(HomeState)
        await tab.call(HomeState.load)
        counts = [home.view.found]
        await tab.call(HomeState.narrow, {"need": "Grief", "language": "", "part": ""})
        counts.append(home.view.found)
        await tab.call(HomeState.widen)
        await tab.call(HomeState.narrow, {"part": "evening"})
        return [*counts, home.view.found], home.view.therapists[0].times

    counts, times = asyncio.run(go())
    assert counts == ["2 therapists", "0 therapists", "2 therapists"]
    assert {time.time for time in times} == {"17:00"}


@pytest.mark.parametrize("junk", [{"need": ["a"], "part": {"x": 1}}, {"part": "x" * 5000}, {}])
def test_junk_in_the_filter_narrows_to_nothing_or_everything(there, junk):
    async def go():
        tab = await new_tab()
        await tab.call(HomeState.load)
        await tab.call(HomeState.narrow, junk)
        return (await tab.state(HomeState)).view.found

    assert asyncio.run(go()).endswith("therapist") or asyncio.run(go()).endswith("therapists")


NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("slots", "part", "words"),
    [
        ([], "", "Nothing free in the next 30 days."),
        ([], "evening", "No free evening in the next 30 days."),
        ([slot(17, 14, 30)], "", "Next free today at 14:30"),
        ([slot(18, 10, 30)], "", "Next free tomorrow at 10:30"),
        ([slot(20, 18, 30)], "", "Next free Friday 20 March at 18:30"),
        ([slot(30, 9)], "", "Nothing free before Monday 30 March."),
        ([slot(30, 9)], "morning", "Next free Monday 30 March at 10:00"),
    ],
)
def test_when_somebody_is_free_next_is_said_in_words(slots, part, words):
    assert next_words(slots, Reading("Europe/London", NOW, part)) == words
