"""Engines for SQLite and PostgreSQL that behave alike: real transactions, foreign keys, instants in UTC."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "synchronous=FULL",
    "trusted_schema=OFF",
)


def make_engine(url: str) -> sa.Engine:
    """An engine for `url` (sqlite:///… or postgresql+psycopg://…); nothing is connected yet."""
    if url.startswith("sqlite"):
        return _sqlite_engine(url)
    return sa.create_engine(
        url, pool_size=12, max_overflow=8, connect_args={"options": "-c timezone=utc -c lock_timeout=5s"}
    )


def _sqlite_engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"check_same_thread": False}, poolclass=sa.QueuePool)
    _say_savepoints_plainly(engine.dialect)

    @event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, _record: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        dbapi.isolation_level = None  # we say BEGIN, the driver does not
        cursor = dbapi.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        read_only = connection.get_execution_options().get("read_only")
        # IMMEDIATE takes the one write lock before the first read: check and write cannot be parted.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _say_savepoints_plainly(dialect: Any) -> None:
    """Every unit of work stands in one, and SQLAlchemy would compile each anew; the names are its own counter."""

    def begin(connection: sa.Connection, name: str) -> None:
        connection.exec_driver_sql(f"SAVEPOINT {name}")

    def take_back(connection: sa.Connection, name: str) -> None:
        connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {name}")

    def release(connection: sa.Connection, name: str) -> None:
        connection.exec_driver_sql(f"RELEASE SAVEPOINT {name}")

    dialect.do_savepoint, dialect.do_rollback_to_savepoint, dialect.do_release_savepoint = begin, take_back, release
