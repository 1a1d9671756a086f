"""Which guard of the database refused a row, by the one name it has on both engines."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError


def violated(problem: DBAPIError) -> str:
    """The name of the violated guard (`occupancy_overlap`, `seat_overlap`, …), or the driver's first words."""
    diagnosis = getattr(problem.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return str(name or getattr(diagnosis, "message_primary", None) or problem.orig)
