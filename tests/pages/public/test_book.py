"""Free times of one therapist: days in the visitor's zone, a choice that is kept, a race that was lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from sqlmodel import select

from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling import service as scheduling
from portal.pages.public.book.state import BookState
from portal.pages.session import SessionState
from portal.storage.work import SYSTEM
from tests.pages.public.conftest import new_tab
from tests.support.booking import colleague, visitor


def slug_of(database, clinician_id):
    return database.run_read(
        SYSTEM, lambda work: work.db.exec(select(Clinician.slug).where(Clinician.public_id == clinician_id)).one()
    )


def shown(view):
    return [time for day in view.days for part in day.parts for time in part.times]


def test_days_are_shown_a_few_at_a_time(there, sqlite_database):
    async def go():
        tab = await new_tab()
        tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
        await tab.call(BookState.load)
        book = await tab.state(BookState)
        first = book.view
        await tab.call(BookState.show_more)
        return first, book.view

    first, more = asyncio.run(go())
    assert (first.stage, first.name, len(first.days), first.more) == ("times", "Dr Miriam Okafor", 5, True)
    assert len(more.days) == 10
    assert first.services[0].hint == "50 minutes by video, £70.00."


def test_what_is_shown_can_be_kept_and_is_seen_again_as_chosen(there, sqlite_database):
    async def go():
        tab = await new_tab("America/New_York")
        tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
        await tab.call(BookState.load)
        book = await tab.state(BookState)
        wanted = shown(book.view)[3]
        led_to = await tab.call(BookState.choose, wanted.id)
        await tab.call(BookState.load)
        return wanted, led_to, book.view, await tab.call(BookState.choose, wanted.id)

    wanted, led_to, view, again = asyncio.run(go())
    assert led_to == again == ["/checkout/"]
    assert view.held == wanted.id
    assert wanted.id in [time.id for time in shown(view)]


def test_the_clock_change_is_told_for_both_places(there, sqlite_database, clock):
    clock.now = datetime(2026, 3, 27, 9, tzinfo=UTC)

    async def go():
        tab = await new_tab("Europe/Lisbon")
        tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
        await tab.call(BookState.load)
        return (await tab.state(BookState)).view.notes

    assert asyncio.run(go()) == [
        "On Sunday 29 March the clocks go forward in Lisbon. Times after that day already count with it.",
        "On Sunday 29 March the clocks go forward in London. Times after that day already count with it.",
    ]


def test_somebody_who_was_too_late_sees_what_happened_and_what_is_near(there, sqlite_database):
    other = colleague(sqlite_database, there)

    async def go():
        tab = await new_tab()
        tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
        await tab.call(BookState.load)
        book = await tab.state(BookState)
        wanted = shown(book.view)[4].id
        sqlite_database.run(visitor(), scheduling.hold, wanted)
        led_to = await tab.call(BookState.choose, wanted)
        lost, chosen = book.gone, book.chosen
        await tab.call(SessionState.change_zone, "Europe/Madrid")
        await tab.call(BookState.retell)
        later = book.gone.when
        await tab.call(BookState.show_all)
        return led_to, lost, chosen, later, book.gone.when

    led_to, lost, chosen, later, after = asyncio.run(go())
    assert (led_to, chosen, after) == ([], "", "")
    assert (lost.when, later) == ("Thursday 5 March, 10:30", "Thursday 5 March, 11:30")
    assert not lost.too_late
    assert [day.title for day in lost.days] == ["Wednesday 4 March", "Thursday 5 March"]
    assert [(one.note, one.id.split(".")[0]) for one in lost.others] == [("Theo Brandt", other.clinician_id)]


def test_a_time_that_has_come_too_near_is_not_blamed_on_others(there, sqlite_database, clock):
    async def go():
        tab = await new_tab()
        tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
        await tab.call(BookState.load)
        book = await tab.state(BookState)
        wanted = shown(book.view)[0].id
        clock.advance(minutes=30)
        await tab.call(BookState.choose, wanted)
        return book.gone

    assert asyncio.run(go()).too_late


def test_the_address_may_name_a_time_that_is_gone(there, sqlite_database):
    slug = slug_of(sqlite_database, there.clinician_id)
    gone = there.free(sqlite_database)[5]
    sqlite_database.run(visitor(), scheduling.hold, gone)

    async def go(which):
        tab = await new_tab()
        tab.open(f"/book/?clinician={slug}&gone={which}")
        await tab.call(BookState.load)
        return (await tab.state(BookState)).gone.when

    assert asyncio.run(go(gone)) != ""
    assert asyncio.run(go(there.free(sqlite_database)[6])) == ""  # still free
    assert asyncio.run(go("nonsense")) == ""
    assert asyncio.run(go(f"a.b.{10**11}")) == ""


def test_an_address_without_a_therapist_leads_to_all_of_them(there):
    async def go(address):
        tab = await new_tab()
        tab.open(address)
        led_to = await tab.call(BookState.load)
        return led_to, (await tab.state(BookState)).view.stage

    assert asyncio.run(go("/book/")) == (["/#people"], "")
    assert asyncio.run(go("/book/?clinician=nobody"))[1] == "missing"


def test_one_visitor_keeps_one_time(there, sqlite_database):
    async def go():
        tab = await new_tab()
        tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
        await tab.call(BookState.load)
        book = await tab.state(BookState)
        first, second = shown(book.view)[2].id, shown(book.view)[9].id
        await tab.call(BookState.choose, first)
        await tab.call(BookState.load)
        await tab.call(BookState.choose, second)
        return tab.viewer, first, second

    viewer, first, second = asyncio.run(go())
    assert sqlite_database.run_read(viewer, scheduling.current_hold).slot_id == second
    assert first in there.free(sqlite_database)


def test_a_few_times_may_be_kept_from_one_address(there, sqlite_database):
    async def go():
        problems = []
        for place in range(4):
            tab = await new_tab()
            tab.open(f"/book/?clinician={slug_of(sqlite_database, there.clinician_id)}")
            await tab.call(BookState.load)
            book = await tab.state(BookState)
            await tab.call(BookState.choose, shown(book.view)[4 * place + 4].id)
            problems.append(book.problem)
        return problems

    assert asyncio.run(go()) == ["", "", "", "too_many_holds"]
