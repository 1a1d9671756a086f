"""Group commit for SQLite: units of work that wait at the same moment share one commit, and so one wait for the disk.

Each unit stands in a savepoint of its own: one that fails takes back only what it did itself. Nobody is answered
before the commit is on the disk; if that fails, all of the group fail.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

MOST_TOGETHER = 32

Unit = Callable[[Session], Any]


@dataclass(frozen=True)
class _Waiting:
    unit: Unit
    answer: Future[Any]


class GroupWriter:
    """One thread that writes; whoever comes while it is at work joins the next group."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: deque[_Waiting] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="write")

    def submit(self, unit: Unit) -> Future[Any]:
        """Have a unit run; the future holds its answer once it is committed, or what it raised."""
        waiting = _Waiting(unit, Future())
        self._waiting.append(waiting)
        self._thread.submit(self._write_group)
        return waiting.answer

    def close(self) -> None:
        """Let what waits be written, then end."""
        self._thread.shutdown(wait=True)

    def _write_group(self) -> None:
        group = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
        group = [one for one in group if one.answer.set_running_or_notify_cancel()]
        if not group:
            return
        try:
            with self._engine.begin() as connection:
                outcomes = [_run(connection, one.unit) for one in group]
        except BaseException as failure:
            outcomes = [(False, failure)] * len(group)
        for one, (done, outcome) in zip(group, outcomes, strict=True):
            if done:
                one.answer.set_result(outcome)
            else:
                one.answer.set_exception(outcome)


def _run(connection: sa.Connection, unit: Unit) -> tuple[bool, Any]:
    with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as db:
        try:
            answer = unit(db)
            db.commit()
        except BaseException as failure:
            db.rollback()
            return False, failure
        return True, answer
