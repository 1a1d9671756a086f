"""Why the database refused: which guard, by the one name it has on both engines, or somebody else's transaction."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError


def violated(problem: DBAPIError) -> str:
    """The name of the violated guard (`occupancy_overlap`, `seat_overlap`, …), or the driver's first words."""
    diagnosis = getattr(problem.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return str(name or getattr(diagnosis, "message_primary", None) or problem.orig)


def gave_way(problem: DBAPIError) -> bool:
    """Whether the database took everything back so that another transaction could go on.

    On PostgreSQL two inserts that exclude each other may each wait for the other, without a lock having been asked for.
    """
    return getattr(problem.orig, "sqlstate", None) in {"40P01", "40001"}
