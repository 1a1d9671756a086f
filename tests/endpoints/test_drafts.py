"""What was typed in the last moment before a page went away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest

from portal.clinic.intake import service as intake
from portal.clinic.records import service as records
from portal.clinic.scheduling.queries import appointment_row
from portal.storage.clock import utc_now
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.endpoints.conftest import Desk
from tests.support.people import Who, make_appointment, make_offer, make_person

OURS = {"x-quietroom": "1"}


@dataclass(frozen=True)
class Page:
    """A page that goes away, of a patient or of her therapist."""

    desk: Desk
    rosa: Who
    miriam: Who
    visit: str
    packet: str

    def leave(self, who: Who | None, draft_id: object, text: object, headers: dict | None = None) -> httpx.Response:
        cookie = self.desk.cookie(who) if who else {}
        sent = {**cookie, **(OURS if headers is None else headers)}
        return self.desk.ask("POST", "/api/drafts", headers=sent, json={"draft_id": draft_id, "text": text})


@pytest.fixture
def page(desk: Desk) -> Page:
    rosa = make_person(desk.database, "Rosa Whitfield", Role.PATIENT)
    miriam = make_person(desk.database, "Dr Miriam Okafor", Role.CLINICIAN)
    offer = make_offer(desk.database)
    starts_at = utc_now() + timedelta(days=1)
    visit = make_appointment(desk.database, miriam, rosa, starts_at, offer_id=offer)

    def open_packet(work: UnitOfWork) -> str:
        row = appointment_row(work, visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    return Page(desk, rosa, miriam, visit, desk.database.run(SYSTEM, open_packet))


def test_a_patients_last_words_are_kept(page: Page):
    answer = page.leave(page.rosa, f"intake:{page.packet}:about_you:reason", "I cannot sleep")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    view = page.desk.database.run(page.rosa.viewer, intake.packet_view, page.packet)
    assert view.forms[0].answers == {"reason": "I cannot sleep"}


def test_a_therapists_last_words_are_kept(page: Page):
    assert page.leave(page.miriam, f"note:{page.visit}:soap:plan", "Sleep diary").status_code == 200
    note = page.desk.database.run(page.miriam.viewer, records.note_for, page.visit)
    assert note.fields["plan"] == "Sleep diary"


def test_nobody_writes_into_what_is_not_theirs(page: Page):
    stranger = make_person(page.desk.database, "Sam", Role.PATIENT, Role.CLINICIAN)
    assert page.leave(stranger, f"intake:{page.packet}:about_you:reason", "x").status_code == 404
    assert page.leave(stranger, f"note:{page.visit}:soap:plan", "x").status_code == 404
    assert page.leave(None, f"intake:{page.packet}:about_you:reason", "x").status_code == 401
    assert page.leave(page.rosa, f"note:{page.visit}:soap:plan", "x").status_code == 403


@pytest.mark.parametrize(
    ("draft_id", "text"),
    [
        ("", "x"),
        ("intake", "x"),
        ("intake:a:b:c:d", "x"),
        ("poem:a:b:c", "x"),
        ("note:a:sonnet:c", "x"),
        (["intake"], "x"),
        ("intake:{packet}:about_you:reason", 7),
        ("intake:{packet}:about_you:nothing", "x"),
        ("intake:{packet}:about_you:reason", "x" * 30_000),
    ],
)
def test_junk_is_refused(page: Page, draft_id: object, text: object):
    named = draft_id.format(packet=page.packet) if isinstance(draft_id, str) else draft_id
    assert page.leave(page.rosa, named, text).status_code == 422


def test_a_form_of_another_site_is_refused(page: Page):
    answer = page.leave(page.rosa, f"intake:{page.packet}:about_you:reason", "x", headers={})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_from_here")
