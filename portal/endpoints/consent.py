"""The copy of a consent that a patient takes away: the text, or what they signed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.clinic.access import Permission
from portal.clinic.intake import rules
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import ConsentView, ConsentWords, SignatureView
from portal.clinic.people import service as people
from portal.clinic.practice import service as practice
from portal.endpoints.requests import guarded, viewer_of
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE
from portal.texts.documents import ConsentPaper, SignedName, consent_paper, print_pdf
from portal.wiring import parts


async def text(request: Request) -> Response:
    """A text that is to be signed."""
    return await _print(request, _text)


async def signed(request: Request) -> Response:
    """A text with the viewer's name under it."""
    return await _print(request, _signed)


async def _print(request: Request, find: Callable[[UnitOfWork, str], ConsentPaper]) -> Response:
    paper = await parts().database.transact(await viewer_of(request), find, request.path_params["document"])
    pdf = await asyncio.to_thread(print_pdf, "consent.typ", consent_paper(paper, LOCALE))
    headers = {"content-disposition": 'inline; filename="consent.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def _text(work: UnitOfWork, text_id: str) -> ConsentPaper:
    return _paper(work, intake.consent_text(work, text_id), None)


def _signed(work: UnitOfWork, signature_id: str) -> ConsentPaper:
    found = intake.signature(work, signature_id)
    return _paper(work, found.text, found)


def _paper(work: UnitOfWork, view: ConsentView, name: SignatureView | None) -> ConsentPaper:
    profile, zone = practice.profile(work), people.me(work).zone
    pieces = rules.paragraphs(ConsentWords("", view.version, view.title, view.body))
    return ConsentPaper(
        practice=profile.name,
        practice_lines=tuple(line for line in (profile.address, profile.phone) if line),
        title=view.title,
        version=view.version,
        since=view.created_at,
        fingerprint=view.fingerprint,
        pieces=tuple((piece.text, piece.is_heading) for piece in pieces),
        zone=zone,
        signed=SignedName(name.typed_name, name.signed_at, name.withdrawn_at, zone) if name else None,
    )


routes = [
    Route("/api/documents/consent-text/{document}.pdf", guarded(text, Permission.OWN_INTAKE)),
    Route("/api/documents/consent/{document}.pdf", guarded(signed, Permission.OWN_INTAKE)),
]
