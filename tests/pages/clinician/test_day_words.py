"""What the therapist reads of a day and of a visit, in words: scores, question 9, money, zones, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.clinic.intake import service as intake
from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling.queries import appointment_row
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.visits import service as visits
from portal.pages.clinician.answers import Reading
from portal.pages.clinician.day.cards import DayCard, RowCard, day_card
from portal.pages.clinician.visit.cards import HeadCard, head_card, safety_card
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.databases import Clock
from tests.support.people import Who, make_appointment, make_offer, make_person


@dataclass
class Desk:
    """Dr Okafor, whose day is Wednesday 4 March in London, and Rosa, who comes at 15:15."""

    database: Database
    clock: Clock
    miriam: Who
    rosa: Who
    visit: str

    def asks(self, service, *args):
        return self.database.run(self.miriam.viewer, service, *args)

    def answers(self, *points: int) -> None:
        def opened(work: UnitOfWork) -> str:
            row = appointment_row(work, self.visit)
            assert row is not None
            return intake.open_packet(work, row).public_id

        packet = self.database.run(SYSTEM, opened)
        told = {f"q{number}": str(point) for number, point in enumerate(points, 1)}
        self.database.run(self.rosa.viewer, intake.save_answers, packet, "phq9", told)
        self.database.run(self.rosa.viewer, intake.submit_form, packet, "phq9")

    def day(self) -> DayCard:
        return day_card(self.asks(visits.day), self.clock.now)

    def row(self) -> RowCard:
        (only,) = self.day().rows
        return only

    def head(self) -> HeadCard:
        page = self.asks(visits.visit_page, self.visit)
        return head_card(page.entry, page.clinician_zone, self.clock.now, "")

    def change(self, table, **values) -> None:
        with Session(self.database.engine) as db:
            db.exec(sa.update(table).values(**values))
            db.commit()


@pytest.fixture
def desk(sqlite_database: Database, clock: Clock) -> Desk:
    miriam = make_person(sqlite_database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(sqlite_database, "Rosa Whitfield", Role.PATIENT)
    at = clock.now + timedelta(minutes=15)
    visit = make_appointment(sqlite_database, miriam, rosa, at, offer_id=make_offer(sqlite_database))
    return Desk(sqlite_database, clock, miriam, rosa, visit)


def test_a_flagged_and_scored_visit_says_so_in_its_row(desk: Desk) -> None:
    desk.answers(2, 2, 2, 2, 2, 1, 1, 1, 1)
    row = desk.row()
    assert row.flag == "Question 9: several days"
    (score,) = row.scores
    assert (score.measure, score.value, score.word) == ("PHQ-9", "14", "moderate")
    assert "To pay: £70.00" in [one.label for one in row.bits]


def test_without_a_flag_nothing_is_said_of_question_nine(desk: Desk) -> None:
    desk.answers(*[0] * 9)
    assert desk.row().flag == ""


def test_the_patients_own_time_stands_beside_ours_when_it_is_another(desk: Desk) -> None:
    assert "15:15" not in desk.row().about
    desk.change(Person, zone="Europe/Lisbon")
    assert " in " not in desk.row().about
    desk.change(Person, zone="America/New_York")
    assert (desk.row().time, desk.row().about.endswith("10:15 in New York")) == ("15:15", True)


def test_a_therapist_who_moves_reads_the_same_visits_by_the_new_clock(desk: Desk) -> None:
    desk.change(Clinician, zone="Pacific/Auckland")
    card = desk.day()
    assert card.heading == "Thursday 5 March"  # it is past midnight there
    assert [one.time for one in card.rows] == ["04:15"]
    assert "Auckland" in card.summary
    assert "Thursday 5 March" in desk.head().details


def test_a_cancelled_visit_keeps_its_row_its_flag_and_the_way_to_it(desk: Desk) -> None:
    desk.answers(*[3] * 9)
    with Session(desk.database.engine) as db:
        row = db.exec(select(Appointment).where(col(Appointment.public_id) == desk.visit)).one()
        row.status, row.cancelled_at = "cancelled", desk.clock.now
        db.commit()
    shown = desk.row()
    assert (shown.flag, shown.scores, shown.act) == ("Question 9: nearly every day", [], "open")
    assert shown.href.endswith(desk.visit)
    assert "Cancelled, 15:00" in [one.label for one in shown.bits]


def test_by_phone_is_offered_from_the_beginning_and_told_afterwards(desk: Desk) -> None:
    assert not desk.head().may_phone
    desk.clock.advance(minutes=16)
    assert (desk.head().may_phone, desk.head().may_miss, desk.head().may_finish) == (True, False, False)
    desk.asks(lambda work, visit: visits.finish(work, visit, by_phone=True), desk.visit)
    assert not desk.head().may_phone
    assert "By phone, ended 15:16" in [one.label for one in desk.head().bits]
    assert "By phone, ended 15:16" in [one.label for one in desk.row().bits]
    assert desk.row().act == "write_note"


def test_the_safety_sheet_does_not_pass_off_the_usual_place_as_todays(desk: Desk) -> None:
    def terms() -> list[tuple[str, str]]:
        reading = Reading("Europe/London", desk.clock.now.date())
        sheet = safety_card(desk.asks(visits.open_safety, desk.visit), reading, [])
        return [(one.term, one.value) for one in sheet.facts]

    assert not [one for one in terms() if one[0].startswith("Where")]
    desk.database.run(desk.rosa.viewer, visits.say_place, desk.visit, "Hotel Linde")
    assert ("Where they are today, said at 15:00", "Hotel Linde") in terms()
    desk.clock.advance(days=1)
    assert ("Where they were, said on Wed 4 Mar, 15:00", "Hotel Linde") in terms()


def test_the_safety_sheet_is_at_hand_for_visits_of_today_and_to_come(desk: Desk) -> None:
    desk.clock.advance(days=-3)
    assert desk.head().has_safety
    desk.clock.advance(days=3, hours=8)
    assert desk.head().has_safety
    desk.clock.advance(hours=2)  # past midnight
    assert not desk.head().has_safety


def test_who_waits_is_named_before_a_visit_is_called_one_by_phone(desk: Desk) -> None:
    desk.clock.advance(minutes=16)
    assert (desk.head().may_phone, desk.head().waits) == (True, False)
    desk.database.run(desk.rosa.viewer, visits.knock, desk.visit)
    assert (desk.head().may_phone, desk.head().waits) == (True, True)
