"""The therapists' page: inviting, profile, hours with several spans, days off, and what they come to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from portal.clinic.practice import service as practice
from portal.clinic.practice.tables import Offer
from portal.clinic.scheduling import service as scheduling
from portal.pages.owner.clinicians.cards import end_of, minutes_of, typed
from portal.pages.owner.clinicians.state import CliniciansState
from portal.storage.work import SYSTEM, Role
from tests.pages.owner.conftest import Helen
from tests.support.people import make_appointment, make_person

PAGE = "/practice/clinicians/"
NEW = {"name": "Ada Lovell", "email": "ada@lovell.example", "zone": "Europe/Lisbon"}


def sent_week(state: CliniciansState, **changes: str) -> dict[str, str]:
    """What the browser sends for the hours as they stand, with some typed otherwise."""
    fields = {f"start-{span.key}": span.start for day in state.week for span in day.spans}
    fields |= {f"end-{span.key}": span.end for day in state.week for span in day.spans}
    return fields | changes


def test_a_new_therapist_is_invited_and_the_list_says_how_far_it_is(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(CliniciansState, f"{PAGE}?new=1")
        assert (state.is_adding, state.opened.zone) == (True, "Europe/London")
        state = await helen.follows(CliniciansState, await helen.does(CliniciansState.add, NEW))
        assert state.opened.name == "Ada Lovell"
        assert (state.opened.joining, state.opened.email) == ("invited", "ada@lovell.example")
        assert "Wed 11 Mar" in state.opened.joining_words
        assert "on its way" in state.said["invite"]
        helen.clock.advance(days=7)
        state = await helen.opens(CliniciansState, PAGE)
        assert [card.joining for card in state.therapists] == ["", "ran_out"]

    asyncio.run(go())


def test_what_cannot_be_taken_is_said_beside_its_field_and_the_form_stays(helen: Helen) -> None:
    async def go() -> None:
        await helen.opens(CliniciansState, f"{PAGE}?new=1")
        assert await helen.does(CliniciansState.add, {**NEW, "name": " ", "email": "ada@lovell"}) == []
        state = await helen.tab.state(CliniciansState)
        assert state.is_adding
        assert set(state.errors) == {"name", "email"}
        await helen.does(CliniciansState.add, NEW)
        await helen.opens(CliniciansState, f"{PAGE}?new=1")
        await helen.does(CliniciansState.add, NEW)
        assert state.errors == {"email": "Somebody with this address has an account already."}

    asyncio.run(go())


def test_sending_again_says_so_and_a_second_press_waits(helen: Helen) -> None:
    async def go() -> None:
        await helen.opens(CliniciansState, f"{PAGE}?new=1")
        state = await helen.follows(CliniciansState, await helen.does(CliniciansState.add, NEW))
        await helen.does(CliniciansState.invite_again, {"email": NEW["email"]})
        assert "less than a minute ago" in state.errors["email"]
        helen.clock.advance(minutes=1)
        await helen.does(CliniciansState.invite_again, {"email": "ada@right.example"})
        assert state.opened.email == "ada@right.example"
        assert "older link no longer works" in state.said["invite"]
        assert state.errors == {}

    asyncio.run(go())


def test_a_lunch_break_is_two_spans_and_free_times_follow_at_once(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(CliniciansState, f"{PAGE}?id={helen.there.clinician_id}")
        before = state.outlook[0]
        assert [len(day.spans) for day in state.week] == [1] * 7
        await helen.does(CliniciansState.add_span, "2")
        first, second = state.week[2].spans
        typed_in = {f"end-{first.key}": "12:00", f"start-{second.key}": "13:00", f"end-{second.key}": "18:00"}
        await helen.does(CliniciansState.save_hours, sent_week(state, **typed_in))
        assert [(span.start, span.end) for span in state.week[2].spans] == [("09:00", "12:00"), ("13:00", "18:00")]
        assert state.said["hours"].startswith("Saved at")
        assert state.outlook[0] != before

    asyncio.run(go())


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("11:00", "12:00", "Wednesday: two spans overlap"), ("19:00", "18:30", "Wednesday: hours must end"), ("", "", "Wednesday: write times")],
)  # fmt: skip
def test_hours_that_cannot_be_name_the_day_and_keep_what_was_typed(
    helen: Helen, start: str, end: str, words: str
) -> None:
    async def go() -> None:
        state = await helen.opens(CliniciansState, f"{PAGE}?id={helen.there.clinician_id}")
        await helen.does(CliniciansState.add_span, "2")
        key = state.week[2].spans[1].key
        await helen.does(CliniciansState.save_hours, sent_week(state, **{f"start-{key}": start, f"end-{key}": end}))
        assert state.said["hours_problem"].startswith(words)
        assert "Nothing was saved" in state.said["hours_problem"]
        assert (state.week[2].spans[1].start, state.week[2].spans[1].end) == (start, end)
        assert len(helen.run(scheduling.weekly_hours, helen.there.clinician_id)) == 7

    asyncio.run(go())


def test_a_fortnight_off_over_a_visit_says_which_one_stands(helen: Helen) -> None:
    async def go() -> None:
        rosa = make_person(helen.database, "Rosa Whitfield", Role.PATIENT)
        offer = helen.database.run_read(SYSTEM, lambda work: work.db.exec(Offer.__table__.select()).first().id)
        starts = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
        make_appointment(helen.database, helen.there.clinician, rosa, starts, offer_id=offer)
        state = await helen.opens(CliniciansState, f"{PAGE}?id={helen.there.clinician_id}")
        await helen.does(
            CliniciansState.add_day, {"on": "2026-03-09", "until": "2026-03-22", "kind": "off", "note": "Sea"}
        )
        assert "1 visit outside these hours stays booked: Tue 10 Mar, 10:00 (London time)" in state.said["days"]
        assert "Rosa" not in str(state.said)
        assert [(card.date, card.what, card.note) for card in state.overrides] == [
            ("Monday 9 March 2026 to Sunday 22 March 2026", "off all day", "Sea")
        ]
        await helen.does(CliniciansState.remove_day, state.overrides[0].ids)
        assert (state.overrides, state.said) == ([], {})

    asyncio.run(go())


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"on": ""}, "A date is needed"),
        ({"on": "2026-02-31"}, "A date is needed"),
        ({"on": "2026-03-09", "kind": "hours"}, "A date is needed and, for other hours, both times"),
        ({"on": "2026-03-01", "kind": "off"}, "This date has passed"),
        ({"on": "2026-03-09", "until": "2026-03-08", "kind": "off"}, "The last day lies before"),
        ({"on": "2026-03-09", "kind": "hours", "start": "12:00", "end": "09:00"}, "The hours must end"),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_words(helen: Helen, sent: dict[str, str], words: str) -> None:
    async def go() -> None:
        state = await helen.opens(CliniciansState, f"{PAGE}?id={helen.there.clinician_id}")
        await helen.does(CliniciansState.add_day, sent)
        assert state.said["days_problem"].startswith(words)
        assert (state.overrides, state.dates_added) == ([], 0)

    asyncio.run(go())


def test_a_profile_keeps_withdrawn_services_and_says_why_nothing_is_free(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(CliniciansState, f"{PAGE}?id={helen.there.clinician_id}")
        helen.run(practice.set_offered, helen.there.offer_id, False)
        ticked = {"name": state.opened.name, "zone": "Europe/London", f"gives-{helen.there.offer_id}": "on"}
        await helen.does(CliniciansState.save, ticked)
        assert [card.is_given for card in state.given] == [True]
        assert "no service that can be booked" in state.outlook[0]
        assert "not ticked" in state.outlook[1]

    asyncio.run(go())


def test_an_address_of_nobody_shows_the_list(helen: Helen) -> None:
    state = asyncio.run(helen.opens(CliniciansState, f"{PAGE}?id={'f' * 24}"))
    assert (state.opened.public_id, len(state.therapists)) == ("", 1)


def test_times_as_people_type_them() -> None:
    assert [minutes_of(text) for text in ("09:30", "00:00", "24:00", "9:5", "25:00", "09:60", "x", "")] == [
        570, 0, 1440, None, None, None, None, None,
    ]  # fmt: skip
    assert (end_of("00:00"), end_of("23:59"), end_of("x")) == (1440, 1439, None)
    assert (typed(1440), typed(570)) == ("00:00", "09:30")
