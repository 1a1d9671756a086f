"""Fifty patients want one time at one moment. One gets it, whichever of the two guards is left to decide."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from sqlmodel import select

from portal.clinic.billing import service as billing
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import queries
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.rules import slots
from portal.storage.work import Database, UnitOfWork
from tests.support.booking import Booking, make_patients, open_practice
from tests.support.ledger import overlaps
from tests.support.patience import SECONDS
from tests.support.people import Who

PATIENTS = 50
ROUNDS = 4


@dataclass
class Race:
    """What a race came to: how each attempt ended, and how many pairs of bookings overlap."""

    attempts: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    winners: list[str] = field(default_factory=list)
    losers: list[Who] = field(default_factory=list)
    overlaps: int = 0


def book(work: UnitOfWork, slot: str) -> str:
    scheduling.hold(work, slot)
    return billing.choose_pay_later(work)


def run(database: Database, booking: Booking, wanted: list[str]) -> Race:
    """All patients at once on each wanted time in turn."""
    race, lock = Race(), threading.Lock()
    patients = make_patients(database, PATIENTS)
    ready = threading.Barrier(PATIENTS)

    def attempt(who: Who, slot: str) -> None:
        ready.wait(SECONDS)
        try:
            booked = database.run(who.viewer, book, slot)
        except Exception as problem:
            with lock:
                race.ended[type(problem).__name__] += 1
                race.losers.append(who)
        else:
            with lock:
                race.ended["booked"] += 1
                race.winners.append(booked)

    with ThreadPoolExecutor(PATIENTS) as crowd:
        for slot in wanted:
            list(crowd.map(attempt, patients, [slot] * PATIENTS))
            race.attempts += PATIENTS
    race.overlaps = overlaps(database)
    return race


def spread(free: list[str]) -> list[str]:
    """Some of the free times, a day apart, so that no patient's own visits collide."""
    by_day = {int(slot.rsplit(".", 1)[1]) // 86_400: slot for slot in free}
    return list(by_day.values())[:ROUNDS]


def drop_the_constraint(database: Database) -> None:
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER occupancy_overlap_insert")
            connection.exec_driver_sql("DROP TRIGGER occupancy_overlap_update")
        else:
            connection.exec_driver_sql("ALTER TABLE occupancy DROP CONSTRAINT occupancy_overlap")


def drop_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """No lock on the clinician, and whatever is asked for may be booked."""
    drop_the_lock(monkeypatch)
    monkeypatch.setattr(slots, "may_book", lambda *_: True)


def drop_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(work: UnitOfWork, clinician_id: str, offer_id: str) -> tuple[Clinician, Offer] | None:
        both = (Clinician.public_id == clinician_id, Offer.public_id == offer_id)
        return work.db.exec(select(Clinician, Offer).where(*both)).first()

    monkeypatch.setattr(queries, "lock_given", unlocked)


@pytest.fixture
def booking(database: Database) -> Booking:
    return open_practice(database, pay_later=True)


def test_one_of_fifty_gets_the_time_and_the_others_are_offered_others(database: Database, booking: Booking) -> None:
    wanted = spread(booking.free(database))
    race = run(database, booking, wanted)
    assert race.ended == {"booked": ROUNDS, "SlotTaken": race.attempts - ROUNDS}
    assert race.overlaps == 0
    left = booking.free(database)
    assert left
    assert not set(wanted) & set(left)
    loser = race.losers[0]
    offered = database.run_read(loser.viewer, scheduling.open_slots, booking.clinician_id, booking.offer_id)
    assert [slot.slot_id for slot in offered] == left
    assert database.run(loser.viewer, scheduling.hold, left[0]).slot_id == left[0]


def test_one_of_fifty_that_wait_together_gets_the_time(database: Database, booking: Booking) -> None:
    """As the server does it: units that wait at one moment share a commit where one thread writes."""
    patients, wanted = make_patients(database, PATIENTS), spread(booking.free(database))

    async def all_at_once(slot: str) -> Counter[str]:
        tries = (database.transact(who.viewer, book, slot) for who in patients)
        return Counter(type(answer).__name__ for answer in await asyncio.gather(*tries, return_exceptions=True))

    for slot in wanted:
        assert asyncio.run(all_at_once(slot)) == {"str": 1, "SlotTaken": PATIENTS - 1}
    assert overlaps(database) == 0


def test_the_check_alone_lets_no_two_in(database: Database, booking: Booking) -> None:
    drop_the_constraint(database)
    race = run(database, booking, spread(booking.free(database)))
    assert race.ended == {"booked": ROUNDS, "SlotTaken": race.attempts - ROUNDS}
    assert race.overlaps == 0


def test_the_constraint_alone_lets_no_two_in(database: Database, booking: Booking, monkeypatch) -> None:
    wanted = spread(booking.free(database))
    drop_the_check(monkeypatch)
    race = run(database, booking, wanted)
    assert race.ended == {"booked": ROUNDS, "SlotTaken": race.attempts - ROUNDS}
    assert race.overlaps == 0


def test_without_both_the_same_race_finds_overlaps(database: Database, booking: Booking, monkeypatch) -> None:
    wanted = spread(booking.free(database))
    drop_the_constraint(database)
    drop_the_check(monkeypatch)
    race = run(database, booking, wanted)
    assert race.overlaps > 0
    assert race.ended["booked"] > ROUNDS


@pytest.mark.postgres
def test_checking_without_the_lock_is_not_enough(postgres_url, keyring, clock, monkeypatch) -> None:
    """Why the clinician's row is locked before looking: between the look and the write there is time."""
    database = Database(postgres_url, keyring, clock=clock)
    booking = open_practice(database, pay_later=True)
    wanted = spread(booking.free(database))[:1]
    drop_the_constraint(database)
    drop_the_lock(monkeypatch)
    look = slots.may_book

    def look_and_dawdle(*given) -> bool:
        seen = look(*given)
        time.sleep(0.05)
        return seen

    monkeypatch.setattr(slots, "may_book", look_and_dawdle)
    race = run(database, booking, wanted)
    database.close()
    assert race.overlaps > 0
