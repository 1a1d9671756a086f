"""Video rooms: what we ask of a LiveKit server, and what it tells us."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import aiohttp
from livekit import api

Answer = TypeVar("Answer")

_SOURCES = ("camera", "microphone", "screen_share", "screen_share_audio")
_PAUSES = (0.0, 0.15, 0.5)
_MISSING = "not_found"
_WEBHOOK_LIMIT = 64_000


class VideoUnavailable(Exception):
    """The video server did not answer; `code` is unreachable, refused or the server's own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ForgedEvent(Exception):
    """A webhook that the video server did not sign."""


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """A room to be opened. `name` is random and never used again once the room was closed."""

    name: str
    seats: int = 2
    empty_for: timedelta = timedelta(minutes=10)
    left_for: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """One person's way into one room. `identity` is random for person and visit, and says nothing."""

    room: str
    identity: str
    valid_for: timedelta = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Seat:
    """What a browser needs to join."""

    url: str
    token: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whom the server counts as being in the room."""

    identity: str
    connection: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One webhook, a hint at best: events come late, twice, in another order, or never."""

    event_id: str
    kind: str
    room: str
    identity: str
    connection: str
    at: datetime


class VideoRooms(Protocol):
    """Rooms on the practice's own video server."""

    async def open_room(self, request: RoomRequest) -> None:
        """Make the room, or keep it when it is there. Raises VideoUnavailable."""
        ...

    async def close_room(self, name: str) -> None:
        """End the room for everybody in it; a room that is not there counts as closed."""
        ...

    async def attendees(self, name: str) -> list[Attendee]:
        """Who is in the room; nobody when there is no such room."""
        ...

    async def answers(self) -> bool:
        """Whether the server can be reached now."""
        ...

    def seat(self, request: SeatRequest) -> Seat:
        """A token for one person and one room, short-lived and without any right but to take part."""
        ...

    def event(self, body: bytes, signature: str) -> RoomEvent:
        """What a webhook says. Raises ForgedEvent."""
        ...

    async def aclose(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class LivekitAccount:
    """Where the server is, for browsers and (if not the same) for us, and the key that we share with it."""

    url: str
    api_url: str
    key: str
    secret: str


class LivekitRooms:
    """The real thing; the demo gives it a server on loopback."""

    def __init__(self, account: LivekitAccount) -> None:
        self._account = account
        self._client: api.LiveKitAPI | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open_room(self, request: RoomRequest) -> None:
        """See VideoRooms."""
        wanted = api.CreateRoomRequest(
            name=request.name,
            max_participants=request.seats,
            empty_timeout=int(request.empty_for.total_seconds()),
            departure_timeout=int(request.left_for.total_seconds()),
        )
        await self._ask(lambda livekit: livekit.room.create_room(wanted))

    async def close_room(self, name: str) -> None:
        """See VideoRooms."""
        gone = api.DeleteRoomRequest(room=name)
        await self._ask(lambda livekit: livekit.room.delete_room(gone), missing=api.DeleteRoomResponse())

    async def attendees(self, name: str) -> list[Attendee]:
        """See VideoRooms."""
        wanted = api.ListParticipantsRequest(room=name)
        answer = await self._ask(
            lambda livekit: livekit.room.list_participants(wanted), missing=api.ListParticipantsResponse()
        )
        return [Attendee(one.identity, one.sid, _instant(one.joined_at)) for one in answer.participants]

    async def answers(self) -> bool:
        """See VideoRooms."""
        nobody = api.ListRoomsRequest(names=["-"])
        try:
            await self._ask(lambda livekit: livekit.room.list_rooms(nobody), pauses=(0.0,))
        except VideoUnavailable:
            return False
        return True

    def seat(self, request: SeatRequest) -> Seat:
        """See VideoRooms."""
        grants = api.VideoGrants(
            room_join=True,
            room=request.room,
            room_create=False,
            room_list=False,
            room_record=False,
            room_admin=False,
            ingress_admin=False,
            can_publish=True,
            can_publish_sources=list(_SOURCES),
            can_subscribe=True,
            can_publish_data=False,
            can_update_own_metadata=False,
            can_subscribe_metrics=False,
            hidden=False,
            recorder=False,
            agent=False,
        )
        token = (
            api.AccessToken(self._account.key, self._account.secret)
            .with_identity(request.identity)
            .with_ttl(request.valid_for)
            .with_grants(grants)
            .to_jwt()
        )
        return Seat(self._account.url, token, int(request.valid_for.total_seconds()))

    def event(self, body: bytes, signature: str) -> RoomEvent:
        """See VideoRooms."""
        if not signature or len(body) > _WEBHOOK_LIMIT:
            raise ForgedEvent
        receiver = api.WebhookReceiver(api.TokenVerifier(self._account.key, self._account.secret))
        try:
            said = receiver.receive(body.decode("utf-8"), signature)
        except Exception as error:  # the kit raises jwt errors, bare Exceptions and protobuf errors alike
            raise ForgedEvent from error
        who = said.participant
        return RoomEvent(said.id, said.event, said.room.name, who.identity, who.sid, _instant(said.created_at))

    async def aclose(self) -> None:
        """See VideoRooms."""
        client, self._client = self._client, None
        if client is not None and self._loop is asyncio.get_running_loop():
            await client.aclose()

    async def _ask(
        self,
        question: Callable[[api.LiveKitAPI], Awaitable[Answer]],
        *,
        missing: Answer | None = None,
        pauses: tuple[float, ...] = _PAUSES,
    ) -> Answer:
        """Put an idempotent question, again if need be: the kit asks servers of one's own only once."""
        code = "unreachable"
        for pause in pauses:
            await asyncio.sleep(pause)
            try:
                return await question(self._connected())
            except api.ServerError as error:
                if error.code == _MISSING and missing is not None:
                    return missing
                code = "refused" if error.status in {401, 403} else error.code
                if error.status < 500:
                    break
            except (aiohttp.ClientError, TimeoutError, OSError):
                code = "unreachable"
        raise VideoUnavailable(code)

    def _connected(self) -> api.LiveKitAPI:
        """The kit's client, which belongs to the event loop that it was made in."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            where = self._account
            patience = aiohttp.ClientTimeout(total=4, connect=2)
            self._client = api.LiveKitAPI(where.api_url or where.url, where.key, where.secret, timeout=patience)
            self._loop = loop
        return self._client


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
