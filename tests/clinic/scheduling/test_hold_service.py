"""How long a time is held and for whom, through the service on both engines: docs/rules/holds.md."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session

from portal.clinic.errors import Conflict, HoldEnded, NotFound
from portal.clinic.scheduling import service as scheduling
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork, Viewer
from tests.support.booking import Booking, colleague, open_practice, visitor
from tests.support.databases import Clock
from tests.support.patience import SECONDS
from tests.support.people import make_person


@pytest.fixture
def booking(database: Database) -> Booking:
    return open_practice(database)


def held(database: Database, viewer: Viewer) -> str | None:
    now = database.run(viewer, scheduling.current_hold)
    return now and now.slot_id


@pytest.mark.postgres
def test_two_tabs_at_one_moment_hold_one_time(postgres_url, keyring, clock: Clock) -> None:
    """Two clinicians, so neither lock sees the other: the later choice counts, as it always does."""
    database = Database(postgres_url, keyring, clock=clock)
    booking = open_practice(database)
    other, me, answers = colleague(database, booking), visitor(), []

    def second_tab() -> None:
        answers.append(database.run(me, scheduling.hold, other.free(database)[0]).slot_id)

    late = threading.Thread(target=second_tab)
    with Session(database.engine, expire_on_commit=False) as first_tab:
        scheduling.hold(UnitOfWork(first_tab, me, clock.now), booking.free(database)[0])
        late.start()
        late.join(1)
        assert late.is_alive()
        first_tab.commit()
    late.join(SECONDS)
    assert answers == [held(database, me)]
    assert answers[0].startswith(other.clinician_id)
    database.close()


class TestHowLong:
    def test_a_quarter_of_an_hour_and_not_a_second_more(
        self, database: Database, booking: Booking, clock: Clock
    ) -> None:
        me, wanted = visitor(), booking.free(database)[5]
        held = database.run(me, scheduling.hold, wanted)
        assert held.held_until == clock.now + timedelta(minutes=15)
        clock.advance(minutes=14, seconds=59)
        assert database.run(me, scheduling.current_hold)
        assert wanted not in booking.free(database)
        clock.advance(seconds=1)
        assert database.run(me, scheduling.current_hold) is None
        assert wanted in booking.free(database)
        assert database.run(visitor(), scheduling.hold, wanted).slot_id == wanted

    def test_ten_minutes_longer_once(self, database: Database, booking: Booking) -> None:
        me = visitor()
        held = database.run(me, scheduling.hold, booking.free(database)[0])
        assert held.can_extend
        longer = database.run(me, scheduling.extend_hold)
        assert longer.held_until == held.held_until + timedelta(minutes=10)
        assert not longer.can_extend
        with pytest.raises(Conflict, match="hold_extended_before"):
            database.run(me, scheduling.extend_hold)

    def test_what_ran_out_cannot_be_kept_longer(self, database: Database, booking: Booking, clock: Clock) -> None:
        me = visitor()
        database.run(me, scheduling.hold, booking.free(database)[5])
        clock.advance(minutes=15)
        with pytest.raises(HoldEnded):
            database.run(me, scheduling.extend_hold)

    def test_the_sweep_frees_what_ran_out_and_nothing_else(
        self, database: Database, booking: Booking, clock: Clock
    ) -> None:
        early, late = booking.free(database)[5], booking.free(database)[30]
        ended = database.run(visitor(), scheduling.hold, early)
        clock.advance(minutes=10)
        living = database.run(visitor(), scheduling.hold, late)
        clock.advance(minutes=5)
        assert database.run(SYSTEM, scheduling.expire_holds) == [ended.appointment_id]
        assert database.run(SYSTEM, scheduling.expire_holds) == []
        assert living.slot_id not in booking.free(database)

    def test_letting_go_frees_at_once(self, database: Database, booking: Booking) -> None:
        me, wanted = visitor(), booking.free(database)[0]
        database.run(me, scheduling.hold, wanted)
        database.run(me, scheduling.release_hold)
        assert wanted in booking.free(database)


class TestWhose:
    def test_signing_in_takes_the_hold_along_and_the_cookie_loses_it(
        self, database: Database, booking: Booking
    ) -> None:
        me, rosa = visitor(), make_person(database, "Rosa", Role.PATIENT)
        held = database.run(me, scheduling.hold, booking.free(database)[0])
        assert not held.is_mine
        database.run(me, scheduling.adopt_hold, rosa.id)
        assert database.run(me, scheduling.current_hold) is None
        mine = database.run(rosa.viewer, scheduling.current_hold)
        assert mine
        assert mine.is_mine
        assert mine.appointment_id == held.appointment_id

    def test_nobody_elses_hold_is_seen_kept_or_freed(self, database: Database, booking: Booking) -> None:
        me, stranger = visitor(), visitor()
        held = database.run(me, scheduling.hold, booking.free(database)[0])
        assert database.run(stranger, scheduling.current_hold) is None
        with pytest.raises(HoldEnded):
            database.run(stranger, scheduling.extend_hold)
        database.run(stranger, scheduling.release_hold)
        assert database.run(me, scheduling.current_hold)
        with pytest.raises(NotFound):
            database.run_read(stranger, scheduling.appointment, held.appointment_id)
