"""Runs the jobs while the server runs, and ends them with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from portal.errands.rooms import tend_rooms
from portal.jobs.money import act_on_webhooks, reconcile, sweep_holds
from portal.jobs.outbox import run_outbox
from portal.logs import log_error, new_error_code
from portal.wiring import Parts

Job = Callable[[Parts], Awaitable[None]]


@dataclass(frozen=True)
class Every:
    """A job and its rest between two runs, in seconds."""

    seconds: float
    job: Job


JOBS: tuple[Every, ...] = (
    Every(0.5, run_outbox),
    Every(1, act_on_webhooks),
    Every(5, sweep_holds),
    Every(60, reconcile),
    Every(30, tend_rooms),
)


@contextlib.asynccontextmanager
async def running_jobs(parts: Parts) -> AsyncIterator[None]:
    """Start every job; cancel them, wait for them and close the database at the end."""
    tasks = [asyncio.create_task(_repeat(parts, every)) for every in JOBS]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        parts.database.close()


async def _repeat(parts: Parts, every: Every) -> None:
    while True:
        try:
            await every.job(parts)
        except Exception as problem:
            log_error(new_error_code(), problem)
        await asyncio.sleep(every.seconds)
