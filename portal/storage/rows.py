"""Writing one row at once, past the session's bookkeeping: for the few places where many people wait in line.

What the session still has to write is not written first.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from portal.storage.reading import refuse_to_write_while_reading


def insert(db: Session, row: SQLModel, *, unless_there: bool = False) -> bool:
    """Insert a row of a table with a bigint `id`, which is set on it. The session does not know the row.

    With `unless_there` a row that breaks a unique index is not written; the answer says whether it was.
    """
    refuse_to_write_while_reading(db, type(row))
    kind: Any = type(row)
    held: dict[str, Any] = vars(row)
    values = {name: value for name, value in held.items() if name in _columns(kind)}
    dialect = db.get_bind().dialect.name if unless_there else ""
    key = db.connection().execute(_statement(kind, dialect), values).scalar_one_or_none()
    held["id"] = key
    return key is not None


def write(db: Session, kind: type[SQLModel], values: Mapping[str, Any]) -> None:
    """Insert a row that nobody needs as an object; what is not given gets its default."""
    refuse_to_write_while_reading(db, kind)
    table: Any = kind
    db.connection().execute(_plain(table), values)


@functools.cache
def _plain(kind: Any) -> sa.Executable:
    return sa.insert(_table(kind))


@functools.cache
def _columns(kind: Any) -> frozenset[str]:
    return frozenset(column.name for column in _table(kind).columns if column.name != "id")


@functools.cache
def _statement(kind: Any, dialect: str) -> sa.Executable:
    table = _table(kind)
    if not dialect:
        return sa.insert(table).returning(table.c.id)
    # Both engines know it, each through a construct of its own.
    either = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return either.on_conflict_do_nothing().returning(table.c.id)


def _table(kind: Any) -> Any:
    return sa.inspect(kind).local_table
