"""Every route that takes an id, asked by everybody whom it does not concern: one answer for foreign, unknown and junk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from sqlmodel import Session, select
from starlette.routing import Route

from portal.clinic.audit import AuditEntry
from portal.endpoints.api import api
from tests.endpoints.conftest import Desk
from tests.support.databases import Clock
from tests.support.people import Who
from tests.support.whole_visit import WholeVisit, make_whole_visit

OURS = {"x-quietroom": "1", "content-type": "application/json"}
OPEN = {  # no id in the path; what they check is proven elsewhere
    "/api/sign-up", "/api/sign-in", "/api/sign-out", "/api/reset/request", "/api/reset/finish", "/api/drafts",
    "/webhooks/stripe", "/webhooks/livekit", "/healthz",
}  # fmt: skip
IDS = {
    "/api/visits/{visit}/room": "visit",
    "/api/visits/{visit}/knock": "visit",
    "/api/visits/{visit}/leave": "visit",
    "/api/visits/{visit}/admit": "visit",
    "/api/visits/{visit}/video-token": "visit",
    "/api/visits/{visit}/finish": "visit",
    "/api/visits/{visit}/place": "visit",
    "/api/visits/{visit}/safety": "visit",
    "/api/calendar/{appointment}.ics": "visit",
    "/api/documents/{kind}/{document}.pdf": "invoice",
    "/api/documents/consent/{document}.pdf": "signature",
}
OF_THE_OWNER = {"/api/ledger.csv"}
SHOWN_TO_PATIENTS = {"/api/documents/consent-text/{document}.pdf"}
JUNK = (
    "f" * 24,
    "%ff%fe",
    "x" * 3000,
    quote("' OR 1=1 --"),
    "%E2%80%AE",
    quote("\ud7ff"),
    "..%2f..%2fetc",
    "%25",
)


def routes() -> Iterator[Route]:
    for route in api().routes:
        assert isinstance(route, Route)
        yield route


@pytest.fixture
def whole(desk: Desk, clock: Clock) -> WholeVisit:
    desk.database.clock = clock
    return make_whole_visit(desk.database, clock)


def ask(desk: Desk, who: Who | None, route: Route, public_id: str) -> httpx.Response:
    path = re.sub(r"\{kind\}", "invoice", route.path)
    path = re.sub(r"\{\w+\}", public_id, path)
    method = next(iter((route.methods or set()) - {"HEAD"}))
    cookie = desk.cookie(who) if who else {}
    return desk.ask(method, path, headers={**OURS, **cookie}, **({"content": b"{}"} if method == "POST" else {}))


def told(answer: httpx.Response) -> tuple[int, str]:
    document = answer.json() if answer.content.startswith(b"{") else {"text": answer.text}
    document.pop("support", None)
    return answer.status_code, json.dumps(document, sort_keys=True)


def test_every_route_is_listed() -> None:
    assert {route.path for route in routes()} == OPEN | set(IDS) | SHOWN_TO_PATIENTS | OF_THE_OWNER


def test_whom_it_does_not_concern_learns_nothing(desk: Desk, whole: WholeVisit) -> None:
    strangers = {"tom": whole.tom, "theo": whole.theo, "owner": whole.owner, "nobody": None}
    for route in routes():
        if route.path not in IDS:
            continue
        for name, who in strangers.items():
            answer = ask(desk, who, route, whole.ids[IDS[route.path]])
            foreign = told(answer)
            assert foreign[0] in {401, 403, 404}, (route.path, name, foreign)
            for junk in JUNK:
                unknown = ask(desk, who, route, junk)
                not_matched = unknown.text == "Not Found" and "/" in httpx.URL(f"http://x/{junk}").path[1:]
                assert told(unknown) == foreign or not_matched, (route.path, name, junk, unknown.text)
            assert ask(desk, who, route, "%00").status_code == 404
            for word in [*whole.words.all().values(), *whole.ids.values()]:
                assert word not in answer.text


def test_whom_it_concerns_is_answered(desk: Desk, whole: WholeVisit) -> None:
    for route in routes():
        if "documents/{kind}" in route.path or "calendar" in route.path or "consent/" in route.path:
            answer = ask(desk, whole.rosa, route, whole.ids[IDS[route.path]])
            assert answer.status_code == 200, (route.path, answer.text)


@pytest.mark.parametrize("kind", ["invoice", "receipt", "credit", "ledger", "..", "%00", "x" * 300])
def test_a_paper_of_another_kind_is_not_there(desk: Desk, whole: WholeVisit, kind: str) -> None:
    headers = desk.cookie(whole.rosa)
    answer = desk.ask("GET", f"/api/documents/{kind}/{whole.ids['invoice']}.pdf", headers=headers)
    assert answer.status_code == (200 if kind == "invoice" else 404)


def test_a_session_that_ended_opens_nothing(desk: Desk, whole: WholeVisit, clock: Clock) -> None:
    headers = desk.cookie(whole.rosa)
    path = f"/api/documents/invoice/{whole.ids['invoice']}.pdf"
    assert desk.ask("GET", path, headers=headers).status_code == 200
    clock.advance(minutes=31)
    assert desk.ask("GET", path, headers=headers).status_code == 401
    assert desk.ask("GET", f"/api/visits/{whole.ids['visit']}/room", headers=headers).status_code == 401


def test_a_draft_goes_into_no_foreign_packet_or_note(desk: Desk, whole: WholeVisit) -> None:
    for draft in ("intake:{packet}:gad7:q1", "note:{visit}:soap:plan"):
        answers = set()
        for who in (whole.tom, whole.theo, whole.owner):
            for ids in (whole.ids, {"packet": "f" * 24, "visit": "f" * 24}):
                body = json.dumps({"draft_id": draft.format(**ids), "text": "x"}).encode()
                answer = desk.ask("POST", "/api/drafts", content=body, headers={**OURS, **desk.cookie(who)})
                answers.add((who.id, *told(answer)))
        assert len(answers) == 3
        assert {answer[1] for answer in answers} <= {403, 404}


def test_the_ledger_is_taken_away_by_the_owner_alone(desk: Desk, whole: WholeVisit) -> None:
    month = f"{desk.database.clock():%Y-%m}"
    for who in (whole.rosa, whole.tom, whole.miriam):
        answer = desk.ask("GET", f"/api/ledger.csv?month={month}", headers=desk.cookie(who))
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert b"Date" not in answer.content
    assert desk.ask("GET", f"/api/ledger.csv?month={month}").status_code == 401
    with Session(desk.database.engine) as db:
        asked = db.exec(select(AuditEntry).where(AuditEntry.action == "access.refused")).all()
    assert {(one.actor_id, one.subject_kind) for one in asked} >= {
        (whole.rosa.id, "ledger"),
        (whole.miriam.id, "ledger"),
    }
    answer = desk.ask("GET", f"/api/ledger.csv?month={month}", headers=desk.cookie(whole.owner))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert f"ledger-{month}.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbfDate,Time,What")
    for word in whole.words.all().values():
        assert word not in answer.text
    for junk in ("", "x", "2026-99", '2026-01"', "../../x"):
        assert (
            desk.ask("GET", f"/api/ledger.csv?month={quote(junk)}", headers=desk.cookie(whole.owner)).status_code == 422
        )
