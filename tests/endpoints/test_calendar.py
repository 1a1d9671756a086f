"""The calendar file of a visit: it puts the visit in, and takes a cancelled one out again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clinic.scheduling import service as scheduling
from portal.storage.clock import utc_now
from portal.storage.work import Role
from tests.endpoints.conftest import Desk
from tests.support.people import make_appointment, make_offer, make_person


@pytest.mark.parametrize("whose", [0, 1])
def test_the_file_of_a_cancelled_visit_takes_it_out_of_the_calendar(desk: Desk, whose: int) -> None:
    miriam = make_person(desk.database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(desk.database, "Rosa Whitfield", Role.PATIENT)
    at = utc_now() + timedelta(days=3)
    visit = make_appointment(desk.database, miriam, rosa, at, offer_id=make_offer(desk.database))
    headers = desk.cookie((rosa, miriam)[whose])
    booked = desk.ask("GET", f"/api/calendar/{visit}.ics", headers=headers).text
    assert "METHOD:PUBLISH" in booked
    assert "STATUS:CONFIRMED" in booked
    desk.database.run(rosa.viewer, scheduling.cancel, visit)
    taken_out = desk.ask("GET", f"/api/calendar/{visit}.ics", headers=headers).text
    assert "METHOD:CANCEL" in taken_out
    assert "STATUS:CANCELLED" in taken_out
