"""Group commit for SQLite: units of work that wait at the same moment share one commit, and so one wait for the disk.

Each unit stands in a savepoint of its own: one that fails takes back only what it did itself. Nobody is answered
before the commit is on the disk; if that fails, all of the group fail.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

MOST_TOGETHER = 32

Unit = Callable[[Session], Any]


@dataclass(frozen=True)
class _Waiting:
    unit: Unit
    answer: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


@dataclass
class _Outcomes:
    """What came of a group, for those who wait on one event loop: told at once, for waking a loop takes its time."""

    answered: list[tuple[asyncio.Future[Any], Any]] = field(default_factory=list)
    failed: list[tuple[asyncio.Future[Any], BaseException]] = field(default_factory=list)

    def tell(self) -> None:
        """On the loop's own thread; who has gone meanwhile is told nothing."""
        for waiting, answer in self.answered:
            if not waiting.done():
                waiting.set_result(answer)
        for waiting, failure in self.failed:
            if not waiting.done():
                waiting.set_exception(failure)


class GroupWriter:
    """One thread that writes; whoever comes while it is at work joins the next group."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="write", daemon=True)
        self._starting = threading.Lock()
        self._is_closed = False

    def submit(self, unit: Unit) -> asyncio.Future[Any]:
        """Have a unit run; the future of the running loop holds its answer once it is committed, or what it raised."""
        loop = asyncio.get_running_loop()
        answer = loop.create_future()
        with self._starting:  # also: nobody joins behind the mark that ends it
            if self._is_closed:
                raise RuntimeError("the database is closed")
            if self._thread.ident is None:
                self._thread.start()
            self._waiting.put(_Waiting(unit, answer, loop))
        return answer

    def close(self) -> None:
        """Let what waits be written, then end."""
        with self._starting:
            if self._is_closed:
                return
            self._is_closed = True
            self._waiting.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _write(self) -> None:
        is_over = False
        while not is_over:
            group, is_over = self._next_group()
            for loop, outcomes in self._outcomes(group).items():
                with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is left to be told
                    loop.call_soon_threadsafe(outcomes.tell)

    def _next_group(self) -> tuple[list[_Waiting], bool]:
        """Whoever waits, at least one; and whether that was the end."""
        group: list[_Waiting] = []
        is_first = True
        while len(group) < MOST_TOGETHER:
            try:
                waiting = self._waiting.get(block=is_first)
            except queue.Empty:
                break
            if waiting is None:
                return group, True
            is_first = False
            group.append(waiting)
        return group, False

    def _outcomes(self, group: list[_Waiting]) -> dict[asyncio.AbstractEventLoop, _Outcomes]:
        told: dict[asyncio.AbstractEventLoop, _Outcomes] = {}
        group = [one for one in group if not one.answer.cancelled()]
        if not group:
            return told
        try:
            with self._engine.begin() as connection:
                done = [_run(connection, one.unit) for one in group]
        except BaseException as failure:
            done = [(False, failure)] * len(group)
        for one, (is_done, outcome) in zip(group, done, strict=True):
            outcomes = told.setdefault(one.loop, _Outcomes())
            (outcomes.answered if is_done else outcomes.failed).append((one.answer, outcome))
        return told


def _run(connection: sa.Connection, unit: Unit) -> tuple[bool, Any]:
    with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as db:
        try:
            answer = unit(db)
            db.commit()
        except StopIteration as failure:  # a future does not carry it
            db.rollback()
            return False, RuntimeError(f"a unit of work stopped: {failure!r}")
        except BaseException as failure:
            db.rollback()
            return False, failure
        return True, answer
