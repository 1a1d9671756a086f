"""How many bookings a second embedded SQLite takes: hold, confirm, outbox, audit, everything on disk."""

from __future__ import annotations

import asyncio
import time

from benchmarks.figures import Reference, tell
from benchmarks.practice import as_system, empty_practice, staff
from portal.clinic.errors import Conflict
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import Slot
from portal.serving import leave_alone_what_stays
from portal.storage.work import ANONYMOUS, Database, Role, UnitOfWork, Viewer, ViewerKind

LIMIT = 400.0
CLINICIANS, AT_ONCE, BOOKINGS = 20, 50, 1500


def run(*_: str) -> None:
    """Fifty patients at once, each booking one time after the other in two transactions."""
    with empty_practice() as database:
        ids, offer = as_system(database, staff, CLINICIANS)  # type: ignore[misc]
        patients = as_system(database, _patients)
        slots = _hourly(database, ids, offer)
        leave_alone_what_stays()  # as the server does when it starts
        seconds = asyncio.run(_book(database, patients, slots))  # type: ignore[arg-type]
    tell(
        "bookings_per_second",
        len(slots) / seconds,
        "1/s",
        Reference("the limit that was set", LIMIT),
        at_once=AT_ONCE,
        bookings=len(slots),
    )


def _hourly(database: Database, ids: list[str], offer: str) -> list[Slot]:
    """Times that do not get in each other's way, soonest first."""
    free = (database.run_read(ANONYMOUS, scheduling.open_slots, one, offer, None, 60) for one in ids)
    hourly = [slot for slots in free for slot in slots if slot.starts_at.minute == 0]
    return sorted(hourly)[:BOOKINGS]


def _patients(work: UnitOfWork) -> list[int]:
    return [people.sign_up(work, SignUp(f"P {n}", f"p{n}@bench.example"), "x") for n in range(AT_ONCE)]


async def _book(database: Database, patients: list[int], slots: list[Slot]) -> float:
    waiting = list(reversed(slots))

    async def one(person_id: int) -> None:
        viewer = Viewer(ViewerKind.PERSON, person_id, frozenset({Role.PATIENT}), visitor=f"v{person_id}")
        while waiting:
            slot = waiting.pop()
            try:
                await database.transact(viewer, scheduling.hold, slot.slot_id)
            except Conflict:  # the same patient at the same hour elsewhere: another time
                waiting.insert(0, slot)
                continue
            await database.transact(viewer, _confirm)

    started = time.perf_counter()
    await asyncio.gather(*(one(person_id) for person_id in patients))
    return time.perf_counter() - started


def _confirm(work: UnitOfWork) -> None:
    scheduling.confirm(work, scheduling.held_for_payment(work), pays_later=True)
