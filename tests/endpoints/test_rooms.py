"""The door of a video room over HTTP, with a real video server behind it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import time
from dataclasses import dataclass
from datetime import timedelta

import httpx
import jwt
import pytest
from sqlmodel import Session, select

from portal.clinic.billing.tables import ProcessorEvent
from portal.clinic.people.tables import Person, PersonSession
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.visits.tables import Presence, Visit
from portal.errands import rooms
from portal.storage.clock import utc_now
from portal.storage.work import Role
from tests.endpoints.conftest import Desk
from tests.support.patience import until
from tests.support.people import Who, make_appointment, make_offer, make_person

OURS = {"x-quietroom": "1"}


@dataclass(frozen=True)
class Door:
    """One visit that begins in five minutes, and its two people with a session each."""

    desk: Desk
    miriam: Who
    rosa: Who
    visit: str
    hers: dict[str, str]
    his: dict[str, str]

    def get(self, cookie: dict[str, str]) -> httpx.Response:
        return self.desk.ask("GET", f"/api/visits/{self.visit}/room", headers=cookie)

    def post(self, deed: str, cookie: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
        sent = {**cookie, **(OURS if headers is None else headers)}
        return self.desk.ask("POST", f"/api/visits/{self.visit}/{deed}", headers=sent)

    def row(self) -> Visit:
        with Session(self.desk.database.engine) as db:
            return db.exec(select(Visit)).one()

    def let_in(self) -> None:
        assert self.post("knock", self.hers).json()["state"] == "waiting"
        assert self.post("admit", self.his).json()["state"] == "admitted"


@pytest.fixture
def door(desk: Desk) -> Door:
    miriam = make_person(desk.database, "Dr Miriam Okafor", Role.CLINICIAN)
    rosa = make_person(desk.database, "Rosa Whitfield", Role.PATIENT, zone="Europe/Lisbon")
    at = utc_now() + timedelta(minutes=5)
    visit = make_appointment(desk.database, miriam, rosa, at, offer_id=make_offer(desk.database))
    return Door(desk, miriam, rosa, visit, desk.cookie(rosa), desk.cookie(miriam))


def entry(url: str, token: str) -> int:
    """How the video server answers somebody who comes with this token."""
    return httpx.get(f"{url.replace('ws', 'http', 1)}/rtc/validate", params={"access_token": token}).status_code


def test_the_door_says_who_stands_before_it(door: Door, livekit_server) -> None:
    said = door.get(door.hers).json()
    assert (said["state"], said["role"], said["video"]) == ("open", "patient", True)
    assert (said["self_name"], said["other_name"]) == ("Rosa Whitfield", "Dr Miriam Okafor")
    assert (said["time_zone"], said["zone_words"]) == ("Europe/Lisbon", "Lisbon time")
    assert said["phone"] == "020 7946 0112"
    assert (said["self_short"], said["other_short"]) == ("Rosa", "Dr Okafor")
    with Session(door.desk.database.engine) as db:
        db.get_one(Person, door.rosa.id).preferred = "Robin"
        db.commit()
    assert door.get(door.hers).json()["self_short"] == "Robin"
    said = door.get(door.his).json()
    assert (said["other_name"], said["other_short"]) == ("Rosa Whitfield", "Robin")
    assert (said["role"], said["time_zone"], said["other_waiting"]) == ("clinician", "Europe/London", False)
    door.post("knock", door.hers)
    assert door.get(door.his).json()["other_waiting"] is True


def test_from_the_knock_to_a_closed_room(door: Door, livekit_server) -> None:
    refused = door.post("video-token", door.hers)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_admitted")
    door.let_in()
    seats = [door.post("video-token", cookie).json() for cookie in (door.hers, door.his)]
    for seat in seats:
        assert seat["url"] == livekit_server.account.url
        assert 60 <= seat["expires_in"] <= 120
        assert entry(seat["url"], seat["token"]) == 200
        claims = jwt.decode(seat["token"], options={"verify_signature": False})
        assert claims["video"]["room"] == door.row().room
    assert door.post("finish", door.his).json()["state"] == "finished"
    assert entry(seats[0]["url"], seats[0]["token"]) != 200
    for cookie in (door.hers, door.his):
        assert door.post("video-token", cookie).json()["code"] == "finished"
        assert door.get(cookie).json()["state"] == "finished"
    assert door.row().closed_at is not None


def test_a_room_that_the_server_has_lost_is_made_again(door: Door, livekit_server) -> None:
    door.let_in()
    door.post("video-token", door.hers)
    video = door.desk.parts.video
    assert video is not None
    asyncio.run(video.close_room(door.row().room))
    seat = door.post("video-token", door.hers).json()
    assert entry(seat["url"], seat["token"]) == 200


def test_a_seat_asked_for_while_the_visit_ends_opens_nothing(door: Door, livekit_server, monkeypatch) -> None:
    door.let_in()
    video = door.desk.parts.video
    assert video is not None
    opening = video.open_room

    async def slowly(request) -> None:
        await opening(request)
        await rooms.finish_visit(door.desk.parts, door.miriam.viewer, door.visit)
        await opening(request)

    monkeypatch.setattr(video, "open_room", slowly)
    assert door.post("video-token", door.hers).json()["code"] == "finished"
    assert asyncio.run(video.attendees(door.row().room)) == []


def test_without_a_video_server_the_phone_is_named(door: Door) -> None:
    door.let_in()
    assert door.get(door.hers).json()["video"] is False
    refused = door.post("video-token", door.hers)
    assert refused.status_code == 503
    said = refused.json()
    assert (said["code"], said["phone"]) == ("unavailable", "020 7946 0112")
    assert said["support"].startswith("Q-")
    assert door.post("finish", door.his).status_code == 200


@pytest.mark.parametrize("deed", ["knock", "leave", "admit", "video-token", "finish", "safety"])
def test_a_post_comes_from_our_pages_and_somebody_signed_in(door: Door, deed: str) -> None:
    assert door.post(deed, door.hers, headers={}).status_code == 422
    refused = door.post(deed, {})
    assert (refused.status_code, refused.json()["code"]) == (401, "signed_out")
    assert door.get({}).status_code == 401
    assert door.desk.ask("GET", f"/api/visits/{door.visit}/{deed}").status_code == 405


@pytest.mark.parametrize("role", list(Role))
def test_a_foreign_visit_is_not_there(door: Door, role: Role) -> None:
    stranger = door.desk.cookie(make_person(door.desk.database, "A stranger", role))
    for answer in (door.get(stranger), *(door.post(deed, stranger) for deed in ("video-token", "knock", "admit"))):
        assert answer.status_code in {403, 404}
        assert "Rosa" not in answer.text
    missing = door.desk.ask("GET", "/api/visits/nothing/room", headers=stranger)
    assert (missing.status_code, missing.json()["code"]) == (404, "gone")


def test_the_patient_cannot_do_the_clinicians_part(door: Door) -> None:
    door.post("knock", door.hers)
    for deed in ("admit", "finish", "safety"):
        assert (door.post(deed, door.hers).status_code, door.post(deed, door.hers).json()["code"]) == (404, "gone")
    assert door.post("video-token", door.hers).json()["code"] == "not_admitted"


def test_early_is_said(door: Door) -> None:
    with Session(door.desk.database.engine) as db:
        row = db.exec(select(Appointment)).one()
        row.starts_at += timedelta(hours=2)
        row.ends_at += timedelta(hours=2)
        db.commit()
    assert door.get(door.hers).json()["state"] == "early"
    assert door.post("knock", door.hers).json()["code"] == "early"
    said = door.desk.ask("POST", f"/api/visits/{door.visit}/place", headers=door.hers | OURS, json={"place": "Oslo"})
    assert (said.status_code, said.json()["code"]) == (409, "early")


def test_leaving_the_waiting_room(door: Door) -> None:
    door.post("knock", door.hers)
    assert door.post("leave", door.hers).json() == {"ok": True}
    assert door.get(door.his).json()["other_waiting"] is False


def test_where_the_patient_is_today_goes_to_the_safety_sheet(door: Door) -> None:
    address = f"/api/visits/{door.visit}/place"
    for headers, status in ((door.hers | OURS, 200), (door.his | OURS, 404), (OURS, 401), (door.hers, 422)):
        answer = door.desk.ask("POST", address, headers=headers, json={"place": "Hotel Linde"})
        assert answer.status_code == status, answer.text
    assert door.desk.ask("GET", address, headers=door.hers).json() == {"today": "Hotel Linde", "usual": ""}
    said = door.post("safety", door.his).json()
    assert (said["name"], said["phone"]) == ("Rosa Whitfield", "07700 900 418")
    assert (said["place"], bool(said["place_at"])) == ("Hotel Linde", True)


def test_asking_keeps_the_session_alive(door: Door) -> None:
    def idle_ends_at():
        with Session(door.desk.database.engine) as db:
            return db.exec(select(PersonSession.idle_ends_at).where(PersonSession.person_id == door.miriam.id)).one()

    with Session(door.desk.database.engine) as db:
        for session in db.exec(select(PersonSession)):
            session.seen_at -= timedelta(minutes=9)
            session.idle_ends_at -= timedelta(minutes=9)
        db.commit()
    before = idle_ends_at()
    assert door.get(door.his).status_code == 200
    assert idle_ends_at() > before


def told(account, body: dict) -> tuple[bytes, dict[str, str]]:
    """A webhook as the video server signs it."""
    raw = json.dumps(body).encode()
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode()
    claims = {"iss": account.key, "exp": int(time.time()) + 300, "sha256": digest}
    return raw, {"authorization": jwt.encode(claims, account.secret, algorithm="HS256")}


def test_news_of_the_video_server_count_once_and_only_signed(door: Door, livekit_server) -> None:
    door.let_in()
    seat = door.post("video-token", door.hers).json()
    identity = jwt.decode(seat["token"], options={"verify_signature": False})["sub"]
    who = {"identity": identity, "sid": "PA_1"}
    event = {"id": "EV_1", "event": "participant_joined", "createdAt": str(int(time.time()))}
    raw, signed = told(livekit_server.account, event | {"room": {"name": door.row().room}, "participant": who})
    for _ in range(2):
        assert door.desk.ask("POST", "/webhooks/livekit", content=raw, headers=signed).status_code == 200
    for headers in ({}, {"authorization": "x"}, {"authorization": f"Bearer {signed['authorization']}"}):
        assert door.desk.ask("POST", "/webhooks/livekit", content=raw, headers=headers).status_code == 401
    assert door.desk.ask("POST", "/webhooks/livekit", content=raw + b" ", headers=signed).status_code == 401
    assert door.desk.ask("POST", "/webhooks/livekit", content=b"x" * 64_001, headers=signed).status_code == 413
    with Session(door.desk.database.engine) as db:
        assert len(db.exec(select(ProcessorEvent).where(ProcessorEvent.source == "livekit")).all()) == 1
        assert [row.party for row in db.exec(select(Presence))] == ["patient"]
    assert door.desk.ask("GET", "/webhooks/livekit").status_code == 405


def test_without_a_video_server_nobody_brings_news(door: Door) -> None:
    assert door.desk.ask("POST", "/webhooks/livekit", content=b"{}").status_code == 404


def test_the_real_server_tells_us_that_a_room_was_opened(door: Door, livekit_server, listening) -> None:
    door.let_in()
    door.post("video-token", door.hers)

    def heard() -> list[ProcessorEvent]:
        with Session(door.desk.database.engine) as db:
            return list(db.exec(select(ProcessorEvent).where(ProcessorEvent.kind == "room_started")))

    assert until(heard)


def test_rooms_of_visits_that_are_over_are_closed(door: Door, livekit_server) -> None:
    door.let_in()
    seat = door.post("video-token", door.hers).json()
    with Session(door.desk.database.engine) as db:
        row = db.exec(select(Appointment)).one()
        row.starts_at -= timedelta(hours=4)
        row.ends_at -= timedelta(hours=4)
        db.add(Presence(visit_id=db.exec(select(Visit.id)).one(), party="patient", connection="PA_1"))
        db.commit()
    asyncio.run(rooms.tend_rooms(door.desk.parts))
    assert door.row().closed_at is not None
    assert entry(seat["url"], seat["token"]) != 200


def test_presence_is_put_right_by_asking(door: Door, livekit_server) -> None:
    door.let_in()
    door.post("video-token", door.hers)
    with Session(door.desk.database.engine) as db:
        visit_id = db.exec(select(Visit.id)).one()
        db.add(Presence(visit_id=visit_id, party="patient", connection="PA_gone", joined_at=utc_now()))
        db.commit()
    asyncio.run(rooms.tend_rooms(door.desk.parts))
    with Session(door.desk.database.engine) as db:
        assert db.exec(select(Presence)).one().left_at is not None
