"""Who was in the room, as the video server tells; and which rooms there are to tend. For the practice's own jobs."""

from __future__ import annotations

from collections.abc import Sequence

from portal.clinic.access import Permission, require
from portal.clinic.billing import service as inbox
from portal.clinic.visits import queries, rules
from portal.clinic.visits.service.rooms import identity
from portal.clinic.visits.tables import Presence, Visit
from portal.clinic.visits.values import Party, Progress, RoomToTend, Sighting, VisitState
from portal.storage.work import UnitOfWork

_SOURCE = "livekit"


def take_event(work: UnitOfWork, event_id: str, kind: str, sighting: Sighting | None) -> bool:
    """Keep a webhook in the inbox and note what it tells; False when it was here before."""
    require(work, Permission.SYSTEM)
    if not inbox.receive(work, _SOURCE, event_id, kind, sighting.room if sighting else ""):
        return False
    if sighting is not None:
        record_presence(work, sighting)
    return True


def record_presence(work: UnitOfWork, seen: Sighting) -> None:
    """Note that somebody came or left. Events come late, twice and in any order; strangers are passed over."""
    require(work, Permission.SYSTEM)
    found = queries.visit_in(work, seen.room)
    if found is None:
        return
    visit = found[0]
    party = next((one for one in Party if identity(visit, one) == seen.identity), None)
    if party is None or not seen.connection:
        return
    row = _presence(work, visit, party, seen.connection)
    row.joined_at = seen.joined_at or row.joined_at
    row.left_at = seen.left_at or row.left_at


def observe(work: UnitOfWork, visit_id: str, seen: Sequence[Sighting]) -> None:
    """Put presence right by what the server says now: who is there is there, who is not has left."""
    require(work, Permission.SYSTEM)
    visit = queries.visit_row(work, visit_id)
    for one in seen:
        record_presence(work, one)
    there = {one.connection for one in seen}
    for row in queries.presences(work, visit.id):
        if row.connection not in there and row.left_at is None:
            row.left_at = work.now


def rooms_to_tend(work: UnitOfWork) -> list[RoomToTend]:
    """Rooms that were opened and not closed since; those of visits that are over are to be closed."""
    require(work, Permission.SYSTEM)
    found: list[RoomToTend] = []
    for visit, appointment in queries.open_rooms(work):
        now = Progress(appointment.starts_at, appointment.ends_at, VisitState(visit.state))
        found.append(RoomToTend(visit.public_id, visit.room, rules.is_over(now, work.now)))
    return found


def room_closed(work: UnitOfWork, visit_id: str) -> None:
    """The video server has let go of the room; whoever was there has left."""
    require(work, Permission.SYSTEM)
    visit = queries.visit_row(work, visit_id)
    visit.closed_at = work.now
    for row in queries.presences(work, visit.id):
        row.left_at = row.left_at or work.now


def _presence(work: UnitOfWork, visit: Visit, party: Party, connection: str) -> Presence:
    rows = queries.presences(work, visit.id)
    row = next((one for one in rows if one.connection == connection), None)
    if row is None:
        row = Presence(visit_id=visit.id, party=party.value, connection=connection[:64])
        work.db.add(row)
        work.db.flush()
    return row
