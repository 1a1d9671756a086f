"""The door of a visit whose patient has taken their consent to video back, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.clinic.intake import service as intake
from portal.clinic.scheduling.queries import appointment_row
from portal.storage.clock import utc_now
from portal.storage.work import Role, UnitOfWork
from tests.endpoints.conftest import Desk
from tests.support.people import Who, make_appointment, make_offer, make_person


def test_it_is_held_for_both_and_both_are_told(desk: Desk) -> None:
    miriam = make_person(desk.database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(desk.database, "Rosa Whitfield", Role.PATIENT)
    at = utc_now() + timedelta(minutes=5)
    visit = make_appointment(desk.database, miriam, rosa, at, offer_id=make_offer(desk.database))

    def sign_and_take_back(work: UnitOfWork) -> None:
        row = appointment_row(work, visit)
        assert row is not None
        packet = intake.open_packet(work, row).public_id
        text = intake.packet_view(work, packet).consent
        answers = {"agree": "yes", "typed_name": "Rosa Whitfield"}
        signed = intake.sign_consent(work, packet, text.fingerprint, answers)
        intake.withdraw_consent(work, signed.public_id)

    def ask(who: Who, deed: str, method: str = "POST") -> tuple[int, dict[str, Any]]:
        headers = {**desk.cookie(who), "x-quietroom": "1"}
        answer = desk.ask(method, f"/api/visits/{visit}/{deed}", headers=headers)
        return answer.status_code, answer.json()

    assert ask(rosa, "room", "GET")[1]["consent_gone_at"] is None
    desk.database.run(rosa.viewer, sign_and_take_back)
    _, said = ask(rosa, "knock")
    assert said["consent_gone_at"]
    assert said["visit_page"] == f"/visits/detail/?id={visit}"
    assert ask(miriam, "room", "GET")[1]["consent_gone_at"] == said["consent_gone_at"]
    for deed in ("admit", "video-token"):
        status, refused = ask(miriam, deed)
        assert (status, refused["code"]) == (409, "consent_taken_back")
