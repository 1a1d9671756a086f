"""Everything that was sent, signed and issued; and taking a consent back."""

from __future__ import annotations

import asyncio

from portal.clinic.intake import service as intake
from portal.pages.patient.papers.state import PapersState
from portal.pages.patient.visit.state import VisitState
from portal.storage.work import Role
from tests.clinic.intake.conftest import phq9
from tests.pages.patient.conftest import Rosa
from tests.support.people import make_person
from tests.support.tabs import Tab


async def papers(rosa: Rosa) -> PapersState:
    await rosa.tab.call(PapersState.open)
    return await rosa.tab.state(PapersState)


def signs(rosa: Rosa, packet: str) -> None:
    text = rosa.does(intake.packet_view, packet).consent
    rosa.does(intake.sign_consent, packet, text.fingerprint, {"agree": "yes", "typed_name": "Rosa Whitfield"})


def test_every_version_is_listed_and_the_newest_can_be_opened(rosa: Rosa):
    async def go():
        packet = rosa.packet(rosa.books())
        for answers in (phq9(0), {"q1": "1"}):
            rosa.does(intake.save_answers, packet, "phq9", answers)
            rosa.does(intake.submit_form, packet, "phq9")
            rosa.clock.advance(minutes=1)
        forms = (await papers(rosa)).forms
        assert [one.detail for one in forms] == [
            "version 2, for Wed 11 Mar with Dr Okafor",
            "version 1, for Wed 11 Mar with Dr Okafor",
        ]
        assert [one.href for one in forms] == [f"/intake/?packet={packet}&at=phq9.sent", ""]

    asyncio.run(go())


def test_a_consent_is_listed_with_its_fingerprint_and_taken_back_after_a_question(rosa: Rosa):
    async def go():
        packet = rosa.packet(rosa.books())
        signs(rosa, packet)
        line = (await papers(rosa)).signed[0]
        assert (line.name, line.taken_back) == ("Rosa Whitfield", "")
        assert len(line.marks.replace(" ", "")) == 16
        assert line.copy == f"/api/documents/consent/{line.id}.pdf"
        await rosa.tab.call(PapersState.ask, line.id)
        assert (await rosa.tab.state(PapersState)).asking == line.id
        await rosa.tab.call(PapersState.keep)
        assert rosa.does(intake.packet_view, packet).signature is not None
        await rosa.tab.call(PapersState.ask, line.id)
        await rosa.tab.call(PapersState.take_back)
        state = await rosa.tab.state(PapersState)
        assert (state.asking, state.done) == ("", "taken_back")
        assert state.signed[0].taken_back == "Wednesday 4 March 2026 at 15:00, London time"
        assert rosa.does(intake.packet_view, packet).signature is None

    asyncio.run(go())


def test_money_is_listed_with_its_documents(rosa: Rosa):
    async def go():
        rosa.books(paid=True)
        money = (await papers(rosa)).money
        assert sorted((one.what, one.amount) for one in money) == [
            ("Invoice 2026-00001", "£70.00"),
            ("Receipt 2026-00001", "£70.00"),
        ]
        assert all(one.href.startswith("/api/documents/") for one in money)

    asyncio.run(go())


def test_nobody_sees_or_takes_back_what_another_signed(rosa: Rosa):
    async def go():
        packet = rosa.packet(rosa.books(paid=True))
        signs(rosa, packet)
        theirs = rosa.does(intake.my_signatures)[0].public_id
        rosa.tab = Tab(make_person(rosa.database, "Sam", Role.PATIENT).viewer)
        state = await papers(rosa)
        assert (state.forms, state.signed, state.money) == ([], [], [])
        await rosa.tab.call(PapersState.ask, theirs)
        await rosa.tab.call(PapersState.take_back)
        assert rosa.does(intake.my_signatures)[0].withdrawn_at is None

    asyncio.run(go())


def test_what_is_owed_stands_among_the_papers_and_can_be_paid(rosa: Rosa):
    async def go():
        visit = rosa.books()
        await rosa.tab.call(PapersState.open)
        [owed] = (await rosa.tab.state(PapersState)).owed
        assert (owed.id, owed.on, owed.why, owed.amount) == (
            visit,
            "Wed 11 Mar",
            "Visit to come, with Dr Okafor",
            "£70.00",
        )
        [led_to] = await rosa.tab.call(PapersState.pay, visit)
        assert led_to.startswith("https://cards.example/")
        rosa.cards.is_paid()
        rosa.tab.open(f"/visits/detail/?id={visit}&payment={rosa.cards.opened[-1].payment_id}")
        await rosa.tab.call(VisitState.open)
        await rosa.tab.call(PapersState.open)
        assert (await rosa.tab.state(PapersState)).owed == []
        assert await rosa.tab.call(PapersState.pay, visit) == []
        assert (await rosa.tab.state(PapersState)).problem == "nothing_owed"

    asyncio.run(go())
