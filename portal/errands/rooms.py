"""Rooms between the clinic and the video server: seats, closing, what the server tells, putting things right."""

from __future__ import annotations

import asyncio
import time

from portal.clinic.errors import Conflict
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import RoomState, RoomToTend, Sighting
from portal.gateways.video import RoomEvent, RoomRequest, Seat, SeatRequest, VideoRooms, VideoUnavailable
from portal.storage.work import SYSTEM, Viewer
from portal.wiring import Parts

_CAME = frozenset({"participant_joined"})
_WENT = frozenset({"participant_left", "participant_connection_aborted"})
_ASK_AGAIN_AFTER = 5.0
_CLOSE_WITHIN = 3.0
_answered: dict[int, tuple[float, bool]] = {}


async def video_answers(parts: Parts) -> bool:
    """Whether the practice's video server can be reached; asked every few seconds at the most."""
    if parts.video is None:
        return False
    asked, answer = _answered.get(id(parts.video), (0.0, False))
    if time.monotonic() - asked > _ASK_AGAIN_AFTER:
        answer = await parts.video.answers()
        _answered[id(parts.video)] = (time.monotonic(), answer)
    return answer


async def give_seat(parts: Parts, viewer: Viewer, appointment_id: str) -> Seat:
    """Open the room, again if the server has lost it, and give the viewer a way in.

    Raises:
        NotFound, Conflict: as `visits.seat`.
        VideoUnavailable: there is no video server, or it does not answer.
    """
    wanted = await parts.database.transact(viewer, visits.seat, appointment_id)
    video = _video(parts)
    await video.open_room(RoomRequest(wanted.room))
    now = await parts.database.read(viewer, visits.room_status, appointment_id)
    if now.state is RoomState.FINISHED:  # while we asked: a closed room is not opened again
        await video.close_room(wanted.room)
        raise Conflict("finished")
    return video.seat(SeatRequest(wanted.room, wanted.identity))


async def finish_visit(parts: Parts, viewer: Viewer, appointment_id: str, *, by_phone: bool = False) -> None:
    """Finish the visit and close its room for good; when the server does not answer soon, the job closes it.

    Raises:
        NotFound, Conflict: as `visits.finish`.
    """
    room = await parts.database.transact(viewer, visits.finish, appointment_id, by_phone=by_phone)
    try:
        await asyncio.wait_for(_close(parts, room), _CLOSE_WITHIN)
    except (VideoUnavailable, TimeoutError):
        return


async def hear(parts: Parts, event: RoomEvent) -> None:
    """Take in what the video server told; once for each event."""
    seen = Sighting(
        room=event.room,
        identity=event.identity,
        connection=event.connection,
        joined_at=event.at if event.kind in _CAME else None,
        left_at=event.at if event.kind in _WENT else None,
    )
    told = seen if event.kind in _CAME | _WENT else None
    await parts.database.transact(SYSTEM, visits.take_event, event.event_id, event.kind, told)


async def tend_rooms(parts: Parts) -> None:
    """Close rooms of visits that are over, and put presence right by asking the server; webhooks get lost."""
    if parts.video is None:
        return
    for room in await parts.database.read(SYSTEM, visits.rooms_to_tend):
        try:
            await (_close(parts, room) if room.is_over else _look(parts, room))
        except VideoUnavailable:
            return


async def _close(parts: Parts, room: RoomToTend) -> None:
    await _video(parts).close_room(room.room)
    await parts.database.transact(SYSTEM, visits.room_closed, room.visit_id)


async def _look(parts: Parts, room: RoomToTend) -> None:
    there = await _video(parts).attendees(room.room)
    seen = [Sighting(room.room, one.identity, one.connection, one.joined_at, None) for one in there]
    await parts.database.transact(SYSTEM, visits.observe, room.visit_id, seen)


def _video(parts: Parts) -> VideoRooms:
    if parts.video is None:
        raise VideoUnavailable("not_configured")
    return parts.video
