"""How long it takes to say what is free in the next thirty days, through the service."""

from __future__ import annotations

from benchmarks.figures import Reference, median_ms, tell
from benchmarks.practice import as_system, empty_practice, fill, staff
from portal.clinic.scheduling import service as scheduling
from portal.serving import leave_alone_what_stays
from portal.storage.work import ANONYMOUS, Database

VISITS_EACH = 1000
LIMIT_ONE_MS, LIMIT_HUNDRED_MS = 5.0, 50.0


def run(*_: str) -> None:
    """1, 10 and 100 clinicians with a thousand visits each."""
    for clinicians, limit in ((1, LIMIT_ONE_MS), (10, LIMIT_HUNDRED_MS), (100, LIMIT_HUNDRED_MS)):
        with empty_practice() as database:
            ids, offer = as_system(database, staff, clinicians)  # type: ignore[misc]
            as_system(database, fill, VISITS_EACH)
            leave_alone_what_stays()  # as the server does when it starts
            found, taken = _measure(database, ids, offer)
        tell(
            "slots_30_days",
            taken,
            "ms",
            Reference("the limit that was set", limit),
            clinicians=clinicians,
            visits_each=VISITS_EACH,
            slots=found,
        )


def _measure(database: Database, ids: list[str], offer: str) -> tuple[int, float]:
    if len(ids) == 1:
        act = lambda: database.run_read(ANONYMOUS, scheduling.open_slots, ids[0], offer, None, 30)  # noqa: E731
        return len(act()), median_ms(act, 30)
    every = lambda: database.run_read(ANONYMOUS, scheduling.next_free, 10_000, 30)  # noqa: E731
    return sum(map(len, every().values())), median_ms(every, 15)
