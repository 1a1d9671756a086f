"""The gateway: what a token allows, which webhooks are believed, and a real server."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import hashlib
import json
import time
from datetime import UTC, datetime

import jwt
import pytest
from livekit import api

from portal.gateways.video import (
    ForgedEvent,
    LivekitAccount,
    LivekitRooms,
    RoomRequest,
    SeatRequest,
    VideoUnavailable,
)

ACCOUNT = LivekitAccount("wss://video.example.org", "http://127.0.0.1:9", "practice", "s" * 40)


def claims_of(token: str) -> dict:
    return jwt.decode(token, ACCOUNT.secret, algorithms=["HS256"], issuer=ACCOUNT.key)


def test_a_seat_allows_taking_part_and_nothing_else():
    seat = LivekitRooms(ACCOUNT).seat(SeatRequest("room-1", "guest-1"))
    claims = claims_of(seat.token)
    video = claims["video"]
    assert seat.url == ACCOUNT.url
    assert claims["sub"] == "guest-1"
    assert 60 <= claims["exp"] - claims["nbf"] <= 120
    assert seat.expires_in == claims["exp"] - claims["nbf"]
    assert sorted(video.pop("canPublishSources")) == [
        "camera",
        "microphone",
        "screen_share",
        "screen_share_audio",
    ]
    assert video.pop("room") == "room-1"
    assert {name for name, value in video.items() if value} == {"roomJoin", "canPublish", "canSubscribe"}
    assert not {"name", "metadata", "attributes", "roomConfig"} & claims.keys()


def test_every_grant_that_the_kit_knows_is_decided():
    claims = claims_of(LivekitRooms(ACCOUNT).seat(SeatRequest("room-1", "guest-1")).token)
    known = {
        name.split("_")[0] + "".join(part.title() for part in name.split("_")[1:])
        for name in (field.name for field in dataclasses.fields(api.VideoGrants))
    }
    # these two are names of further rights that only a server or an agent of the vendor's cloud ever holds
    assert known - claims["video"].keys() <= {"destinationRoom", "canManageAgentSession"}


def signed(
    body: str,
    *,
    secret: str = ACCOUNT.secret,
    key: str = ACCOUNT.key,
    age: int = 0,
    digest: str | None = None,
) -> str:
    claims = {"iss": key, "exp": int(time.time()) + 300 - age}
    claims["sha256"] = (
        digest if digest is not None else base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    )
    return jwt.encode(claims, secret, algorithm="HS256")


BODY = json.dumps(
    {
        "id": "EV_1",
        "event": "participant_joined",
        "createdAt": "1795474906",
        "room": {"name": "room-1"},
        "participant": {"identity": "guest-1", "sid": "PA_1"},
        "somethingNew": True,
    }
)


def test_a_true_webhook_is_read():
    event = LivekitRooms(ACCOUNT).event(BODY.encode(), signed(BODY))
    assert (event.event_id, event.kind, event.room) == ("EV_1", "participant_joined", "room-1")
    assert (event.identity, event.connection) == ("guest-1", "PA_1")
    assert event.at == datetime.fromtimestamp(1795474906, UTC)


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (BODY.replace("guest-1", "guest-2"), signed(BODY)),
        (BODY, signed(BODY, secret="x" * 40)),
        (BODY, signed(BODY, key="somebody")),
        (BODY, signed(BODY, age=600)),
        (BODY, signed(BODY, digest="")),
        (BODY, LivekitRooms(ACCOUNT).seat(SeatRequest("room-1", "guest-1")).token),
        (BODY, "Bearer " + signed(BODY)),
        (BODY, ""),
        ("no json", signed("no json")),
        ("x" * 70_000, signed("x" * 70_000)),
    ],
    ids=[
        "changed",
        "secret",
        "key",
        "old",
        "no-digest",
        "join-token",
        "bearer",
        "unsigned",
        "no-json",
        "huge",
    ],
)
def test_a_forged_webhook_is_refused(body: str, signature: str):
    with pytest.raises(ForgedEvent):
        LivekitRooms(ACCOUNT).event(body.encode(), signature)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ForgedEvent):
        LivekitRooms(ACCOUNT).event(b"\xff\xfe", signed(BODY))


def test_a_server_that_is_away_is_one_error():
    async def ask() -> None:
        rooms = LivekitRooms(ACCOUNT)
        assert not await rooms.answers()
        with pytest.raises(VideoUnavailable) as caught:
            await rooms.open_room(RoomRequest("room-1"))
        assert caught.value.code == "unreachable"
        await rooms.aclose()

    asyncio.run(ask())


@pytest.mark.livekit
def test_rooms_on_a_real_server(livekit):
    async def ask() -> None:
        rooms = LivekitRooms(livekit.account)
        assert await rooms.answers()
        await rooms.open_room(RoomRequest("room-a"))
        await rooms.open_room(RoomRequest("room-a"))
        assert await rooms.attendees("room-a") == []
        await rooms.close_room("room-a")
        await rooms.close_room("room-a")
        assert await rooms.attendees("room-a") == []
        await rooms.aclose()

    asyncio.run(ask())


@pytest.mark.livekit
def test_a_wrong_key_is_not_tried_twice(livekit):
    async def ask() -> None:
        rooms = LivekitRooms(dataclasses.replace(livekit.account, secret="w" * 40))
        with pytest.raises(VideoUnavailable) as caught:
            await rooms.open_room(RoomRequest("room-b"))
        assert caught.value.code == "refused"
        await rooms.aclose()

    asyncio.run(ask())


@pytest.mark.livekit
def test_one_gateway_serves_one_loop_after_another(livekit):
    rooms = LivekitRooms(livekit.account)

    async def ask() -> bool:
        answer = await rooms.answers()
        await rooms.aclose()
        return answer

    assert asyncio.run(ask())
    assert asyncio.run(ask())
