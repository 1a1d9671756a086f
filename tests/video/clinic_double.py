"""The clinic's side of one visit, as the room knows it: the HTTP contract, in memory, with real video behind it."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from portal.endpoints.csp import content_policy, security_headers
from portal.gateways.video import LivekitRooms, RoomRequest, SeatRequest, VideoUnavailable
from portal.serving import ROOT
from portal.settings import Settings
from portal.storage.clock import utc_now
from tests.support.patience import until

WAITS_FOR = timedelta(seconds=8)
NAMES = {"patient": "Rosa Whitfield", "clinician": "Dr Miriam Okafor"}


@dataclass
class Visit:
    """What the clinic knows of it. Tests turn these screws directly."""

    opens_at: datetime = field(default_factory=lambda: utc_now() - timedelta(minutes=5))
    starts_at: datetime = field(default_factory=lambda: utc_now() + timedelta(minutes=5))
    room: str = field(default_factory=lambda: secrets.token_hex(8))
    knocked_at: datetime | None = None
    seen_at: datetime | None = None
    admitted_at: datetime | None = None
    finished_at: datetime | None = None
    by_phone: bool = False
    consent_gone_at: datetime | None = None
    video: bool = True
    safety: dict[str, Any] = field(default_factory=dict)
    busy: bool = False
    place: str = ""
    asked: list[str] = field(default_factory=list)

    def state(self) -> str:
        if self.finished_at:
            return "finished"
        if not self.video:
            return "unavailable"
        if utc_now() < self.opens_at:
            return "early"
        if self.admitted_at:
            return "admitted"
        return "waiting" if self.waiting() else "open"

    def waiting(self) -> bool:
        return bool(self.seen_at and not self.admitted_at and utc_now() - self.seen_at < WAITS_FOR)


class Clinic:
    """Serves the page and the visit on loopback, in a thread, until it is stopped."""

    def __init__(self, port: int, page: Path, rooms: LivekitRooms, livekit_url: str) -> None:
        self.url = f"http://localhost:{port}"
        self.port = port
        self.visit = Visit()
        self.rooms = rooms
        self.page = page
        self.livekit_url = livekit_url
        settings = Settings(public_url=self.url, port=port, livekit_url=livekit_url)
        self.headers = security_headers(settings, content_policy(settings, []))
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        config = uvicorn.Config(self.app(), port=self.port, log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until(lambda: self._server and self._server.started)

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)
        self._server = self._thread = None

    def app(self) -> Starlette:
        visit = "/api/visits/{id}"
        return Starlette(
            routes=[
                Route(f"{visit}/room", self.room),
                Route(f"{visit}/knock", self.knock, methods=["POST"]),
                Route(f"{visit}/leave", self.leave, methods=["POST"]),
                Route(f"{visit}/admit", self.admit, methods=["POST"]),
                Route(f"{visit}/video-token", self.seat, methods=["POST"]),
                Route(f"{visit}/finish", self.finish, methods=["POST"]),
                Route(f"{visit}/place", self.tell_place, methods=["GET", "POST"]),
                Route(f"{visit}/safety", self.open_safety, methods=["POST"]),
                Route("/room/", self.html),
                Route("/day/room/", self.html),
                Mount("/assets", StaticFiles(directory=self.page / "assets")),
                Mount("/faces", StaticFiles(directory=ROOT / "assets" / "faces")),
                Mount("/fonts", StaticFiles(directory=ROOT / "assets" / "fonts")),
            ]
        )

    async def html(self, request: Request) -> Response:
        own = self.page / request.url.path.strip("/") / "index.html"
        answer = FileResponse(own if own.exists() else self.page / "index.html", headers={"cache-control": "no-cache"})
        for name, value in self.headers:
            answer.headers[name.decode()] = value.decode()
        return answer

    def told(self, request: Request) -> dict[str, Any]:
        visit, role = self.visit, self.role(request)
        return {
            "state": visit.state(),
            "opens_at": visit.opens_at.isoformat(),
            "starts_at": visit.starts_at.isoformat(),
            "ends_at": (visit.starts_at + timedelta(minutes=50)).isoformat(),
            "admitted_at": visit.admitted_at and visit.admitted_at.isoformat(),
            "phone": "020 7946 0112",
            "message": "",
            "video": visit.video,
            "video_url": self.livekit_url,
            "role": role,
            "self_name": "Rosa Whitfield" if role == "patient" else "Dr Miriam Okafor",
            "other_name": "Dr Miriam Okafor" if role == "patient" else "Rosa Whitfield",
            "self_short": "Rosa" if role == "patient" else "Dr Okafor",
            "other_portrait": "miriam" if role == "patient" else "",
            "by_phone": visit.by_phone,
            "visit_page": "/visits/detail/?id=v1",
            "consent_gone_at": visit.consent_gone_at and visit.consent_gone_at.isoformat(),
            "other_busy": role == "patient" and visit.busy,
            "other_short": "Dr Okafor" if role == "patient" else "Rosa",
            "other_waiting": role == "clinician" and visit.waiting(),
            "waiting_since": visit.knocked_at and visit.knocked_at.isoformat(),
            "time_zone": "Europe/London",
        }

    def role(self, request: Request) -> str:
        return request.cookies.get("role", "")

    def refused(self, request: Request, role: str = "") -> Response | None:
        self.visit.asked.append(request.url.path.rsplit("/", 1)[-1])
        if self.role(request) not in NAMES:
            return JSONResponse({"code": "signed_out"}, 401)
        if request.path_params["id"] != "v1" or (role and self.role(request) != role):
            return JSONResponse({"code": "gone"}, 404)
        if request.method == "POST" and request.headers.get("x-quietroom") != "1":
            return JSONResponse({"code": "gone"}, 403)
        return None

    async def room(self, request: Request) -> Response:
        return self.refused(request) or JSONResponse(self.told(request))

    async def knock(self, request: Request) -> Response:
        if refusal := self.refused(request, "patient"):
            return refusal
        if self.visit.state() in {"early", "finished"}:
            return JSONResponse({"code": self.visit.state()}, 409)
        if self.visit.state() in {"open", "waiting"}:
            if not self.visit.waiting():
                self.visit.knocked_at = utc_now()
            self.visit.seen_at = utc_now()
        return JSONResponse(self.told(request))

    async def leave(self, request: Request) -> Response:
        if refusal := self.refused(request, "patient"):
            return refusal
        self.visit.seen_at = self.visit.knocked_at = None
        return JSONResponse({"ok": True})

    async def admit(self, request: Request) -> Response:
        if refusal := self.refused(request, "clinician"):
            return refusal
        self.visit.admitted_at = self.visit.admitted_at or utc_now()
        return JSONResponse(self.told(request))

    async def seat(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        role, state = self.role(request), self.visit.state()
        if state == "finished":
            return JSONResponse({"code": "finished"}, 410)
        if role == "patient" and state != "admitted":
            return JSONResponse({"code": "not_admitted"}, 409)
        try:
            await self.rooms.open_room(RoomRequest(self.visit.room))
        except VideoUnavailable:
            return JSONResponse({"code": "unavailable"}, 503)
        seat = self.rooms.seat(SeatRequest(self.visit.room, f"{role}-of-this-visit"))
        return JSONResponse({"url": seat.url, "token": seat.token, "expires_in": seat.expires_in})

    async def finish(self, request: Request) -> Response:
        if refusal := self.refused(request, "clinician"):
            return refusal
        self.visit.finished_at = utc_now()
        await self.rooms.close_room(self.visit.room)
        return JSONResponse(self.told(request))

    async def tell_place(self, request: Request) -> Response:
        if refusal := self.refused(request, "patient"):
            return refusal
        if request.method == "POST" and self.visit.state() in {"early", "finished"}:
            return JSONResponse({"code": self.visit.state()}, 409)
        if request.method == "POST":
            self.visit.place = (await request.json())["place"]
        return JSONResponse({"today": self.visit.place, "usual": "14 Harbour Lane, Whitby"})

    async def open_safety(self, request: Request) -> Response:
        return self.refused(request, "clinician") or JSONResponse(self.visit.safety)
