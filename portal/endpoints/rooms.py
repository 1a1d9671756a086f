"""The door of a video room: its state, knocking, letting in, tokens, finishing; and what the video server tells us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.callers import keep_alive
from portal.clinic.access import Permission
from portal.clinic.errors import Invalid, NotFound
from portal.clinic.practice import service as practice
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import Party, RoomStatus
from portal.endpoints.requests import guarded, json_body, text_of, viewer_of
from portal.errands import rooms
from portal.gateways.video import ForgedEvent, VideoUnavailable
from portal.logs import log_error, new_error_code
from portal.routes import DAY_VISIT, PATIENT_VISIT
from portal.storage.work import Viewer
from portal.texts.formats import zone_words
from portal.texts.names import short_name
from portal.wiring import parts

_WEBHOOK_BYTES = 64_000
_LONGEST_PLACE = 1_000

Deed = Callable[[Viewer, str], Awaitable[dict[str, Any]]]


_EITHER = (Permission.OWN_VISITS, Permission.CLINICIAN_DAY)


def door(deed: Deed, *permissions: Permission, changes: bool = True) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint of one visit: for those who are signed in; a foreign visit is as good as none."""

    def ours(request: Request) -> None:
        # A form of another site cannot set this header; the outermost layer has checked the origin besides.
        if changes and request.headers.get("x-quietroom") != "1":
            raise Invalid("not_from_here")

    async def answer(request: Request) -> Response:
        who = await viewer_of(request)
        await keep_alive(who)
        try:
            return JSONResponse(await deed(who, str(request.path_params["visit"])))
        except NotFound:
            return JSONResponse({"ok": False, "code": "gone"}, 404)
        except VideoUnavailable as broken:
            return await _unavailable(who, broken)

    answer.__name__ = deed.__name__
    return guarded(answer, *permissions, first=ours, absent="gone")


async def room(who: Viewer, visit: str) -> dict[str, Any]:
    """What the door says."""
    return await _said(who, visit, await parts().database.read(who, visits.room_status, visit))


async def knock(who: Viewer, visit: str) -> dict[str, Any]:
    """The patient is there, and still there."""
    return await _said(who, visit, await parts().database.transact(who, visits.knock, visit))


async def leave(who: Viewer, visit: str) -> dict[str, Any]:
    """The patient went out of the waiting room."""
    await parts().database.transact(who, visits.leave_waiting, visit)
    return {"ok": True}


async def admit(who: Viewer, visit: str) -> dict[str, Any]:
    """The clinician lets the patient in."""
    return await _said(who, visit, await parts().database.transact(who, visits.admit, visit))


async def video_token(who: Viewer, visit: str) -> dict[str, Any]:
    """A way into the room for a minute and a half, made anew at each return."""
    seat = await rooms.give_seat(parts(), who, visit)
    return {"url": seat.url, "token": seat.token, "expires_in": seat.expires_in}


async def finish(who: Viewer, visit: str) -> dict[str, Any]:
    """The clinician ends the visit for both."""
    await rooms.finish_visit(parts(), who, visit)
    return {"ok": True, "state": "finished"}


async def safety(who: Viewer, visit: str) -> dict[str, Any]:
    """Where the patient is and whom to call; that it was opened is written down."""
    sheet = await parts().database.transact(who, visits.open_safety, visit)
    lines = [{"name": line.label, "number": line.contact, "note": line.note} for line in sheet.lines]
    return {
        "name": f"{sheet.name} ({sheet.called})" if sheet.called else sheet.name,
        "place": sheet.place,
        "place_at": _iso(sheet.place_at),
        "phone": sheet.phone,
        "contact_name": sheet.contact_name,
        "contact_phone": sheet.contact_phone,
        "flag": sheet.flag,
        "lines": lines,
    }


async def place(who: Viewer, visit: str) -> dict[str, Any]:
    """What the patient has told of where they are."""
    told = await parts().database.transact(who, visits.whereabouts, visit)
    return {"today": told.today, "usual": told.usual}


async def say_place(request: Request) -> Response:
    """The patient says where they are today."""
    said = text_of(await json_body(request), "place", _LONGEST_PLACE)
    who = await viewer_of(request)
    await keep_alive(who)
    await parts().database.transact(who, visits.say_place, str(request.path_params["visit"]), said)
    return JSONResponse({"ok": True})


async def heard(request: Request) -> Response:
    """A webhook of the video server; what is not signed by it is refused."""
    video = parts().video
    body = await request.body()
    if video is None or len(body) > _WEBHOOK_BYTES:
        return Response(status_code=404 if video is None else 413)
    try:
        event = video.event(body, request.headers.get("authorization", ""))
    except ForgedEvent:
        return Response(status_code=401)
    await rooms.hear(parts(), event)
    return Response(status_code=200)


async def _said(who: Viewer, visit: str, status: RoomStatus) -> dict[str, Any]:
    profile = await parts().database.read(who, practice.profile)
    return {
        "state": status.state.value,
        "role": status.role.value,
        "opens_at": status.opens_at.isoformat(),
        "starts_at": status.starts_at.isoformat(),
        "ends_at": status.ends_at.isoformat(),
        "waiting_since": _iso(status.waiting_since),
        "admitted_at": _iso(status.admitted_at),
        "time_zone": status.zone,
        "zone_words": zone_words(status.zone, at=status.starts_at),
        "self_name": status.self_name,
        "other_name": status.other_name,
        "self_short": status.self_called or short_name(status.self_name),
        "other_short": status.other_called or short_name(status.other_name),
        "other_portrait": status.other_portrait,
        "other_waiting": status.other_waiting,
        "other_busy": status.other_busy,
        "consent_gone_at": _iso(status.consent_gone_at),
        "visit_page": f"{DAY_VISIT if status.role is Party.CLINICIAN else PATIENT_VISIT}?id={quote(visit)}",
        "by_phone": status.by_phone,
        "video": await rooms.video_answers(parts()),
        "video_url": parts().settings.livekit_url,
        "phone": profile.phone,
        "message": "",
    }


async def _unavailable(who: Viewer, broken: VideoUnavailable) -> Response:
    code = new_error_code()
    log_error(code, broken)
    profile = await parts().database.read(who, practice.profile)
    answer = {"ok": False, "code": "unavailable", "support": code, "phone": profile.phone}
    return JSONResponse(answer, 503)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


_VISIT = "/api/visits/{visit}"

routes = [
    Route(f"{_VISIT}/room", door(room, *_EITHER, changes=False), methods=["GET"]),
    Route(f"{_VISIT}/knock", door(knock, Permission.OWN_VISITS), methods=["POST"]),
    Route(f"{_VISIT}/leave", door(leave, Permission.OWN_VISITS), methods=["POST"]),
    Route(f"{_VISIT}/admit", door(admit, Permission.CLINICIAN_DAY), methods=["POST"]),
    Route(f"{_VISIT}/video-token", door(video_token, *_EITHER), methods=["POST"]),
    Route(f"{_VISIT}/finish", door(finish, Permission.CLINICIAN_DAY), methods=["POST"]),
    Route(f"{_VISIT}/place", door(place, Permission.OWN_VISITS, changes=False), methods=["GET"]),
    Route(f"{_VISIT}/place", guarded(say_place, Permission.OWN_VISITS, absent="gone"), methods=["POST"]),
    Route(f"{_VISIT}/safety", door(safety, Permission.CLINICIAN_RECORDS), methods=["POST"]),
    Route("/webhooks/livekit", guarded(heard, Permission.ANYBODY), methods=["POST"]),
]
