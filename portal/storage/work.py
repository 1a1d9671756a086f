"""The unit of work: one transaction, who asks, and what time it is."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from portal.storage.clock import utc_now
from portal.storage.engine import make_engine
from portal.storage.keys import Keyring, use_keyring
from portal.storage.reading import ReadingSession
from portal.storage.together import GroupWriter
from portal.storage.violations import gave_way

MOST_TRIES = 4
AFTER_YOU = 0.03  # seconds for the one that was given way to, or both would meet again

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """What a person is to the practice; one person may be several things."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    OWNER = "owner"


class ViewerKind(StrEnum):
    """Who asks: somebody unknown, a person, or the practice's own jobs."""

    ANONYMOUS = "anonymous"
    PERSON = "person"
    SYSTEM = "system"


@dataclass(frozen=True)
class Viewer:
    """Who asks. `visitor` and `address` are digests of the visitor cookie and of the network address."""

    kind: ViewerKind = ViewerKind.ANONYMOUS
    person_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    visitor: str | None = None
    address: str | None = None
    session_id: int | None = None

    @property
    def is_system(self) -> bool:
        """The practice's own jobs and commands."""
        return self.kind is ViewerKind.SYSTEM

    def has(self, role: Role) -> bool:
        """Whether the person is signed in and holds `role`."""
        return self.kind is ViewerKind.PERSON and role in self.roles


ANONYMOUS = Viewer()
SYSTEM = Viewer(kind=ViewerKind.SYSTEM)


@dataclass(frozen=True)
class UnitOfWork:
    """What a service gets: a session inside one transaction, the viewer, and the instant (aware, UTC)."""

    db: Session
    viewer: Viewer
    now: datetime


Service = Callable[Concatenate[UnitOfWork, P], R]


class Database:
    """One database and the threads that may use it.

    On SQLite one thread writes, a group at a time (fair, and without lock waits), readers have their own; on
    PostgreSQL both are pools.
    Threads start with the first call, so that an instance may be made before the server forks or starts its loop.
    """

    def __init__(self, url: str, keyring: Keyring, *, clock: Callable[[], datetime] = utc_now) -> None:
        use_keyring(keyring)
        self.url = url
        self.keyring = keyring
        self.clock = clock
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.on_refusal: Callable[[Viewer, str, Exception], Awaitable[None]] | None = None
        self._reading = self.engine.execution_options(read_only=True)
        self._group = GroupWriter(self.engine) if self.is_sqlite else None
        self._writers = ThreadPoolExecutor(8, thread_name_prefix="write")
        self._readers = ThreadPoolExecutor(4 if self.is_sqlite else 8, thread_name_prefix="read")

    def run(self, viewer: Viewer, service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service in one transaction on this thread; commits when it returns, rolls back when it raises.

        One that had to give way to another transaction runs anew, from its beginning: nothing of it has happened.
        """
        for _ in range(MOST_TRIES - 1):
            try:
                return self._run_once(viewer, service, *args, **kwargs)
            except DBAPIError as problem:
                if not gave_way(problem):
                    raise
            time.sleep(AFTER_YOU)
        return self._run_once(viewer, service, *args, **kwargs)

    def _run_once(self, viewer: Viewer, service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        with Session(self.engine, expire_on_commit=False) as db:
            answer = service(UnitOfWork(db, viewer, self.clock()), *args, **kwargs)
            db.commit()
            return answer

    def run_read(self, viewer: Viewer, service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service that only reads on this thread.

        Raises:
            WroteWhileReading: the service left something to write, such as an entry in the audit trail: `run` it.
        """
        with ReadingSession(self._reading, expire_on_commit=False, autoflush=False) as db:
            answer = service(UnitOfWork(db, viewer, self.clock()), *args, **kwargs)
            db.flush()
            return answer

    async def transact(self, viewer: Viewer, service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`run` on a writer thread."""
        return await self._watched(viewer, service, self._write(viewer, service, *args, **kwargs))

    async def read(self, viewer: Viewer, service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`run_read` on a reader thread."""
        call = functools.partial(self.run_read, viewer, service, *args, **kwargs)
        return await self._watched(viewer, service, asyncio.get_running_loop().run_in_executor(self._readers, call))

    def _write(self, viewer: Viewer, service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[R]:
        if self._group is not None:

            def unit(db: Session) -> R:
                return service(UnitOfWork(db, viewer, self.clock()), *args, **kwargs)

            return self._group.submit(unit)
        call = functools.partial(self.run, viewer, service, *args, **kwargs)
        return asyncio.get_running_loop().run_in_executor(self._writers, call)

    async def _watched(self, viewer: Viewer, service: Callable[..., Any], answer: asyncio.Future[R]) -> R:
        """The answer; what was refused is told to whoever watches, after its transaction is gone."""
        try:
            return await answer
        except Exception as problem:
            if self.on_refusal is not None:
                await self.on_refusal(viewer, service.__module__, problem)
            raise

    def ready(self) -> bool:
        """Whether the database answers."""
        with self._reading.connect() as connection:
            return connection.execute(sa.text("SELECT 1")).scalar_one() == 1

    async def read_ready(self) -> bool:
        """`ready` on a reader thread."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.ready)

    def close(self) -> None:
        """Let running work end, then close every connection."""
        if self._group is not None:
            self._group.close()
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()
