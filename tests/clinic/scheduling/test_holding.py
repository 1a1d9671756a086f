"""Through the service: what is offered can be held, what is held is not offered, and no press gains what it should not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from portal.clinic.errors import Conflict, Invalid, NotAllowed, NotFound, SlotTaken
from portal.clinic.practice.tables import Clinician, ClinicianOffer, Offer
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.tables import WorkingHours
from portal.clinic.scheduling.values import Slot, slot_id
from portal.storage.work import ANONYMOUS, SYSTEM, Database, Role, UnitOfWork, Viewer
from tests.support.databases import Clock
from tests.support.people import make_offer, make_person, viewer_for

VISITOR = Viewer(visitor="v" * 64, address="a" * 64)
OTHER = Viewer(visitor="w" * 64, address="b" * 64)


@dataclass(frozen=True)
class Door:
    """A clinician with hours on every weekday, one service, and the clock."""

    database: Database
    clock: Clock
    clinician: str
    offer: str

    def slots(self, days: int = 7, first: date | None = None) -> list[Slot]:
        return self.database.run_read(ANONYMOUS, scheduling.open_slots, self.clinician, self.offer, first, days)

    def hold(self, slot: str, who: Viewer = VISITOR):
        return self.database.run(who, scheduling.hold, slot)

    def held(self, who: Viewer = VISITOR):
        return self.database.run(who, scheduling.current_hold)


@pytest.fixture
def door(database: Database, clock: Clock) -> Door:
    miriam = make_person(database, "Dr Miriam Okafor", Role.CLINICIAN)
    offer_key = make_offer(database)

    def open_door(work: UnitOfWork) -> tuple[str, str]:
        for weekday in range(7):
            hours = WorkingHours(clinician_id=miriam.clinician_id, weekday=weekday, start_minute=540, end_minute=1020)
            work.db.add(hours)
        work.db.add(ClinicianOffer(clinician_id=miriam.clinician_id, offer_id=offer_key))
        clinician = work.db.exec(select(Clinician)).one()
        return clinician.public_id, work.db.get_one(Offer, offer_key).public_id

    return Door(database, clock, *database.run(SYSTEM, open_door))


def refused(kind: type[Exception], act: Callable[[], object]) -> str:
    with pytest.raises(kind) as told:
        act()
    return str(told.value)


class TestHolding:
    def test_every_offered_time_can_be_held_and_is_not_offered_then(self, door: Door) -> None:
        offered = door.slots(days=3)
        assert len(offered) > 20
        for slot in offered[::5]:
            assert door.hold(slot.slot_id).slot_id == slot.slot_id
            left = door.slots(days=3)
            apart = timedelta(minutes=60)
            assert left == [other for other in offered if abs(other.starts_at - slot.starts_at) >= apart]

    def test_a_time_between_the_offered_ones_cannot_be_held(self, door: Door) -> None:
        first = door.slots()[0]
        for minutes in (-30, 15, 1):
            beside = slot_id(door.clinician, door.offer, first.starts_at + timedelta(minutes=minutes))
            if beside not in {slot.slot_id for slot in door.slots()}:
                assert refused(SlotTaken, lambda slot=beside: door.hold(slot)) == "slot_taken"

    def test_somebody_else_gets_it_when_the_hold_ends_and_not_before(self, door: Door) -> None:
        slot = door.slots()[-1].slot_id
        door.hold(slot)
        door.clock.advance(minutes=15, microseconds=-1)
        refused(SlotTaken, lambda: door.hold(slot, OTHER))
        door.clock.advance(microseconds=1)
        assert door.hold(slot, OTHER).slot_id == slot
        assert door.held() is None

    def test_the_same_time_again_changes_nothing(self, door: Door) -> None:
        slot = door.slots()[-1].slot_id
        first = door.hold(slot)
        door.database.run(VISITOR, scheduling.extend_hold)
        door.clock.advance(minutes=10)
        again = door.hold(slot)
        assert again.appointment_id == first.appointment_id
        assert again.held_until == first.held_until + timedelta(minutes=10)
        assert not again.can_extend
        door.clock.advance(minutes=15)
        assert door.hold(slot).held_until == door.clock.now + timedelta(minutes=15)

    def test_another_time_lets_the_first_go_unless_it_is_taken(self, door: Door) -> None:
        one, two, three = (door.slots()[at].slot_id for at in (0, 5, 10))
        door.hold(three, OTHER)
        door.hold(one)
        refused(SlotTaken, lambda: door.hold(three))
        assert door.held().slot_id == one
        door.hold(two)
        assert door.held().slot_id == two
        assert one in {slot.slot_id for slot in door.slots()}

    def test_one_address_holds_three_times(self, door: Door) -> None:
        slots = [slot.slot_id for slot in door.slots()[::3]]
        crowd = [Viewer(visitor=sign * 64, address="a" * 64) for sign in "abcd"]
        for who, slot in zip(crowd[:3], slots, strict=False):
            door.hold(slot, who)
        assert refused(Conflict, lambda: door.hold(slots[3], crowd[3])) == "too_many_holds"
        assert door.hold(slots[4], crowd[0]).slot_id == slots[4]

    def test_nobody_without_a_cookie_holds(self, door: Door) -> None:
        assert refused(NotAllowed, lambda: door.hold(door.slots()[0].slot_id, ANONYMOUS)) == "no_cookie"

    def test_a_patient_has_one_body(self, door: Door) -> None:
        slot = door.slots()[0]
        rosa = make_person(door.database, "Rosa Whitfield", Role.PATIENT)
        with_rosa = viewer_for(rosa.id, Role.PATIENT)
        door.hold(slot.slot_id, with_rosa)
        assert door.held(with_rosa).is_mine
        assert door.held(OTHER) is None

    @pytest.mark.parametrize("row", [Clinician, Offer])
    def test_who_or_what_was_put_away_is_neither_offered_nor_held(self, door: Door, row: type) -> None:
        slot = door.slots()[0].slot_id

        def put_away(work: UnitOfWork) -> None:
            work.db.exec(select(row)).one().is_active = False

        door.database.run(SYSTEM, put_away)
        refused(NotFound, door.slots)
        refused(NotFound, lambda: door.hold(slot))
        assert door.database.run_read(ANONYMOUS, scheduling.next_free) == {}

    def test_the_next_free_ones_are_the_first_of_all(self, door: Door) -> None:
        assert door.database.run_read(ANONYMOUS, scheduling.next_free) == {door.clinician: door.slots()[:3]}


class TestAbsurdities:
    @pytest.mark.parametrize("seconds", ["0", "253402300799", "9999999999", "-1", "99999999999999999999"])
    def test_times_beyond_all_measure(self, door: Door, seconds: str) -> None:
        with pytest.raises((Invalid, SlotTaken)):
            door.hold(f"{door.clinician}.{door.offer}.{seconds}")

    def test_ids_that_are_none(self, door: Door) -> None:
        seconds = int(door.slots()[0].starts_at.timestamp())
        for clinician, offer in (("f" * 24, door.offer), (door.clinician, "f" * 24), (door.offer, door.clinician)):
            refused(NotFound, lambda pair=(clinician, offer): door.hold(f"{pair[0]}.{pair[1]}.{seconds}"))

    @pytest.mark.parametrize("first", [date.min, date.max, date(1970, 1, 1), date(2100, 1, 1)])
    def test_dates_beyond_all_measure_have_no_times(self, door: Door, first: date) -> None:
        assert door.slots(first=first) == []

    @pytest.mark.parametrize("days", [-(10**9), -5, 0])
    def test_no_days_have_no_times(self, door: Door, days: int) -> None:
        assert door.slots(days=days) == []

    @pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "\x00", "x" * 500])
    def test_zones_that_are_none(self, door: Door, zone: str) -> None:
        with pytest.raises(Invalid):
            door.database.run_read(ANONYMOUS, scheduling.open_slots, door.clinician, door.offer, None, 7, zone)

    def test_the_window_is_that_of_the_clinician(self, door: Door) -> None:
        last = door.slots(days=120)[-1]
        assert last.starts_at.date() == (datetime(2026, 3, 4, tzinfo=UTC) + timedelta(days=60)).date()
