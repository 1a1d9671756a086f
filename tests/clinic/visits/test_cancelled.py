"""A visit that was cancelled: what its clinician still reads, and that nothing can be done to it any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clinic.errors import Conflict, NotAllowed, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, NoteStatus, Upon
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.queries import appointment_row
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import DayEntry, RoomState
from portal.pages.clinician.day.cards import day_card
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.clinic.visits.conftest import House
from tests.support.people import make_person


def packet_of(house: House) -> str:
    def opened(work: UnitOfWork) -> str:
        row = appointment_row(work, house.visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    return house.run(SYSTEM, opened)


@pytest.fixture
def gone(house: House) -> House:
    """Rosa answered question 9 with "several days", has not sent it, and cancels."""
    house.run(house.rosa.viewer, intake.save_answers, packet_of(house), "phq9", {"q9": "1"})
    house.run(house.rosa.viewer, scheduling.cancel, house.visit)
    return house


def entry(house: House) -> DayEntry:
    return house.read(house.miriam.viewer, visits.day).entries[0]


def test_the_flag_of_who_cancels_stays_in_the_day_until_it_was_talked_about(gone: House):
    def row():
        return day_card(gone.read(gone.miriam.viewer, visits.day), gone.clock.now).rows[0]

    assert entry(gone).status is AppointmentStatus.CANCELLED
    shown = row()
    assert (shown.flag, shown.act, shown.href) == (
        "Question 9: several days",
        "open",
        f"/day/visit/?id={gone.visit}",
    )
    mark = entry(gone).intake
    assert mark is not None
    assert mark.flag is not None
    gone.run(gone.miriam.viewer, intake.acknowledge_flag, mark.flag.public_id)
    shown = row()
    assert (shown.flag, shown.act, shown.href) == ("", "", f"/day/visit/?id={gone.visit}")


def test_beside_every_day_it_is_said_whom_to_talk_to_and_that_is_a_reading(gone: House):
    def beside():
        elsewhere = gone.clock.now.date() + timedelta(days=20)
        view = gone.run(gone.miriam.viewer, visits.open_day, elsewhere)
        return [(one.label, one.href) for one in day_card(view, gone.clock.now).to_talk]

    assert beside() == [("Rosa Whitfield", f"/day/visit/?id={gone.visit}")]
    assert gone.acts()[-1] == "day.read"
    mark = entry(gone).intake
    assert mark is not None
    assert mark.flag is not None
    gone.run(gone.miriam.viewer, intake.acknowledge_flag, mark.flag.public_id)
    assert beside() == []
    other = make_person(gone.database, "Tomás Herrera", Role.CLINICIAN)
    assert gone.read(other.viewer, visits.day).to_talk == ()


def test_its_clinician_reads_it_and_opens_the_safety_sheet_and_both_are_written_down(gone: House):
    page = gone.run(gone.miriam.viewer, visits.visit_page, gone.visit)
    assert page.clinical is not None
    assert [flag.level for flag in page.clinical.flags] == [1]
    assert (page.entry.status, page.entry.room) == (AppointmentStatus.CANCELLED, RoomState.FINISHED)
    sheet = gone.run(gone.miriam.viewer, visits.open_safety, gone.visit)
    assert (sheet.name, sheet.flag) == ("Rosa Whitfield", "Several days")
    assert gone.acts()[-4:] == ["visit.read", "intake.read", "visit.safety", "intake.read"]


def test_nobody_else_reads_it(gone: House):
    other = make_person(gone.database, "Tomás Herrera", Role.CLINICIAN)
    owner = make_person(gone.database, "Olive", Role.OWNER)
    for service in (visits.visit_page, visits.open_safety, visits.visit_entry):
        with pytest.raises(NotFound):
            gone.run(other.viewer, service, gone.visit)
        for viewer in (owner.viewer, gone.rosa.viewer):
            with pytest.raises(NotAllowed):
                gone.run(viewer, service, gone.visit)


def test_it_has_no_room_and_nothing_can_be_done_to_it(gone: House):
    for service in (visits.admit, visits.finish, visits.mark_no_show, visits.seat, visits.room_status):
        with pytest.raises(NotFound):
            gone.run(gone.miriam.viewer, service, gone.visit)
    for service in (visits.knock, visits.seat, visits.room_status, visits.leave_waiting):
        with pytest.raises(NotFound):
            gone.run(gone.rosa.viewer, service, gone.visit)
    with pytest.raises(NotFound):
        gone.run(gone.rosa.viewer, visits.say_place, gone.visit, "Here")


def test_who_cancels_in_the_waiting_room_waits_no_more(house: House):
    house.knock()
    house.run(house.rosa.viewer, scheduling.cancel, house.visit)
    assert not entry(house).is_waiting


def test_no_note_is_begun_for_it(gone: House):
    with pytest.raises(Conflict) as refused:
        gone.run(gone.miriam.viewer, records.save_note, gone.visit, NoteKind.SOAP, {"plan": "Call"}, Upon())
    assert refused.value.code == "visit_cancelled"
    with pytest.raises(Conflict):
        gone.run(gone.miriam.viewer, records.change_kind, gone.visit, NoteKind.FREE, {})
    assert gone.run(gone.miriam.viewer, records.note_for, gone.visit).status is NoteStatus.NONE


def test_a_note_that_was_begun_is_finished_and_signed(house: House):
    hers = house.miriam.viewer
    house.run(hers, records.save_note, house.visit, NoteKind.SOAP, {"plan": "Call"}, Upon())
    house.run(house.rosa.viewer, scheduling.cancel, house.visit)
    house.run(hers, records.save_note, house.visit, NoteKind.SOAP, {"plan": "Called"}, Upon(1))
    note = house.run(hers, records.note_for, house.visit)
    signed = house.run(hers, records.sign_note, house.visit, dict(note.seen))
    assert (signed.status, signed.fields["plan"]) == (NoteStatus.SIGNED, "Called")
