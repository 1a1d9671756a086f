"""The day and the visit page: what a clinician reads, that it is written down, and that nobody else reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.clinic.audit import AuditEntry
from portal.clinic.billing.values import PaidStatus
from portal.clinic.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, NoteStatus, Upon
from portal.clinic.scheduling.queries import appointment_row
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import rules
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import DayView, RoomState, VisitPage, VisitState, Whereabouts
from portal.storage.work import SYSTEM, Role, UnitOfWork
from tests.clinic.visits.conftest import House
from tests.support.people import make_appointment, make_person


@dataclass(frozen=True)
class Told:
    """Patients who answer."""

    house: House

    def send(self, visit: str, *points: int) -> None:
        """Rosa sends the PHQ-9 of a visit."""

        def opened(work: UnitOfWork) -> str:
            row = appointment_row(work, visit)
            assert row is not None
            return intake.open_packet(work, row).public_id

        packet = self.house.run(SYSTEM, opened)
        answers = {f"q{number}": str(point) for number, point in enumerate(points, 1)}
        self.house.run(self.house.rosa.viewer, intake.save_answers, packet, "phq9", answers)
        self.house.run(self.house.rosa.viewer, intake.submit_form, packet, "phq9")


@pytest.fixture
def told(house: House) -> Told:
    return Told(house)


def day(house: House, on: date | None = None) -> DayView:
    return house.read(house.miriam.viewer, visits.day, on)


def page(house: House, visit: str) -> VisitPage:
    return house.run(house.miriam.viewer, visits.visit_page, visit)


def later(house: House, **how_far: float) -> str:
    at = house.clock.now + timedelta(minutes=15) + timedelta(**how_far)
    return make_appointment(house.database, house.miriam, house.rosa, at, offer_id=house.offer)


def test_a_row_says_all_that_is_known(house: House, told: Told) -> None:
    told.send(house.visit, 2, 2, 2, 2, 2, 1, 1, 1, 1)
    house.knock()
    (entry,) = day(house).entries
    assert (entry.patient_name, entry.offer_name, entry.number) == ("Rosa Whitfield", "Follow-up", 1)
    assert (entry.state, entry.room, entry.is_waiting) == (VisitState.WAITING, RoomState.WAITING, True)
    assert entry.waiting_since == house.clock.now
    assert (entry.paid.status, entry.paid.amount_minor) == (PaidStatus.UNPAID, 7000)
    assert entry.note.status is NoteStatus.NONE
    assert entry.intake is not None
    assert [(one.measure, one.score.total) for one in entry.intake.scores] == [("PHQ-9", 14)]
    assert entry.intake.flag is not None


def test_the_day_is_the_day_of_the_clinicians_clock(house: House) -> None:
    assert day(house).on == date(2026, 3, 4)
    late = datetime(2026, 3, 5, 0, 30, tzinfo=UTC)
    make_appointment(house.database, house.miriam, house.rosa, late, offer_id=house.offer)
    assert len(day(house).entries) == 1
    assert len(day(house, date(2026, 3, 5)).entries) == 1
    for on in (date(2026, 3, 29), date(2026, 10, 25)):
        since, until = rules.day_span(on, "Europe/London")
        assert (until - since) in {timedelta(hours=23), timedelta(hours=25)}


def test_only_the_own_calendar_is_shown(house: House) -> None:
    tomas = make_person(house.database, "Tomas", Role.CLINICIAN)
    assert house.read(tomas.viewer, visits.day, None).entries == ()
    for stranger in (house.rosa, make_person(house.database, "Otto", Role.OWNER)):
        for act in (visits.day, visits.open_day):
            with pytest.raises(NotAllowed):
                house.run(stranger.viewer, act)
        with pytest.raises(NotAllowed):
            house.run(stranger.viewer, visits.waiting)
    for act in (visits.visit_page, visits.visit_entry, visits.open_safety):
        with pytest.raises(NotFound):
            house.run(tomas.viewer, act, house.visit)
        with pytest.raises(NotAllowed):
            house.run(house.rosa.viewer, act, house.visit)


def test_opening_a_day_is_written_down_for_each_patient_and_looking_again_is_not(house: House) -> None:
    house.run(house.miriam.viewer, visits.open_day)
    house.run(house.miriam.viewer, visits.day)
    with Session(house.database.engine) as db:
        told = db.exec(select(AuditEntry)).all()
    assert [(one.action, one.subject_ref, one.patient_id) for one in told] == [("day.read", house.visit, house.rosa.id)]


def test_a_cancelled_visit_stays_in_its_row_and_counts_no_more(house: House) -> None:
    second = later(house, hours=3)
    with Session(house.database.engine) as db:
        row = db.exec(select(Appointment).where(Appointment.public_id == house.visit)).one()
        row.status, row.cancelled_at = AppointmentStatus.CANCELLED, house.clock.now
        db.commit()
    first, other = day(house).entries
    assert (first.status, first.number, first.cancelled_at) == (AppointmentStatus.CANCELLED, 0, house.clock.now)
    assert (other.appointment_id, other.number) == (second, 1)


def test_who_waits_is_heard_in_the_order_of_coming(house: House) -> None:
    assert house.read(house.miriam.viewer, visits.waiting) == []
    luis = make_person(house.database, "Luis", Role.PATIENT)
    at = house.clock.now + timedelta(minutes=5)
    early = make_appointment(
        house.database, make_person(house.database, "T", Role.CLINICIAN), luis, at, offer_id=house.offer
    )
    house.run(luis.viewer, visits.knock, early)
    house.knock()
    (heard,) = house.read(house.miriam.viewer, visits.waiting)
    assert (heard.appointment_id, heard.patient_name) == (house.visit, "Rosa Whitfield")
    house.clock.advance(seconds=11)
    assert house.read(house.miriam.viewer, visits.waiting) == []


def test_what_is_left_to_write(house: House) -> None:
    assert day(house).to_finish == ()
    house.knock()
    house.admit()
    house.run(house.miriam.viewer, visits.finish, house.visit)
    assert [(one.appointment_id, one.saved_at) for one in day(house).to_finish] == [(house.visit, None)]
    saved = house.run(house.miriam.viewer, records.save_note, house.visit, NoteKind.FREE, {"text": "x"}, Upon(0))
    assert [(one.patient_name, one.saved_at) for one in day(house).to_finish] == [("Rosa Whitfield", house.clock.now)]
    house.run(house.miriam.viewer, records.sign_note, house.visit, saved.seen)
    assert day(house).to_finish == ()
    assert day(house).entries[0].note.status is NoteStatus.SIGNED


def test_the_next_day_in_numbers(house: House, told: Told) -> None:
    visit = later(house, days=1)
    told.send(visit, *[0] * 9)
    following = day(house).following
    assert (following.on, following.visits, following.unpaid, following.forms_open) == (date(2026, 3, 5), 1, 1, 1)
    assert following.first_at == house.clock.now + timedelta(days=1, minutes=15)


def test_the_visit_page_has_the_answers_of_now_and_of_the_time_before(house: House, told: Told) -> None:
    second = later(house, days=7)
    told.send(house.visit, *[0] * 9)
    house.clock.advance(days=6)
    told.send(second, 3, *[0] * 7, 2)
    seen = page(house, second)
    assert seen.entry.number == 2
    assert [one.appointment_id for one in seen.earlier] == [house.visit]
    assert seen.clinical is not None
    assert seen.before is not None
    assert [form.answers["q9"] for form in seen.clinical.forms] == ["2"]
    assert [form.answers["q9"] for form in seen.before.forms] == ["0"]
    assert [point.score.total for point in seen.clinical.trends[0].points] == [0, 5]
    assert {"visit.read", "intake.read"} <= set(house.acts())


def test_a_visit_without_forms_has_a_page_too(house: House) -> None:
    seen = page(house, house.visit)
    assert (seen.clinical, seen.before, seen.earlier) == (None, None, ())


def test_the_safety_sheet_says_where_they_are_and_is_written_down(house: House) -> None:
    def opened(work: UnitOfWork) -> str:
        row = appointment_row(work, house.visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    packet = house.run(SYSTEM, opened)
    about = {
        "preferred_name": "Rosa",
        "birth_date": "1991-02-28",
        "phone": "07700 900 418",
        "usual_place": "14 Harbour Lane, Whitby",
        "emergency_name": "Helen Whitfield",
        "emergency_relation": "sister",
        "emergency_phone": "07700 900 266",
    }
    house.run(house.rosa.viewer, intake.save_answers, packet, "about_you", about)
    house.run(house.rosa.viewer, intake.submit_form, packet, "about_you")
    sheet = house.run(house.miriam.viewer, visits.open_safety, house.visit)
    assert (sheet.place, sheet.phone) == ("14 Harbour Lane, Whitby", "07700 900 418")
    assert (sheet.contact_name, sheet.contact_phone) == ("Helen Whitfield, sister", "07700 900 266")
    assert sheet.place_at is None
    assert "visit.safety" in house.acts()
    assert house.run(house.rosa.viewer, visits.whereabouts, house.visit) == Whereabouts("", "14 Harbour Lane, Whitby")

    house.run(house.rosa.viewer, visits.say_place, house.visit, " Hotel Linde,\nroom 4 ")
    sheet = house.run(house.miriam.viewer, visits.open_safety, house.visit)
    assert (sheet.place, sheet.place_at) == ("Hotel Linde, room 4", house.clock.now)
    assert house.run(house.rosa.viewer, visits.whereabouts, house.visit).today == "Hotel Linde, room 4"
    assert "visit.place" in house.acts()


def test_where_a_patient_is_today_is_sealed_theirs_to_say_and_for_one_visit(house: House) -> None:
    house.run(house.rosa.viewer, visits.say_place, house.visit, "Hotel Linde")
    with house.database.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT place_sealed FROM visit")).scalar_one()
    assert b"Linde" not in bytes(kept)
    for who in (make_person(house.database, "Sam", Role.PATIENT), make_person(house.database, "Theo", Role.CLINICIAN)):
        with pytest.raises((NotFound, NotAllowed)):
            house.run(who.viewer, visits.say_place, house.visit, "elsewhere")
    with pytest.raises(NotAllowed):
        house.run(house.miriam.viewer, visits.whereabouts, house.visit)
    for words in ("  ", "x" * 401):
        with pytest.raises(Invalid):
            house.run(house.rosa.viewer, visits.say_place, house.visit, words)
    house.clock.advance(hours=4)
    with pytest.raises(Conflict, match="finished"):
        house.run(house.rosa.viewer, visits.say_place, house.visit, "too late")
