"""What a patient wants to be called: from the form to the greeting, the day, the visit's page, the sheet and the door."""

from __future__ import annotations

import pytest

from portal.clinic.intake import service as intake
from portal.clinic.people import service as people
from portal.clinic.people.rules import goes_by
from portal.clinic.scheduling.queries import appointment_row
from portal.clinic.visits import service as visits
from portal.pages.clinician.answers import Reading
from portal.pages.clinician.day.cards import day_card
from portal.pages.clinician.visit.cards import head_card, safety_card
from portal.storage.work import SYSTEM, UnitOfWork
from tests.clinic.intake.conftest import ABOUT
from tests.clinic.visits.conftest import House


def tell(house: House, name: str, *, send: bool = True) -> None:
    def opened(work: UnitOfWork) -> str:
        row = appointment_row(work, house.visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    packet, hers = house.run(SYSTEM, opened), house.rosa.viewer
    house.run(hers, intake.save_answers, packet, "about_you", {**ABOUT, "preferred_name": name})
    if send:
        house.run(hers, intake.submit_form, packet, "about_you")


def test_once_sent_it_is_what_the_patient_is_called(house: House):
    hers, his = house.rosa.viewer, house.miriam.viewer
    tell(house, "Robin", send=False)
    assert house.read(hers, people.me).called == ""
    tell(house, "Robin")
    me = house.read(hers, people.me)
    assert (me.called, me.name) == ("Robin", "Rosa Whitfield")
    house.knock()
    (knock,) = house.read(his, visits.waiting)
    assert (knock.patient_called, knock.patient_name) == ("Robin", "Rosa Whitfield")
    view = house.read(his, visits.day)
    row = day_card(view, house.clock.now).rows[0]
    assert (row.name, row.first_name, row.about.split(" · ")[0]) == ("Rosa Whitfield", "Robin", "called Robin")
    head = head_card(view.entries[0], "Europe/London", house.clock.now, "")
    assert (head.name, head.first_name, head.details.split(" · ")[0]) == ("Rosa Whitfield", "Robin", "called Robin")
    sheet = safety_card(house.run(his, visits.open_safety, house.visit), Reading("Europe/London", view.on), [])
    assert (sheet.opened, sheet.facts[0].value) == ("Rosa Whitfield", "Robin")
    assert house.read(his, visits.room_status, house.visit).other_called == "Robin"
    assert house.read(hers, visits.room_status, house.visit).self_called == "Robin"


@pytest.mark.parametrize("preferred", ["", "Rosa", "rosa ", "Rosa  Whitfield"])
def test_what_the_name_says_already_is_not_said_twice(preferred: str):
    assert goes_by("Rosa Whitfield", preferred) == ""
