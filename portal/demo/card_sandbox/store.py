"""Keeps the sandbox's objects, answers and deliveries in a SQLite file; a restart forgets nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JsonObject = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE TABLE IF NOT EXISTS answers (
  key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, due REAL NOT NULL, forged INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting', last_status INTEGER);
"""


@dataclass(frozen=True)
class Kept:
    """An answer given before, under an idempotency key."""

    asked: str
    status: int
    body: str


@dataclass(frozen=True)
class Delivery:
    """One copy of an event on its way. state: waiting, delivered, dropped or given_up."""

    seq: int
    event_id: str
    due: float
    forged: bool
    attempts: int
    state: str
    last_status: int | None


class Store:
    """One connection behind one lock: the sandbox serves one practice."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._lock = threading.RLock()
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested ones join the outer one."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def put(self, thing: JsonObject) -> None:
        """Insert or replace an object; its place in lists stays."""
        with self._lock:
            self._db.execute(
                "INSERT INTO objects (id, kind, body) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (thing["id"], thing["object"], json.dumps(thing)),
            )

    def get(self, kind: str, object_id: str) -> JsonObject | None:
        """One object, as it was put."""
        with self._lock:
            row = self._db.execute("SELECT body FROM objects WHERE kind = ? AND id = ?", (kind, object_id)).fetchone()
        return json.loads(row[0]) if row else None

    def newest_first(self, kind: str) -> list[JsonObject]:
        """All objects of a kind."""
        with self._lock:
            rows = self._db.execute("SELECT body FROM objects WHERE kind = ? ORDER BY seq DESC", (kind,)).fetchall()
        return [json.loads(row[0]) for row in rows]

    def answer(self, key: str) -> Kept | None:
        """What was answered under this idempotency key."""
        with self._lock:
            row = self._db.execute("SELECT asked, status, body FROM answers WHERE key = ?", (key,)).fetchone()
        return Kept(*row) if row else None

    def keep_answer(self, key: str, kept: Kept) -> None:
        """Answer the same again whenever this key comes back."""
        with self._lock:
            self._db.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (key, kept.asked, kept.status, kept.body))

    def add_delivery(self, event_id: str, due: float, *, forged: bool = False, state: str = "waiting") -> None:
        """Put one copy of an event on its way."""
        with self._lock:
            self._db.execute(
                "INSERT INTO deliveries (event_id, due, forged, state) VALUES (?, ?, ?, ?)",
                (event_id, due, forged, state),
            )

    def deliveries(self, state: str | None = None) -> list[Delivery]:
        """Copies in the order in which they were put on their way."""
        with self._lock:
            rows = self._db.execute(
                "SELECT seq, event_id, due, forged, attempts, state, last_status FROM deliveries"
                " WHERE ? IS NULL OR state = ? ORDER BY seq",
                (state, state),
            ).fetchall()
        return [Delivery(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows]

    def mark_delivery(self, seq: int, state: str, due: float, status: int | None) -> None:
        """Note one attempt."""
        with self._lock:
            self._db.execute(
                "UPDATE deliveries SET attempts = attempts + 1, state = ?, due = ?, last_status = ? WHERE seq = ?",
                (state, due, status, seq),
            )

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
