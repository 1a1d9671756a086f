"""The inbox of signed webhooks: each event once, acted on after it was stored."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.clinic.access import Permission, require
from portal.clinic.billing import queries
from portal.clinic.billing.tables import ProcessorEvent
from portal.storage.work import UnitOfWork


def receive(work: UnitOfWork, source: str, event_ref: str, kind: str, object_ref: str) -> bool:
    """Store an event; False when it was received before."""
    require(work, Permission.SYSTEM)
    if queries.event_row(work, source, event_ref) is not None:
        return False
    event = ProcessorEvent(
        source=source, event_ref=event_ref, kind=kind[:80], object_ref=object_ref[:120], received_at=work.now
    )
    try:
        with work.db.begin_nested():
            work.db.add(event)
    except IntegrityError:  # its twin came at the same moment
        return False
    return True


def waiting(work: UnitOfWork, source: str, most: int = 20) -> list[tuple[int, str, str]]:
    """Events to act on: row id, kind, object."""
    require(work, Permission.SYSTEM)
    return [(row.id, row.kind, row.object_ref) for row in queries.waiting_events(work, source, most)]


def handled(work: UnitOfWork, row_id: int) -> None:
    """The event was acted on."""
    require(work, Permission.SYSTEM)
    work.db.get_one(ProcessorEvent, row_id).handled_at = work.now
