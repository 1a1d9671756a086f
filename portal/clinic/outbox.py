"""The outbox: what is to happen outside after the commit, claimed with a lease, tried until it is done."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, col, select

from portal.storage.columns import instant_field, key_field
from portal.storage.work import UnitOfWork

LEASE = timedelta(seconds=60)
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=30)
MOST_ATTEMPTS = 40


class OutboxItem(SQLModel, table=True):
    """One errand. The payload holds ids only; what they stand for is read again when it runs."""

    id: int = key_field()
    kind: str = Field(max_length=40, index=True)
    key: str = Field(max_length=120, unique=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    created_at: datetime = instant_field()
    due_at: datetime = instant_field(index=True)
    leased_until: datetime | None = instant_field(optional=True)
    attempts: int = 0
    done_at: datetime | None = instant_field(optional=True)
    failed_at: datetime | None = instant_field(optional=True)
    problem: str = Field(default="", max_length=80)


@dataclass(frozen=True)
class Errand:
    """A claimed item."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int


def put(
    work: UnitOfWork, kind: str, key: str, payload: dict[str, str | int], *, due_at: datetime | None = None
) -> None:
    """Ask for an errand after the commit; asking again with the same key changes nothing."""
    put_all(work, kind, {key: payload}, due_at=due_at)


def put_all(
    work: UnitOfWork, kind: str, wanted: Mapping[str, Mapping[str, str | int]], *, due_at: datetime | None = None
) -> None:
    """Ask for several errands of one kind, payload by key, in one statement."""
    rows = [
        {
            "kind": kind,
            "key": key,
            "payload": dict(payload),
            "created_at": work.now,
            "due_at": due_at or work.now,
            "attempts": 0,
            "problem": "",
        }
        for key, payload in wanted.items()
    ]
    work.db.connection().execute(_put(work.db.get_bind().dialect.name), rows)


@functools.cache
def _put(dialect: str) -> sa.Executable:
    """Both engines know `ON CONFLICT DO NOTHING`, each through its own construct."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(OutboxItem.__table__).on_conflict_do_nothing(index_elements=["key"])  # type: ignore[attr-defined]


def claim(work: UnitOfWork, most: int = 10) -> list[Errand]:
    """Take errands that are due; each is ours for a minute, then anybody's again."""
    waiting = (
        select(OutboxItem)
        .where(
            col(OutboxItem.done_at).is_(None),
            col(OutboxItem.failed_at).is_(None),
            col(OutboxItem.due_at) <= work.now,
            sa.or_(col(OutboxItem.leased_until).is_(None), col(OutboxItem.leased_until) < work.now),
        )
        .order_by(col(OutboxItem.due_at), col(OutboxItem.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    items = work.db.exec(waiting).all()
    for item in items:
        item.leased_until = work.now + LEASE
        item.attempts += 1
    return [Errand(item.id, item.kind, item.key, item.payload, item.attempts) for item in items]


def standing(work: UnitOfWork, key: str) -> tuple[bool, str]:
    """Whether the errand of this key is run, and the code of what stood in its way at the last try."""
    item = work.db.exec(select(OutboxItem).where(OutboxItem.key == key)).first()
    return (item.done_at is not None, item.problem) if item else (True, "")


def done(work: UnitOfWork, item_id: int) -> None:
    """The errand is run."""
    item = work.db.get_one(OutboxItem, item_id)
    item.done_at, item.leased_until, item.problem = work.now, None, ""


def failed(work: UnitOfWork, item_id: int, problem: str, *, for_good: bool = False) -> None:
    """The errand did not work: try again later, ever more slowly, or give up and say so."""
    item = work.db.get_one(OutboxItem, item_id)
    item.problem, item.leased_until = problem[:80], None
    if for_good or item.attempts >= MOST_ATTEMPTS:
        item.failed_at = work.now
        return
    item.due_at = work.now + min(_FIRST_WAIT * 2 ** min(item.attempts - 1, 20), _LONGEST_WAIT)
