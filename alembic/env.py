"""Runs migrations on one connection; on SQLite with foreign keys off, checked before the commit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

import portal.storage.tables  # noqa: F401 - every table joins the metadata
from portal.storage.engine import make_engine


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Our own column types, by the names that migrations import."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "Instant()"
    if kind == "type" and type(item).__name__ == "WholeSecond":
        return "sa.BigInteger()"
    if kind == "type" and type(item).__name__ in {"AutoString", "Handle"}:
        return f"sa.String({getattr(item, 'length', None) or ''})"
    return False


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    context.run_migrations()


def migrate() -> None:
    """Everything in one transaction: it stands whole or not at all."""
    url = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
    engine = make_engine(str(url))
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            # Re-creating a parent table would delete its children (ON DELETE rules), so keys are off meanwhile.
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            _run(connection)
            if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"foreign keys do not hold after the migration: {broken[:5]}")
    engine.dispose()


migrate()
