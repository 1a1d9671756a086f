"""What was refused leaves a trace: a signed-in person asked for what is not theirs. The law: docs/rules/access.md."""

from __future__ import annotations

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from portal.clinic import audit
from portal.clinic.errors import NotAllowed, NotFound
from portal.logs import log_error, new_error_code
from portal.storage.work import Database, Viewer

# Whose rows belong to somebody: there, "not found" may mean "not yours".
_PERSONAL = frozenset({"visits", "records", "intake", "billing", "messages"})
_ONE_OF_A_KIND = RateLimitItemPerMinute(1)
_OF_ONE_PERSON = RateLimitItemPerHour(60)
_limiter = FixedWindowRateLimiter(MemoryStorage())


def watch(database: Database) -> None:
    """Have every refusal of this database's services noted, whichever door the request came by."""

    async def note(viewer: Viewer, module: str, problem: Exception) -> None:
        room = module.split(".")
        noun = room[2] if room[:2] == ["portal", "clinic"] and len(room) > 2 else ""
        personal = noun in _PERSONAL or module.endswith("scheduling.service.appointments")
        if isinstance(problem, NotAllowed) or (personal and isinstance(problem, NotFound)):
            await note_refusal(database, viewer, noun or "page")

    database.on_refusal = note


async def note_refusal(database: Database, viewer: Viewer, kind: str) -> None:
    """Who and what kind, never which; at most one a minute of a kind and sixty an hour of one person."""
    if viewer.person_id is None:
        return
    who = str(viewer.person_id)
    if not _limiter.hit(_ONE_OF_A_KIND, who, kind) or not _limiter.hit(_OF_ONE_PERSON, who):
        return
    try:
        await database.transact(viewer, audit.refuse, kind)
    except Exception as broken:  # the refusal itself must reach whoever asked
        log_error(new_error_code(), broken)
