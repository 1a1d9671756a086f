"""The copy of a consent: the words that are signed, and under them the name, for the one who signed."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from portal.clinic.intake import service as intake
from portal.clinic.scheduling.queries import appointment_row
from portal.storage.clock import utc_now
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.endpoints.conftest import Desk
from tests.support.people import Who, make_appointment, make_offer, make_person

HOSTILE = "Rósa #set page(fill: red) \\ $x$ <script>"


@pytest.fixture
def rosa(desk: Desk) -> Who:
    return make_person(desk.database, "Rosa Whitfield", Role.PATIENT)


@pytest.fixture
def packet(desk: Desk, rosa: Who) -> str:
    miriam = make_person(desk.database, "Dr Miriam Okafor", Role.CLINICIAN)
    starts_at = utc_now() + timedelta(days=3)
    visit = make_appointment(desk.database, miriam, rosa, starts_at, offer_id=make_offer(desk.database))

    def open_packet(work: UnitOfWork) -> str:
        row = appointment_row(work, visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    return desk.database.run(SYSTEM, open_packet)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_text_can_be_saved_before_it_is_signed(desk: Desk, rosa: Who, packet: str):
    text = desk.database.run(rosa.viewer, intake.packet_view, packet).consent
    answer = desk.ask("GET", f"/api/documents/consent-text/{text.public_id}.pdf", headers=desk.cookie(rosa))
    assert answer.headers["content-type"] == "application/pdf"
    said = words(answer.content)
    assert "If you are in danger" in said
    assert text.fingerprint in said.replace(" ", "")
    assert "Signed" not in said


def test_what_was_signed_names_who_and_when_and_cannot_be_bent(desk: Desk, rosa: Who, packet: str):
    text = desk.database.run(rosa.viewer, intake.packet_view, packet).consent
    signed = {"agree": "yes", "typed_name": HOSTILE}
    signature = desk.database.run(rosa.viewer, intake.sign_consent, packet, text.fingerprint, signed, sure=True)
    address = f"/api/documents/consent/{signature.public_id}.pdf"
    answer = desk.ask("GET", address, headers=desk.cookie(rosa))
    said = words(answer.content)
    assert HOSTILE in said
    assert "Signed by typing the name" in said
    assert "Taken back" not in said
    desk.database.run(rosa.viewer, intake.withdraw_consent, signature.public_id)
    assert "Taken back" in words(desk.ask("GET", address, headers=desk.cookie(rosa)).content)


def test_nobody_else_gets_it(desk: Desk, rosa: Who, packet: str):
    text = desk.database.run(rosa.viewer, intake.packet_view, packet).consent
    signed = {"agree": "yes", "typed_name": "Rosa Whitfield"}
    signature = desk.database.run(rosa.viewer, intake.sign_consent, packet, text.fingerprint, signed)
    stranger = make_person(desk.database, "Sam", Role.PATIENT)
    address = f"/api/documents/consent/{signature.public_id}.pdf"
    assert desk.ask("GET", address, headers=desk.cookie(stranger)).status_code == 404
    assert desk.ask("GET", address).status_code == 401
    assert desk.ask("GET", f"/api/documents/consent-text/{text.public_id}.pdf").status_code == 401
    assert desk.ask("GET", "/api/documents/consent-text/none.pdf", headers=desk.cookie(rosa)).status_code == 404
