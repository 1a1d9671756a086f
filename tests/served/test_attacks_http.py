"""Requests that no page of ours sends, and what a person is told when something really breaks."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import routes
from portal.clinic.people.tables import Person
from portal.endpoints.api import api
from tests.served.conftest import House
from tests.support.live_tabs import HYDRATE, ROOT

pytestmark = pytest.mark.timeout(400)

POSTS = sorted(
    route.path for route in api().routes if "POST" in (route.methods or ()) and "/webhooks/" not in route.path
)  # type: ignore[attr-defined]
GETS = sorted(route.path for route in api().routes if "GET" in (route.methods or ()) and "{" in route.path)  # type: ignore[attr-defined]
TRAVERSAL = ("../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "%2e%2e/%2e%2e/data.keys.json",
             "..\\..\\data.keys.json", "/etc/passwd", "%00", "invoice.pdf%00.png", "~root", "file:///etc/passwd")  # fmt: skip
ACCOUNT = f"{ROOT}portal___pages___patient___account___state____account_state"


def filled(path: str, house: House) -> str:
    return re.sub(r"\{\w+\}", lambda found: "invoice" if "kind" in found[0] else house.whole.ids["visit"], path)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost"])
def test_a_deed_asked_for_by_another_site_is_not_done(house: House, path: str, origin: str | None) -> None:
    cookie = house.cookie(house.whole.rosa)
    answer = house.ask(
        "POST", filled(path, house), cookie=cookie, headers={"origin": origin}, json={"email": "a@b.example"}
    )
    assert answer.status_code == 403
    assert answer.json() == {"ok": False, "code": "foreign_origin"}
    with house.tab(house.whole.rosa) as tab:
        tab.say(f"{ACCOUNT}.open", address=routes.PATIENT_ACCOUNT)
        assert house.whole.words.email in tab.settles()  # still signed in


@pytest.mark.parametrize("path", [path for path in POSTS if "/visits/" in path or "drafts" in path])
@pytest.mark.parametrize("who", ["nobody", "tom", "theo", "owner"])
def test_a_deed_on_her_visit_is_not_theirs(house: House, path: str, who: str) -> None:
    body = {"draft_id": f"note:{house.whole.ids['visit']}:soap:plan", "text": "x"}
    answer = house.ask("POST", filled(path, house), getattr(house.whole, who, None), json=body)
    assert answer.status_code in {401, 403, 404}
    house.untouched(answer.text)


@pytest.mark.parametrize("path", GETS)
def test_no_path_leads_out_of_the_house(house: House, path: str) -> None:
    for junk in TRAVERSAL:
        answer = house.ask("GET", re.sub(r"\{\w+\}", lambda _, junk=junk: junk, path), house.whole.rosa)
        assert answer.status_code in {400, 404}, (path, junk, answer.status_code)
        assert "root:" not in answer.text
        assert "index_key" not in answer.text


@pytest.mark.parametrize("path", ["/../data.keys.json", "/..%2f..%2fdata.keys.json", "/assets/..%2f..%2f..%2frxconfig.py",
                                  "/.env", "/data/quietroom.sqlite3", "/portal/settings.py", "/backend/", "/.git/config",
                                  "/_upload", "/_upload/x", "/openapi.json", "/docs", "/admin"])  # fmt: skip
def test_files_of_the_server_are_not_there(house: House, path: str) -> None:
    answer = house.ask("GET", path)
    assert answer.status_code in {307, 404}
    assert not [sign for sign in ("index_key", "SQLite format", "from portal", "[core]") if sign in answer.text]


def test_nothing_can_be_uploaded(house: House) -> None:
    for headers in ({}, {"reflex-client-token": "t", "reflex-event-handler": f"{ACCOUNT}.open"}):
        answer = house.ask("POST", "/_upload", house.whole.rosa, headers=headers, files={"files": b"x"})
        assert answer.status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1:1", "evil.example:4200", ""])
def test_another_host_gets_neither_page_nor_deed(house: House, host: str) -> None:
    page = house.ask("GET", "/sign-in/", headers={"host": host, "accept": "text/html"})
    assert page.status_code in {307, 400}
    assert page.headers.get("location", house.served.url).startswith(house.served.url)
    assert house.ask("POST", "/api/sign-out", headers={"host": host}, json={}).status_code in {400, 421}


@pytest.mark.parametrize("name", ["stripe", "livekit"])
@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"id": 1}', b"x" * 60_000, b"[" * 50_000])
def test_a_webhook_that_nobody_signed_is_refused(house: House, name: str, body: bytes) -> None:
    signed = {"stripe-signature": "t=1,v1=00", "authorization": "Bearer x.y.z"}
    answer = house.ask("POST", f"/webhooks/{name}", headers=signed, content=body)
    assert answer.status_code in {400, 401, 404}
    house.untouched(answer.text)


@pytest.mark.parametrize("size", [65_000, 300_000, 1_000_000, 10_000_000])
def test_a_body_that_is_too_large_is_refused_in_words(house: House, size: int) -> None:
    body = json.dumps({"draft_id": f"intake:{house.packet}:phq9:q1", "text": "x" * size})
    answer = house.ask(
        "POST", "/api/drafts", house.whole.rosa, content=body, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) in {(422, "too_long"), (413, "too_large")}
    assert house.answers()["q1"] == "2"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=8,
)
NAMES = ("name", "email", "password", "zone", "next", "token", "draft_id", "text", "seen", "stamp")


@pytest.mark.parametrize("path", [path for path in POSTS if "sign-out" not in path])
@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_breaks_an_endpoint(house: House, path: str, data: Any) -> None:
    body = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON)) | JSON)
    raw = data.draw(st.just(json.dumps(body).encode()) | st.binary(max_size=40))
    who = data.draw(st.sampled_from(["rosa", "miriam"]))
    given_type = {"content-type": "application/json"}
    answer = house.ask("POST", filled(path, house), getattr(house.whole, who), content=raw, headers=given_type)
    assert answer.status_code < 500, answer.text


def test_what_really_breaks_has_a_code_that_finds_its_line(house: House) -> None:  # noqa: PLR0915 - one story
    """A sealed value from another row does not open: the person reads a code, the log has it with the place."""
    tom, rosa = house.whole.tom.id, house.whole.rosa.id

    def swap() -> None:
        with house.database.engine.begin() as connection:
            column = Person.__table__.c  # type: ignore[attr-defined]
            rows = sa.select(column.id, column.phone_sealed).where(column.id.in_([tom, rosa]))
            kept = {row.id: row.phone_sealed for row in connection.execute(rows)}
            for one, other in ((tom, rosa), (rosa, tom)):
                change = sa.update(Person).where(column.id == one).values(phone_sealed=kept[other])
                connection.execute(change)

    swap()
    try:
        with house.tab(house.whole.tom) as tab:
            tab.say(HYDRATE, address=routes.PATIENT_ACCOUNT)
            tab.say(f"{ACCOUNT}.open", address=routes.PATIENT_ACCOUNT)
            heard = tab.settles()
            house.untouched(heard)
            assert '"signed_in' in heard or tab.open  # the page goes on
    finally:
        swap()
    (code,) = set(re.findall(r"Q-[0-9A-Z]{6}", heard))
    lines = [json.loads(line) for line in house.logged().splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("code") == code]
    assert line["event"] == "failed"
    assert line["error"].endswith("SealBroken")
    assert any("account/state.py" in frame for frame in line["frames"])
    with house.tab(house.whole.tom) as tab:
        tab.say(f"{ACCOUNT}.open", address=routes.PATIENT_ACCOUNT)
        assert "Q-" not in tab.settles()
