"""Of two transactions that wait for each other PostgreSQL takes one back; nobody is told, for it runs anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from portal.clinic.people.tables import Person
from portal.storage.keys import Keyring
from portal.storage.work import MOST_TRIES, SYSTEM, Database, Role, UnitOfWork
from tests.support.databases import Clock
from tests.support.patience import SECONDS
from tests.support.people import make_person

pytestmark = pytest.mark.postgres


@pytest.fixture
def postgres(postgres_url: str, keyring: Keyring, clock: Clock) -> Iterator[Database]:
    database = Database(postgres_url, keyring, clock=clock)
    yield database
    database.close()


def test_both_of_two_that_wait_for_each_other_get_through(postgres: Database) -> None:
    rosa, tom = (make_person(postgres, name, Role.PATIENT).id for name in ("Rosa", "Tom"))
    both_hold_one = threading.Barrier(2)
    tries: list[int] = []

    def rename(work: UnitOfWork, first: int, then: int) -> None:
        tries.append(first)
        for number, key in enumerate((first, then)):
            person = work.db.exec(select(Person).where(col(Person.id) == key).with_for_update()).one()
            person.zone = {"Europe/London": "Europe/Oslo", "Europe/Oslo": "Asia/Kolkata"}[person.zone]
            work.db.flush()
            if not number and tries.count(first) == 1:
                both_hold_one.wait(SECONDS)

    with ThreadPoolExecutor(2) as two:
        done = [two.submit(postgres.run, SYSTEM, rename, *pair) for pair in ((rosa, tom), (tom, rosa))]
    assert [one.result() for one in done] == [None, None]
    assert len(tries) > 2
    zones = postgres.run_read(SYSTEM, lambda work: list(work.db.exec(select(Person.zone))))
    assert zones == ["Asia/Kolkata", "Asia/Kolkata"]


@pytest.mark.parametrize(("state", "tries"), [("40P01", MOST_TRIES), ("40001", MOST_TRIES), ("55P03", 1), ("23P01", 1)])
def test_it_is_tried_a_few_times_and_only_when_it_gave_way(postgres: Database, state: str, tries: int) -> None:
    tried: list[str] = []

    def refused(work: UnitOfWork) -> None:
        tried.append(state)
        work.db.connection().execute(sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"))

    with pytest.raises(DBAPIError):
        postgres.run(SYSTEM, refused)
    assert len(tried) == tries
