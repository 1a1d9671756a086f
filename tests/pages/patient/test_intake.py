"""One page of questions at a time: saved as given, resumed where it was left, nothing left behind in State."""

from __future__ import annotations

import asyncio

from portal.clinic.intake import service as intake
from portal.clinic.scheduling import service as scheduling
from portal.pages.patient.intake.state import IntakeState
from portal.storage.work import Role
from tests.clinic.intake.conftest import ABOUT, gad7, phq9
from tests.pages.patient.conftest import Form, Rosa
from tests.support.people import make_person, viewer_for
from tests.support.tabs import Tab

NEXT, BACK = IntakeState.go_on, IntakeState.go_back
SIGNED = {"agree": "on", "typed_name": "Rosa Whitfield"}


def test_the_whole_way_from_the_first_question_to_the_last(form: Form):
    async def go():
        assert await form.arrive() == "about_you.you"
        await form.answer("about_you", **ABOUT)
        for page in ("place", "someone", "reason"):
            assert await form.press(NEXT) == f"about_you.{page}"
        assert await form.press(NEXT) == "consent_telehealth.sign"
        await form.tab.call(IntakeState.sign, SIGNED)
        assert (await form.state()).consent.signed_name == "Rosa Whitfield"
        assert await form.press(IntakeState.go_further) == "phq9.items_1"
        await form.answer("phq9", **phq9(0))
        assert [await form.press(NEXT) for _ in range(2)] == ["phq9.items_2", "phq9.items_3"]
        assert (await form.state()).way.is_last_page
        assert await form.press(NEXT) == "gad7.items_1"
        await form.answer("gad7", **gad7(1))
        assert [await form.press(NEXT) for _ in range(3)] == ["gad7.items_2", "gad7.difficulty", "done"]
        assert set((await form.state()).way.segments) == {"done"}

    asyncio.run(go())


def test_a_page_that_is_not_answered_says_so_and_stays(form: Form):
    async def go():
        await form.arrive()
        await form.answer("about_you", preferred_name="Rosa", phone="12")
        assert await form.press(NEXT) == "about_you.you"
        state = await form.state()
        assert state.problem == "open_questions"
        assert state.errors == {
            "about_you.birth_date": "This one is still open.",
            "about_you.phone": "Some digits are missing.",
        }
        await form.answer("about_you", phone="020 7946 0123")
        assert list((await form.state()).errors) == ["about_you.birth_date"]

    asyncio.run(go())


def test_another_name_under_the_consent_is_asked_about_once(form: Form):
    async def go():
        await form.arrive("&at=consent_telehealth.sign")
        await form.tab.call(IntakeState.sign, {**SIGNED, "typed_name": "Somebody Else"})
        state = await form.state()
        assert (state.problem, state.tried.doubt, state.consent.signature_id) == ("name_differs", "Somebody Else", "")
        await form.tab.call(IntakeState.sign, {**SIGNED, "typed_name": "Another One"})
        state = await form.state()
        assert (state.tried.doubt, state.consent.signature_id) == ("Another One", "")
        await form.tab.call(IntakeState.sign, {**SIGNED, "typed_name": "Another One"})
        state = await form.state()
        assert (state.problem, state.tried.doubt, state.consent.signed_name) == ("", "", "Another One")

    asyncio.run(go())


def test_a_try_that_was_not_taken_calls_for_the_focus(form: Form):
    async def go():
        await form.arrive()
        await form.press(NEXT)
        await form.press(NEXT)
        assert (await form.state()).tried.count == 2

    asyncio.run(go())


def test_it_goes_on_where_it_was_left_on_any_device(form: Form, rosa: Rosa):
    async def go():
        await form.arrive()
        await form.answer("about_you", **ABOUT)
        rosa.tab = Tab(viewer_for(rosa.who.id, Role.PATIENT, session=2))
        assert await form.arrive() == "about_you.someone"
        assert await form.arrive("&form=phq9") == "phq9.items_1"
        await form.answer("phq9", q1="1", q2="1", q3="0", q4="2")
        rosa.tab = Tab(rosa.who.viewer)
        assert await form.arrive("&form=phq9") == "phq9.items_2"
        state = await form.state()
        assert (state.answers["phq9.q4"], state.saved.said) == ("2", "Saved at 15:00")

    asyncio.run(go())


def test_back_leads_through_the_pages_and_out(form: Form, rosa: Rosa):
    async def go():
        rosa.does(intake.save_answers, form.packet, "about_you", ABOUT)
        rosa.does(intake.submit_form, form.packet, "about_you")
        assert await form.arrive("&at=phq9.items_2") == "phq9.items_2"
        assert await form.press(BACK) == "phq9.items_1"
        assert await form.press(BACK) == "consent_telehealth.sign"
        assert await form.press(BACK) == "about_you.sent"
        assert await form.arrive("&at=about_you.you") == "about_you.you"
        assert await form.press(BACK) == "/home/"

    asyncio.run(go())


def test_question_nine_above_zero_opens_help_at_once_and_zero_closes_it(form: Form):
    async def go():
        await form.arrive("&at=phq9.items_3")
        await form.answer("phq9", q9="1")
        assert (await form.state()).help_open
        await form.answer("phq9", q8="3")
        assert (await form.state()).help_open
        await form.answer("phq9", q9="0")
        assert not (await form.state()).help_open
        await form.answer("phq9", q9="2")
        await form.arrive("&at=gad7.items_1")
        assert not (await form.state()).help_open

    asyncio.run(go())


def test_the_question_about_difficulty_comes_only_after_a_problem(form: Form):
    async def go():
        await form.arrive("&at=phq9.items_3")
        await form.answer("phq9", **phq9(0))
        assert (await form.state()).way.is_last_page
        await form.answer("phq9", q1="1")
        assert not (await form.state()).way.is_last_page

    asyncio.run(go())


def test_nothing_stays_in_state_when_the_page_goes_away(form: Form):
    async def go():
        await form.arrive()
        await form.answer("about_you", reason="canary")
        await form.tab.call(IntakeState.leave)
        state = await form.state()
        assert "canary" not in repr(state.dict())
        assert not state.loaded
        # A save that comes after the page has gone is kept, and does not return into State.
        await form.answer("about_you", reason="late canary")
        assert "canary" not in repr((await form.state()).dict())
        await form.arrive("&at=about_you.reason")
        assert (await form.state()).answers["about_you.reason"] == "late canary"

    asyncio.run(go())


def test_answers_of_another_form_never_show_in_this_one(form: Form):
    async def go():
        await form.arrive("&at=phq9.items_1")
        await form.answer("phq9", q1="3")
        await form.arrive("&at=gad7.items_1")
        assert (await form.state()).answers == {}

    asyncio.run(go())


def test_forms_of_somebody_else_are_not_there(form: Form, rosa: Rosa):
    async def go():
        rosa.does(intake.save_answers, form.packet, "about_you", {"reason": "canary"})
        rosa.tab = Tab(make_person(rosa.database, "Sam", Role.PATIENT).viewer)
        await form.arrive("&at=about_you.reason")
        state = await form.state()
        assert (state.loaded, state.packet.id) == (True, "")
        assert "canary" not in repr(state.dict())
        await form.answer("about_you", reason="mine now")
        assert (await form.state()).problem == "not_found"

    asyncio.run(go())


def test_a_signature_names_what_is_missing_and_stands_under_the_shown_text(form: Form, rosa: Rosa):
    async def go():
        await form.arrive("&at=consent_telehealth.sign")
        await form.tab.call(IntakeState.sign, {"typed_name": ""})
        state = await form.state()
        assert state.problem == "not_signed"
        assert set(state.errors) == {"consent_telehealth.agree", "consent_telehealth.typed_name"}
        await form.tab.call(IntakeState.sign, SIGNED)
        state = await form.state()
        assert (state.problem, state.errors) == ("", {})
        assert state.consent.signed_at == "Wednesday 4 March 2026 at 15:00, London time"
        kept = rosa.does(intake.my_signatures)[0]
        assert kept.text.fingerprint == state.consent.fingerprint

    asyncio.run(go())


def test_a_change_after_sending_is_told_and_can_be_dropped(form: Form, rosa: Rosa):
    async def go():
        rosa.does(intake.save_answers, form.packet, "phq9", phq9(0))
        rosa.does(intake.submit_form, form.packet, "phq9")
        assert await form.arrive("&form=phq9") == "phq9.sent"
        first = (await form.state()).said[0]
        assert (first.question[:15], first.answer) == ("Little interest", "Not at all")
        assert await form.press(IntakeState.change) == "phq9.items_1"
        assert (await form.state()).way.state == "sent"
        await form.answer("phq9", q1="1")
        assert (await form.state()).way.state == "changed"
        assert await form.press(IntakeState.drop_changes) == "phq9.sent"
        assert (await form.state()).way.state == "sent"

    asyncio.run(go())


def test_after_a_cancelled_visit_the_page_says_that_nothing_can_be_changed(rosa: Rosa):
    async def go():
        visit = rosa.books()
        form = Form(rosa, rosa.packet(visit))
        await form.arrive("&at=phq9.items_1")
        rosa.does(scheduling.cancel, visit)
        await form.answer("phq9", q1="1")
        state = await form.state()
        assert (state.problem, state.answers) == ("packet_closed", {})
        await form.arrive("&at=phq9.items_1")
        assert not (await form.state()).way.may_change

    asyncio.run(go())


def test_junk_from_the_line_changes_nothing(form: Form):
    async def go():
        await form.arrive("&at=phq9.items_1")
        for junk in ("", "intake", "intake:::", ":::::::", f"intake:{form.packet}:phq9:q99", f"note:{form.packet}:x:y"):
            await form.tab.call(IntakeState.keep, junk, "1")
        state = await form.state()
        assert state.answers == {}
        assert await form.arrive("&at=phq9.no_such_page") == "about_you.you"

    asyncio.run(go())
