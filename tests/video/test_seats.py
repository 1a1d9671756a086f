"""Which tokens the video server takes: asked of the real one, without a browser."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.gateways.video import LivekitRooms, RoomRequest, SeatRequest
from tests.support.patience import SECONDS

pytestmark = pytest.mark.livekit


def door(livekit, token: str) -> int:
    """What the server says to a token: 200 lets in."""
    address = f"{livekit.account.api_url}/rtc/validate?{urllib.parse.urlencode({'access_token': token})}"
    try:
        return urllib.request.urlopen(address, timeout=SECONDS).status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def rooms(livekit) -> LivekitRooms:
    asked = LivekitRooms(livekit.account)

    async def open_one() -> None:
        await asked.open_room(RoomRequest("open-room"))
        await asked.aclose()

    asyncio.run(open_one())
    return asked


def test_a_fresh_seat_lets_in(livekit, rooms):
    assert door(livekit, rooms.seat(SeatRequest("open-room", "guest")).token) == 200


def test_an_old_seat_does_not(livekit, rooms):
    late = SeatRequest("open-room", "guest", valid_for=timedelta(seconds=-61))
    assert door(livekit, rooms.seat(late).token) == 401


def test_a_seat_for_a_room_that_is_not_there_does_not(livekit, rooms):
    assert door(livekit, rooms.seat(SeatRequest("no-such-room", "guest")).token) == 404


def test_a_seat_of_another_practice_does_not(livekit, rooms):
    foreign = LivekitRooms(replace(livekit.account, secret="x" * 40))
    assert door(livekit, foreign.seat(SeatRequest("open-room", "guest")).token) == 401


def test_a_closed_room_stays_closed(livekit, rooms):
    seat = rooms.seat(SeatRequest("open-room", "guest"))

    async def close() -> None:
        await rooms.close_room("open-room")
        await rooms.aclose()

    asyncio.run(close())
    assert door(livekit, seat.token) == 404
