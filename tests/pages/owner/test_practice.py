"""The practice page, the services, the money and the trail, as the owner's tab holds them."""

from __future__ import annotations

import asyncio

import pytest

from portal.clinic.practice import service as practice
from portal.pages.owner.audit.state import AuditState
from portal.pages.owner.money.state import MoneyState
from portal.pages.owner.practice.state import PracticeState
from portal.pages.owner.services.cards import minor_units
from portal.pages.owner.services.state import ServicesState
from portal.pages.public.home.state import HomeState
from tests.pages.owner.conftest import Helen
from tests.support.tabs import wire

PROFILE = {"name": "Linden Row", "phone": "020 7946 0112", "zone": "Europe/London", "currency": "GBP"}
SERVICE = {
    "name": "Long session", "price": "95", "minutes": "80", "buffer_before_minutes": "0", "buffer_after_minutes": "10",
    "notice_minutes": "120", "window_days": "60", "step_minutes": "30", "free_cancel_hours": "24",
    "late_fee_percent": "50", "no_show_percent": "100", "is_active": "on",
}  # fmt: skip


def test_a_new_practice_is_led_through_what_is_missing(newcomer: Helen) -> None:
    async def go() -> None:
        state = await newcomer.opens(PracticeState, "/practice/")
        assert [step.is_done for step in state.steps] == [False] * 5
        assert [step.href for step in state.steps][:2] == ["#f-name", "/practice/services/?new=1"]
        assert len({step.way for step in state.steps}) == 4  # two lead to the therapists
        await newcomer.does(PracticeState.save, PROFILE)
        assert [step.is_done for step in state.steps] == [True, False, False, False, False]
        assert state.saved.startswith("Saved at")

    asyncio.run(go())


def test_the_first_page_of_a_new_practice_says_that_nobody_can_be_booked_yet(newcomer: Helen) -> None:
    state = asyncio.run(newcomer.opens(HomeState, "/"))
    assert (state.view.is_open, state.view.therapists) == (False, [])


def test_the_first_page_offers_times_once_somebody_works_here(helen: Helen) -> None:
    state = asyncio.run(helen.opens(HomeState, "/"))
    assert state.view.is_open
    assert len(state.view.therapists) == 1


def test_a_practice_that_can_be_booked_is_shown_no_steps(helen: Helen) -> None:
    state = asyncio.run(helen.opens(PracticeState, "/practice/"))
    assert state.steps == []


def test_where_no_cards_are_taken_a_service_must_allow_to_be_paid_later(
    helen: Helen, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire(monkeypatch, helen.database)

    async def go() -> None:
        state = await helen.opens(PracticeState, "/practice/")
        assert [step.what for step in state.steps if not step.is_done] == ["A way to pay"]
        services = await helen.opens(ServicesState, "/practice/services/")
        [card] = services.services
        assert (services.takes_cards, card.no_way_to_pay) == (False, True)
        await helen.opens(ServicesState, f"/practice/services/?id={card.public_id}")
        sent = {**SERVICE, f"gives-{helen.there.clinician_id}": "on", "pay_later": "on"}
        services = await helen.follows(ServicesState, await helen.does(ServicesState.save, sent))
        assert [one.no_way_to_pay for one in services.services] == [False]
        assert (await helen.opens(PracticeState, "/practice/")).steps == []

    asyncio.run(go())


def test_a_refused_profile_keeps_the_saved_one_and_names_the_fields(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(PracticeState, "/practice/")
        await helen.does(PracticeState.save, {**PROFILE, "name": "", "email": "desk@nowhere", "currency": "XXX"})
        assert set(state.errors) == {"name", "email", "currency"}
        assert (state.saved, state.profile.name) == ("", "Linden Row")

    asyncio.run(go())


def lines_sent(state: PracticeState, **changes: str) -> dict[str, str]:
    parts = ("kind", "label", "contact", "note")
    return {f"{part}-{one.public_id}": getattr(one, part) for one in state.lines for part in parts} | changes


def test_crisis_lines_are_added_moved_and_taken_out(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(PracticeState, "/practice/")
        for _ in range(2):
            await helen.does(PracticeState.add_line)
        first, second = (line.public_id for line in state.lines)
        named = {f"label-{first}": "Samaritans", f"contact-{first}": "116 123"}
        named |= {f"label-{second}": "Emergency", f"contact-{second}": "999", f"kind-{second}": "emergency"}
        await helen.does(PracticeState.move_up, second)
        await helen.does(PracticeState.save_lines, lines_sent(state, **named))
        assert [line.label for line in state.lines] == ["Emergency", "Samaritans"]
        await helen.does(PracticeState.remove_line, state.lines[0].public_id)
        await helen.does(PracticeState.save_lines, lines_sent(state))
        assert [line.label for line in helen.run(practice.crisis_lines)] == ["Samaritans"]

    asyncio.run(go())


def test_a_line_without_a_number_is_named_and_nothing_is_lost(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(PracticeState, "/practice/")
        for _ in range(2):
            await helen.does(PracticeState.add_line)
        first, second = (line.public_id for line in state.lines)
        typed = {f"label-{first}": "Samaritans", f"contact-{first}": "116 123", f"label-{second}": "Emergency"}
        await helen.does(PracticeState.save_lines, lines_sent(state, **typed))
        assert "Look at line 2;" in state.lines_problem
        assert [line.public_id for line in state.lines] == [first, second]
        assert helen.run(practice.crisis_lines) == []

    asyncio.run(go())


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("65", "GBP", 6500), ("65.00", "GBP", 6500), ("65,00", "GBP", 6500), (" £65.5 ", "GBP", 6550),
        ("65 gbp", "GBP", 6500), ("1,250", "GBP", 125000), ("1,250.00", "GBP", 125000), ("1.250,00", "EUR", 125000),
        ("1’250.00", "CHF", 125000), ("0", "GBP", 0), ("6500", "JPY", 6500), ("¥6,500", "JPY", 6500),
        ("6500.00", "JPY", 6500), ("65.", "GBP", 6500), ("65.005", "GBP", 6500500), ("65.0051", "GBP", None),
        ("", "GBP", None), ("-65", "GBP", None), ("sixty", "GBP", None), ("6 5 x", "GBP", None),
        ("1,25,00", "GBP", None), ("65.50", "JPY", None), ("٦٥", "GBP", None), ("1e3", "GBP", None), (".50", "GBP", None),
    ],
)  # fmt: skip
def test_prices_as_people_write_them(text: str, currency: str, minor: int | None) -> None:
    assert minor_units(text, currency) == minor


def test_a_service_is_added_with_who_gives_it(helen: Helen) -> None:
    async def go() -> None:
        await helen.opens(ServicesState, "/practice/services/?new=1")
        ways = await helen.does(ServicesState.save, {**SERVICE, f"gives-{helen.there.clinician_id}": "on"})
        state = await helen.follows(ServicesState, ways)
        card = next(one for one in state.services if one.name == "Long session")
        assert (card.price_words, card.givers) == ("£95.00", "Dr Miriam Okafor")
        assert state.said == "Long session is saved."

    asyncio.run(go())


def test_a_refused_service_says_what_would_do(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(ServicesState, "/practice/services/?new=1")
        assert (
            await helen.does(ServicesState.save, {**SERVICE, "price": "lots", "minutes": "x", "step_minutes": "1"})
            == []
        )
        assert state.errors == {
            "price": "Write an amount, such as 65.00.", "minutes": "Write a whole number.",
            "step_minutes": "From 5 to 240.",
        }  # fmt: skip
        await helen.does(ServicesState.save, {**SERVICE, "price": "999999", "minutes": "5", "name": ""})
        assert state.errors == {
            "price": "At most £100,000.00.", "minutes": "From 10 to 480.", "name": "This must not be empty.",
        }  # fmt: skip
        assert state.is_open

    asyncio.run(go())


def test_a_service_is_withdrawn_and_brought_back_from_the_list(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(ServicesState, "/practice/services/")
        await helen.does(ServicesState.withdraw, helen.there.offer_id)
        assert (state.services[0].is_active, state.said) == (
            False, "Follow-up is withdrawn. What is booked stays booked.",
        )  # fmt: skip
        await helen.does(ServicesState.bring_back, helen.there.offer_id)
        assert state.services[0].is_active

    asyncio.run(go())


def test_money_begins_with_nothing_and_a_month_that_is_none_is_the_present_one(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(MoneyState, "/practice/money/?month=never")
        assert (state.sheet.month_words, state.sheet.began, state.looks) == ("March 2026", False, [])
        assert await helen.does(MoneyState.choose_month, "2026-02") == ["/practice/money/?month=2026-02"]

    asyncio.run(go())


def test_filters_of_the_trail_stand_in_the_address_and_outlive_a_reload(helen: Helen) -> None:
    async def go() -> None:
        state = await helen.opens(AuditState, "/practice/audit/")
        await helen.opens(PracticeState, "/practice/")
        await helen.does(PracticeState.save, PROFILE)
        asked = {"kind": "practice", "who": str(helen.who.id), "since": "2026-03-04", "until": "", "outcome": "allowed"}
        await helen.opens(AuditState, "/practice/audit/")
        (way,) = await helen.does(AuditState.search, asked)
        for _ in range(2):
            await helen.opens(AuditState, way)
            assert (state.chosen.kind, state.chosen.since, state.chosen.who) == ("practice", "2026-03-04", asked["who"])
            assert [(card.who, card.action) for card in state.entries] == [
                ("Helen Ward", "changed the practice’s profile")
            ]
        await helen.does(AuditState.leave)
        assert (state.entries, state.people) == ([], [])

    asyncio.run(go())


@pytest.mark.parametrize("query", ["since=2026-99-99", "who=x", "kind=nothing", "until=9999-12-31", "patient=²"])
def test_a_filter_that_cannot_be_read_is_left_out_in_words(helen: Helen, query: str) -> None:
    state = asyncio.run(helen.opens(AuditState, f"/practice/audit/?{query}"))
    assert "cannot be read" in state.problem
    assert state.loaded


def test_older_entries_follow_without_a_gap(helen: Helen) -> None:
    async def go() -> None:
        await helen.opens(PracticeState, "/practice/")
        for number in range(60):
            await helen.does(PracticeState.save, {**PROFILE, "name": f"Row {number}"})
        state = await helen.opens(AuditState, "/practice/audit/?kind=practice")
        assert (len(state.entries), state.more, state.sentence[:10]) == (50, True, "60 entries")
        await helen.does(AuditState.show_more)
        assert (len({card.key for card in state.entries}), state.more) == (60, False)

    asyncio.run(go())
