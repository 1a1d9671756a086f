"""What holds whoever writes: the guards at the newest migration are these, and raw SQL meets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

import portal.storage.tables  # noqa: F401 - every table joins the metadata
from portal.storage.violations import violated
from portal.storage.work import Database, Role
from tests.support.booking import Booking, open_practice
from tests.support.databases import Clock
from tests.support.people import make_appointment, make_person

FINAL = {"amendment", "auditentry", "consenttext", "formresponse", "ledgerline", "moneydocument", "note"}
_NO_CHANGE = {f"{table}_final_{act}" for table in FINAL for act in ("update", "delete")}
TRIGGERS = {
    "sqlite": _NO_CHANGE
    | {f"{table}_overlap_{act}" for table in ("occupancy", "seat") for act in ("insert", "update")},
    "postgresql": _NO_CHANGE,
}
EXCLUSIONS = {"occupancy_overlap", "seat_overlap"}
CHECKS = {"occupancy_lasts", "seat_lasts"}
PARTIAL = {"uq_appointment_visitor_held"}


@pytest.fixture
def connection(database: Database) -> Iterator[sa.Connection]:
    with database.engine.connect() as opened:
        yield opened


def names(connection: sa.Connection, sql: str) -> set[str]:
    return {row[0] for row in connection.execute(sa.text(sql))}


def test_the_triggers_are_those_of_the_list(connection: sa.Connection) -> None:
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    engine = connection.dialect.name
    assert names(connection, asked[engine]) == TRIGGERS[engine]


@pytest.mark.postgres
def test_the_constraints_of_postgresql_are_those_of_the_list(postgres_url, keyring) -> None:
    database = Database(postgres_url, keyring)
    with database.engine.connect() as connection:
        kinds = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = '{}'"
        assert names(connection, kinds.format("x")) == EXCLUSIONS
        assert names(connection, kinds.format("c")) == CHECKS
        assert names(connection, "SELECT conname FROM pg_constraint WHERE NOT convalidated") == set()
        partial = "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL AND indisunique"
        assert names(connection, partial) == PARTIAL
    database.close()


def test_every_reference_is_held_and_every_key_is_big(connection: sa.Connection) -> None:
    inspector = sa.inspect(connection)
    for table in SQLModel.metadata.tables.values():
        told = {(key.parent.name, key.column.table.name) for key in table.foreign_keys}
        kept = {
            (key["constrained_columns"][0], key["referred_table"]) for key in inspector.get_foreign_keys(table.name)
        }
        assert kept == told, table.name
        key = next(column for column in inspector.get_columns(table.name) if column["name"] == "id")
        assert connection.dialect.name == "sqlite" or isinstance(key["type"], sa.BigInteger), table.name
    if connection.dialect.name == "sqlite":
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_reference_to_nothing_is_refused(connection: sa.Connection) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        connection.execute(
            sa.text("INSERT INTO clinicianoffer (clinician_id, offer_id) VALUES (:nobody, :nothing)"),
            {"nobody": 424_242, "nothing": 424_242},
        )


class TestOverlaps:
    """An overlap by raw SQL, past every service."""

    @pytest.fixture
    def booking(self, database: Database) -> Booking:
        return open_practice(database)

    def book(self, database: Database, booking: Booking, clock: Clock, *, hours: float) -> None:
        rosa = make_person(database, "Rosa", Role.PATIENT)
        with Session(database.engine) as db:
            offer = db.execute(sa.text("SELECT id FROM offer")).scalar_one()
        at = clock.now + timedelta(days=1, hours=hours)
        make_appointment(database, booking.clinician, rosa, at, offer_id=offer)

    def tries(self, database: Database, sql: str) -> str:
        with database.engine.begin() as connection:
            try:
                connection.execute(sa.text(sql))
            except sa.exc.DBAPIError as problem:
                connection.rollback()
                return violated(problem)
        return "done"

    def test_a_clinician_is_nowhere_twice(self, database: Database, booking: Booking, clock: Clock) -> None:
        self.book(database, booking, clock, hours=0)
        self.book(database, booking, clock, hours=2)
        move = "UPDATE occupancy SET blocked_from = (SELECT min(blocked_from) FROM occupancy) WHERE id = 2"
        assert self.tries(database, move) == "occupancy_overlap"
        copy = (
            "INSERT INTO occupancy (clinician_id, appointment_id, blocked_from, blocked_to, is_active) "
            "SELECT clinician_id, 2, blocked_from, blocked_to, is_active FROM occupancy WHERE id = 1"
        )
        assert self.tries(database, "DELETE FROM occupancy WHERE id = 2") == "done"
        assert self.tries(database, copy) == "occupancy_overlap"

    def test_nobody_wakes_up_in_a_taken_time(self, database: Database, booking: Booking, clock: Clock) -> None:
        self.book(database, booking, clock, hours=0)
        for table in ("occupancy", "seat"):
            assert self.tries(database, f"UPDATE {table} SET is_active = false") == "done"
        self.book(database, booking, clock, hours=0.5)
        assert self.tries(database, "UPDATE occupancy SET is_active = true WHERE id = 1") == "occupancy_overlap"

    def test_nobody_sits_in_two_places(self, database: Database, booking: Booking, clock: Clock) -> None:
        self.book(database, booking, clock, hours=0)
        self.book(database, booking, clock, hours=2)
        patients = "SELECT id FROM seat WHERE person_id <> (SELECT person_id FROM clinician)"
        (first, second) = sorted(self.ids(database, patients))
        same = f"UPDATE seat SET person_id = (SELECT person_id FROM seat WHERE id = {first}) WHERE id = {second}"
        assert self.tries(database, same) == "done"
        together = (
            f"UPDATE seat SET starts_at = (SELECT starts_at FROM seat WHERE id = {first}), "
            f"ends_at = (SELECT ends_at FROM seat WHERE id = {first}) WHERE id = {second}"
        )
        assert self.tries(database, together) == "seat_overlap"

    def test_back_to_back_is_no_overlap(self, database: Database, booking: Booking, clock: Clock) -> None:
        self.book(database, booking, clock, hours=0)
        self.book(database, booking, clock, hours=2)
        touch = "UPDATE occupancy SET blocked_from = (SELECT min(blocked_to) FROM occupancy) WHERE id = 2"
        assert self.tries(database, touch) == "done"

    def test_a_reasoned_overbooking_is_exempt(self, database: Database, booking: Booking, clock: Clock) -> None:
        self.book(database, booking, clock, hours=0)
        self.book(database, booking, clock, hours=2)
        over = (
            "UPDATE occupancy SET blocked_from = (SELECT min(blocked_from) FROM occupancy), "
            "overbooked_because = 'both agreed' WHERE id = 2"
        )
        assert self.tries(database, over) == "done"
        assert (
            self.tries(database, "UPDATE occupancy SET overbooked_because = NULL WHERE id = 2") == "occupancy_overlap"
        )

    def test_what_lasts_no_time_occupies_nothing(self, database: Database, booking: Booking, clock: Clock) -> None:
        self.book(database, booking, clock, hours=0)
        turned = "UPDATE occupancy SET blocked_to = blocked_from WHERE id = 1"
        assert self.tries(database, turned) in {"occupancy_overlap", "occupancy_lasts", "ck_occupancy_lasts"}

    def ids(self, database: Database, sql: str) -> set[int]:
        with database.engine.connect() as connection:
            return names(connection, sql)  # pyright: ignore[reportReturnType]
