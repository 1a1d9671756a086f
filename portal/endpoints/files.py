"""Files that people take away: calendar entries, invoices, receipts and credit notes of their own visits."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import LedgerRow
from portal.clinic.people import service as people
from portal.clinic.practice import service as practice
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus
from portal.endpoints.requests import guarded, viewer_of
from portal.errands.letters import calendar_entry
from portal.gateways.calendar import CalendarEntry, Method, calendar_file
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE
from portal.texts.documents import print_pdf
from portal.texts.documents.ledger import ledger_file
from portal.texts.documents.money import MoneyPaper, money_paper
from portal.wiring import parts


async def calendar(request: Request) -> Response:
    """One visit as a calendar file, for its patient or its clinician; a cancelled one takes itself out again."""
    visit = request.path_params["appointment"]
    entry, method = await parts().database.read(await viewer_of(request), _entry, visit)
    headers = {"content-disposition": 'attachment; filename="appointment.ics"'}
    return Response(calendar_file(entry, method), media_type="text/calendar; charset=utf-8", headers=headers)


async def document(request: Request) -> Response:
    """One invoice, receipt or credit note as PDF, for its patient or the clinician of its visit; audited."""
    kind, public_id = request.path_params["kind"], request.path_params["document"]
    issued = await parts().database.transact(await viewer_of(request), billing.document, kind, public_id)
    card = issued.card
    paper = MoneyPaper(card.kind, card.number, card.issued_at, card.total_minor, card.currency, issued.content)
    pdf = await asyncio.to_thread(print_pdf, "money.typ", money_paper(paper, LOCALE))
    headers = {"content-disposition": f'inline; filename="{card.kind}-{card.number}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


async def ledger(request: Request) -> Response:
    """One month of the ledger as CSV, for the owner; audited. Therapists by name, patients not at all."""
    month = request.query_params.get("month", "")
    rows, zone = await parts().database.transact(await viewer_of(request), _month, month)
    headers = {"content-disposition": f'attachment; filename="ledger-{month}.csv"', "cache-control": "no-store"}
    return Response(ledger_file(rows, zone), media_type="text/csv; charset=utf-8", headers=headers)


def _month(work: UnitOfWork, month: str) -> tuple[list[LedgerRow], str]:
    return billing.export_ledger(work, month), practice.profile(work).zone


def _entry(work: UnitOfWork, appointment_id: str) -> tuple[CalendarEntry, Method]:
    visit = scheduling.appointment(work, appointment_id)
    me = people.contact(work, work.viewer.person_id or 0)
    method = Method.CANCEL if visit.status is AppointmentStatus.CANCELLED else Method.PUBLISH
    return calendar_entry(parts().settings, practice.profile(work), visit, me), method


routes = [
    Route("/api/calendar/{appointment}.ics", guarded(calendar, Permission.OWN_VISITS, Permission.CLINICIAN_DAY)),
    Route("/api/ledger.csv", guarded(ledger, Permission.READ_LEDGER)),
    Route("/api/documents/{kind}/{document}.pdf", guarded(document, Permission.OWN_MONEY, Permission.CLINICIAN_DAY)),
]
