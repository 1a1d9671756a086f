"""What was typed in the last moment before a page went away; the page posts it on its way out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.clinic.access import Permission
from portal.clinic.errors import Invalid
from portal.clinic.intake import service as intake
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, Upon
from portal.endpoints.requests import guarded, json_body, text_of, viewer_of
from portal.storage.work import UnitOfWork
from portal.wiring import parts

_PARTS_OF_A_DRAFT_ID = 4


async def keep_draft(request: Request) -> Response:
    """Keep one field by its draft id.

    `intake:<packet>:<form>:<question>`, `note:<appointment>:<layout>:<field>`, `addition:<note>:words:<field>`.
    A note's page says besides in which revision it has seen the field (`seen`) and who it is (`stamp`).
    """
    viewer = await viewer_of(request)
    document = await json_body(request)
    names, text = str(document.get("draft_id", "")).split(":"), document.get("text")
    if len(names) != _PARTS_OF_A_DRAFT_ID or not isinstance(text, str):
        raise Invalid("draft_unknown")
    seen = document.get("seen")
    upon = Upon(seen if isinstance(seen, int) else None, text_of(document, "stamp"))
    await parts().database.transact(viewer, _keep, names, text, upon)
    return JSONResponse({"ok": True})


def _keep(work: UnitOfWork, names: list[str], text: str, upon: Upon) -> None:
    kind, subject, layout, field = names
    if kind == "intake":
        intake.save_answers(work, subject, layout, {field: text})
    elif kind == "note" and layout in set(NoteKind):
        records.save_note(work, subject, NoteKind(layout), {field: text}, upon)
    elif kind == "addition":
        records.save_addition(work, subject, {field: text})
    else:
        raise Invalid("draft_unknown")


_WRITERS = (Permission.OWN_INTAKE, Permission.CLINICIAN_RECORDS)

routes = [Route("/api/drafts", guarded(keep_draft, *_WRITERS), methods=["POST"])]
