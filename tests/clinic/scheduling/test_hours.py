"""Keeping hours: several spans a day, days off, what stays booked, and what patients are offered at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.clinic.errors import Invalid, NotFound
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import OverrideKind, OverrideView, Standing, WeeklyHours
from portal.storage.work import SYSTEM, Database, Role
from tests.support.booking import Booking, open_practice
from tests.support.databases import Clock
from tests.support.people import Who, make_appointment, make_person

THURSDAY = date(2026, 3, 5)  # the clock stands on the Wednesday before
LUNCH = [WeeklyHours(day, *span) for day in range(7) for span in ((9 * 60, 12 * 60), (13 * 60, 17 * 60))]


class Office:
    """The owner, a therapist who works daily from 9 to 18 in London, and a patient."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.there: Booking = open_practice(database, notice_minutes=0, buffer_after_minutes=0, step_minutes=60)
        self.owner: Who = make_person(database, "Helen Ward", Role.OWNER)
        self.rosa: Who = make_person(database, "Rosa", Role.PATIENT)

    def does(self, service, *args):
        return self.database.run(self.owner.viewer, service, self.there.clinician_id, *args)

    def books(self, at: datetime) -> None:
        row = self.database.run_read(SYSTEM, lambda work: work.db.exec(Offer.__table__.select()).first().id)
        make_appointment(self.database, self.there.clinician, self.rosa, at, offer_id=row)

    def starts(self, on: date) -> list[str]:
        found = self.database.run_read(
            self.rosa.viewer, scheduling.open_slots, self.there.clinician_id, self.there.offer_id, on, 1
        )
        return [f"{slot.starts_at:%H:%M}" for slot in found]


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    return Office(database)


def at(hour: int, on: date = THURSDAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def off(on: date = THURSDAY, start: int = 0, end: int = 0) -> OverrideView:
    return OverrideView("", on, OverrideKind.OFF, start, end)


def test_two_spans_a_day_leave_lunch_free_at_once(office: Office) -> None:
    office.does(scheduling.save_weekly_hours, LUNCH)
    assert office.starts(THURSDAY) == ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]
    assert office.does(scheduling.weekly_hours) == LUNCH


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        (((540, 720), (719, 1020)), "hours_overlap"),
        (((540, 540),), "hours_reversed"),
        (((720, 540),), "hours_reversed"),
        (((0, 1441),), "hours_reversed"),
    ],
)
def test_hours_that_cannot_be_are_refused_and_nothing_changes(office: Office, spans, code) -> None:
    before = office.does(scheduling.weekly_hours)
    with pytest.raises(Invalid) as refused:
        office.does(scheduling.save_weekly_hours, [WeeklyHours(2, *span) for span in spans])
    assert refused.value.fields == {"2": code}
    assert office.does(scheduling.weekly_hours) == before


def test_spans_may_touch(office: Office) -> None:
    assert office.does(scheduling.save_weekly_hours, [WeeklyHours(3, 540, 720), WeeklyHours(3, 720, 1020)]) == []


def test_a_day_off_names_the_visits_that_stand_and_cancels_none(office: Office) -> None:
    for hour in (10, 14):
        office.books(at(hour))
    office.books(at(10, THURSDAY + timedelta(days=1)))
    stay = office.does(scheduling.add_override, off())
    assert stay == [Standing(at(hour), at(hour) + timedelta(minutes=50)) for hour in (10, 14)]
    assert office.starts(THURSDAY) == []
    mine = office.database.run(office.rosa.viewer, scheduling.mine)
    assert [visit.status for visit in mine] == ["confirmed"] * 3


def test_only_visits_that_the_free_hours_touch_are_named(office: Office) -> None:
    for hour in (9, 12):
        office.books(at(hour))
    assert [one.starts_at for one in office.does(scheduling.add_override, off(start=12 * 60, end=14 * 60))] == [at(12)]


def test_shorter_weekly_hours_name_every_visit_to_come_outside_of_them(office: Office) -> None:
    for days in (0, 7, 14):
        office.books(at(17, THURSDAY + timedelta(days=days)))
    office.books(at(10))
    stay = office.does(scheduling.save_weekly_hours, [WeeklyHours(day, 540, 720) for day in range(7)])
    assert [one.starts_at for one in stay] == [at(17, THURSDAY + timedelta(days=days)) for days in (0, 7, 14)]


def test_a_visit_that_is_over_is_not_named(office: Office) -> None:
    office.books(at(10, THURSDAY - timedelta(days=7)))
    assert office.does(scheduling.save_weekly_hours, []) == []


def test_a_fortnight_off_is_entered_at_once(office: Office) -> None:
    last = THURSDAY + timedelta(days=13)
    office.does(scheduling.add_override, off(THURSDAY + timedelta(days=2)))
    office.does(scheduling.add_override, off(), last)
    dates = [one.on for one in office.does(scheduling.overrides, THURSDAY)]
    assert dates == [THURSDAY + timedelta(days=n) for n in range(14)]
    assert office.starts(last) == []
    assert office.starts(last + timedelta(days=1)) != []


@pytest.mark.parametrize(
    ("wanted", "until", "fields"),
    [
        (off(THURSDAY - timedelta(days=2)), None, {"on": "date_past"}),
        (off(THURSDAY + timedelta(days=800)), None, {"on": "date_far"}),
        (off(THURSDAY), THURSDAY - timedelta(days=1), {"until": "date_reversed"}),
        (off(THURSDAY), THURSDAY + timedelta(days=92), {"until": "date_many"}),
        (off(THURSDAY, 700, 600), None, {"hours": "hours_reversed"}),
        (OverrideView("", THURSDAY, OverrideKind.HOURS, 0, 0), None, {"hours": "hours_reversed"}),
    ],
)
def test_dates_that_cannot_be_are_refused(office: Office, wanted, until, fields) -> None:
    with pytest.raises(Invalid) as refused:
        office.does(scheduling.add_override, wanted, until)
    assert refused.value.fields == fields
    assert office.does(scheduling.overrides, date(2026, 1, 1)) == []


def test_the_same_day_off_stands_once(office: Office) -> None:
    office.does(scheduling.add_override, off())
    with pytest.raises(Invalid) as refused:
        office.does(scheduling.add_override, off())
    assert refused.value.fields == {"on": "date_twice"}


def test_taking_a_day_off_out_offers_it_again(office: Office) -> None:
    before = office.starts(THURSDAY)
    office.does(scheduling.add_override, off())
    (one,) = office.does(scheduling.overrides, THURSDAY)
    office.does(scheduling.remove_override, one.public_id)
    assert office.starts(THURSDAY) == before
    with pytest.raises(NotFound):
        office.does(scheduling.remove_override, one.public_id)


def test_the_outlook_says_what_patients_can_book_and_why_nothing(office: Office) -> None:
    found = office.does(scheduling.outlook)
    assert (found.service, found.why_none, found.is_shown) == ("Follow-up", "", True)
    assert found.free == sum(len(office.starts(date(2026, 3, 4) + timedelta(days=n))) for n in range(15)) - len(
        [start for start in office.starts(date(2026, 3, 18)) if start >= "15:00"]
    )
    office.does(scheduling.add_override, off(date(2026, 3, 4)), date(2026, 3, 20))
    assert office.does(scheduling.outlook).why_none == "full"
    office.does(scheduling.save_weekly_hours, [])
    assert office.does(scheduling.outlook).why_none == "no_hours"

    def hide(work):
        row = work.db.get_one(Clinician, office.there.clinician.clinician_id)
        row.is_active = False

    office.database.run(SYSTEM, hide)
    assert office.does(scheduling.outlook).is_shown is False
