"""Nonsense on the socket: a clear word or none, nothing lost, no trace of the inside, and the page goes on."""

from __future__ import annotations

import contextlib
import inspect
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from portal import routes
from portal.pages import guard
from tests.served.conftest import House
from tests.served.test_attacks_by_role import AT_ONCE, handlers
from tests.support.live_tabs import HYDRATE, MARK, ON_LOAD, ROOT, LiveTab

pytestmark = pytest.mark.timeout(400)

INTAKE = f"{ROOT}portal___pages___patient___intake___state____intake_state"
TEXTS = (
    "", " ", "x" * 1800, "' OR 1=1 --", "<script>alert(1)</script>", "=HYPERLINK(\"https://evil.example\")",
    "Rosa\r\nBcc: all@evil.example", "\u202eevil\u2066", "\U0001f9d1\u200d\U0001f680" * 30, "#import \"/etc/passwd\"",
    "../../../../etc/passwd", "%00%ff", "9999-12-31", "0001-01-01", "2026-02-30", "2026-13-45", "-1", "1e309", "NaN",
    "99999999999999999999999", "\u0663", "24:00", "{0}{a.b}%s${x}", "a" * 24, "{{ 7*7 }}", "\x1b[31m\x07", "\ufffe\uffff",
)  # fmt: skip
NUMBERS = (-1, 2**63, 10**30, -(10**30), 1.5, True, "7", None, [], {})
FIELDS = (
    "since until who patient area outcome name email zone phone phone_hours tagline about address currency title quote "
    "portrait needs languages is_active on kind start end note price minutes buffer_before_minutes window_days "
    "step_minutes notice_minutes free_cancel_hours late_fee_percent summary kind-0 label-0 contact-0 note-0 weekday-0 "
    "weekday-1 start-0 start-1 end-0 end-1 agree typed_name need language part"
).split()
QUERIES = (
    (routes.HOME, "x"), (routes.BOOK, "clinician"), (routes.BOOK, "gone"), (routes.BOOK, "service"),
    (routes.CHECKOUT, "payment"), (routes.CHECKOUT_RETURN, "payment"), (routes.BOOKED, "appointment"),
    (routes.SIGN_IN, "next"), (routes.RESET_NEW, "token"), (routes.PATIENT_VISIT, "id"), (routes.PATIENT_INTAKE, "packet"),
    (routes.PATIENT_INTAKE, "at"), (routes.PATIENT_INTAKE, "form"), (routes.PATIENT_ROOM, "visit"), (routes.DAY, "on"),
    (routes.DAY_VISIT, "id"), (routes.DAY_ROOM, "visit"), (routes.PRACTICE_AUDIT, "x"), (routes.PRACTICE_MONEY, "x"),
)  # fmt: skip
RIGHT = {
    "visits:own": "tom", "intake:own": "tom", "money:own": "tom", "account:own": "tom", "visits:clinician": "theo",
    "records:clinician": "theo", "practice:manage": "owner", "ledger:read": "owner", "audit:read": "owner",
}  # fmt: skip


def broke(house: House, since: int) -> list[dict[str, Any]]:
    """What the log calls a failure of ours since then."""
    lines = [json.loads(line) for line in house.logged()[since:].splitlines() if line.startswith("{")]
    return [line for line in lines if line["level"] == "error"]


def values(kind: str) -> Iterator[Any]:
    if kind == "int":
        yield from NUMBERS
    elif kind.startswith("dict"):
        yield from (dict.fromkeys(FIELDS, text) for text in TEXTS)
        yield from ({}, {"": ""}, {"since": None}, {"name": ["x"]}, {"minutes": 10**30}, [], "text", None)
    else:
        yield from (*TEXTS, 7, None, [], {"a": {"b": []}})


def nonsense() -> list[tuple[str, str, dict[str, Any]]]:
    """Who sends what: each handler by somebody who may, each argument with each value."""
    found = []
    for name, fn in handlers().items():
        wanted = {one: about.annotation for one, about in inspect.signature(fn).parameters.items() if one != "self"}
        who = RIGHT.get(str(guard.policy_of(name)), "nobody")
        for one, kind in wanted.items():
            others = {other: "x" for other in wanted if other != one}
            found += [(who, name, {**others, one: value}) for value in values(kind)]
        found += [(who, name, {"unknown": 1}), (who, name, {**dict.fromkeys(wanted, "x"), "more": 1})]
    return found


def batches(events: list[Any], size: int) -> Iterator[list[Any]]:
    yield from (events[at : at + size] for at in range(0, len(events), size))


def person(house: House, who: str) -> Any:
    return getattr(house.whole, who, None)


@pytest.mark.parametrize("who", ["nobody", "tom", "theo", "owner"])
def test_arguments_that_nobody_foresaw(house: House, who: str) -> None:
    since = len(house.logged())
    for events in batches([(name, payload) for sender, name, payload in nonsense() if sender == who], 2 * AT_ONCE):
        with house.tab(person(house, who)) as tab:
            tab.say(HYDRATE)
            for name, payload in events:
                tab.say(name, payload)
            # The owner reads in the trail whose data was looked at.
            house.untouched(tab.settles(), *({house.whole.words.name} if who == "owner" else ()))
    assert broke(house, since) == []


@pytest.mark.parametrize("who", ["nobody", "rosa", "miriam", "owner"])
def test_addresses_that_lead_nowhere(house: House, who: str) -> None:
    since = len(house.logged())
    asked = [(page, f"{page}?{name}={quote(text)}") for page, name in QUERIES for text in TEXTS[1::3]]
    for addresses in batches(asked, AT_ONCE):
        with house.tab(person(house, who)) as tab:
            tab.say(HYDRATE)
            for page, address in addresses:
                tab.say(ON_LOAD, address=address, pathname=page)
            heard = tab.settles()
            assert "Traceback" not in heard
    assert broke(house, since) == []


def test_a_form_with_nonsense_in_its_address(house: House) -> None:
    """The packet is hers; the place in it is none."""
    since, before = len(house.logged()), house.answers()
    deeds = ("open", "go_on", "go_back", "go_further", "change", "drop_changes", "sign")
    places = (
        "",
        "phq9",
        "phq9.",
        ".first",
        "about_you.done",
        "consent.sent",
        "x.y",
        "done",
        "phq9.sent",
        "..",
        "\u202e",
    )
    for place in places:
        address = f"{routes.PATIENT_INTAKE}?packet={house.packet}&at={quote(place)}"
        with house.tab(house.whole.rosa) as tab:
            for deed in deeds:
                tab.say(f"{INTAKE}.{deed}", {"entered": {}} if deed == "sign" else {}, address)
            tab.settles()
    assert broke(house, since) == []
    assert house.answers() == before


@pytest.fixture(scope="module")
def other(house: House) -> Iterator[LiveTab]:
    """Somebody else's page, open all the while."""
    with house.tab(house.whole.rosa) as tab:
        yield tab


class TestFrames:
    """What is no event at all ends nobody else's page, and at worst its own socket."""

    def goes_on(self, house: House, other: LiveTab) -> None:
        assert "event" in other.settles()
        assert house.ask("GET", "/healthz").status_code == 200

    @pytest.mark.parametrize(
        "frame",
        [
            "42/_event,", "42/_event,[", "42/_event,[]", "42/_event,{}", '42/_event,["event"]', '42/_event,["event",1,2,3]',
            "42/_event,[" * 2000, '42/_event,["event",' + "[" * 50_000 + "]" * 50_000 + "]",
            '42/_event,["event",{"name":"x","payload":' + '{"a":' * 9000 + "1" + "}" * 9000 + "}]",
            '42/_event,["event",{"name":"x","payload":{"n":NaN,"i":-Infinity}}]',
            '42/_event,["event",{"name":"x","payload":{"n":' + "9" * 5000 + "}}]",
            '42/_event,["event",{"name":"x","payload":{"t":"\\ud800 \\u0000"}}]',
            '42/_nothing,["event",{}]', "40/_nothing,", "41/_event,", "43/_event,1[]", "99", "", "\0", "4", "6", "3probe",
            '451-/_event,["event",{"_placeholder":true,"num":0}]', '45999999-/_event,["event"]',
            b"\x00\xff\xfe", b"", b"x" * 100_000,
        ],
    )  # fmt: skip
    def test_that_are_malformed(self, house: House, other: LiveTab, frame: str | bytes) -> None:
        since = len(house.logged())
        with house.tab(house.whole.tom) as tab:
            tab.raw(frame)
            self.goes_on(house, other)
            house.untouched("\n".join(tab.heard))
        assert house.whole.words.reason not in house.logged()[since:]

    @pytest.mark.parametrize("size", [200_000, 1_000_000, 10_000_000])
    def test_that_are_too_large_close_their_own_socket(self, house: House, other: LiveTab, size: int) -> None:
        with house.tab(house.whole.rosa) as tab:
            draft = {"draft_id": f"intake:{house.packet}:about_you:reason", "text": "x" * size}
            with contextlib.suppress(ConnectionError):  # the server need not read to the end
                tab.say(f"{INTAKE}.keep", draft, house.form)
            assert tab.is_closed()
            self.goes_on(house, other)
        assert house.answers()["q1"] == "2"

    @pytest.mark.parametrize("said", [None, 1, "text", [], {}, {"name": 1}, {"name": None, "payload": []},
                                      {"name": MARK, "payload": "x"}, {"name": MARK, "payload": [1]},
                                      {"name": MARK, "payload": {"code": {"a": 1}}}, {"name": [MARK]},
                                      {"name": MARK, "payload": {}, "router_data": "x"},
                                      {"name": MARK, "payload": {"code": "x"}, "router_data": {"pathname": {"a": []}}},
                                      {"name": MARK, "payload": {"code": "x"}, "router_data": {"asPath": 7}},
                                      {"name": MARK, "payload": {"code": "x"}, "router_data": {"query": "?"}},
                                      {"name": MARK, "payload": {"code": "\0"}}, {"payload": {}}])  # fmt: skip
    def test_that_are_no_events(self, house: House, said: Any) -> None:
        with house.tab(house.whole.tom) as tab:
            tab.emit(said)
            house.untouched(tab.settles())

    @pytest.mark.parametrize("event", ["", "connect", "disconnect", "message", "ping", "client_error", "x" * 3000])
    def test_that_are_other_messages(self, house: House, event: str) -> None:
        since = len(house.logged())
        with house.tab(house.whole.tom) as tab:
            tab.emit({"error_type": "x", "message": house.whole.words.reason, "substate": "y"}, event=event)
            tab.emit(event=event)
            house.untouched(tab.settles())
        assert house.whole.words.reason not in house.logged()[since:]

    @pytest.mark.parametrize(
        "address", [7, None, "", "x", "@evil:[::", {"a": []}, ["/"], "//[", "/\\ud800", "/" * 90_000]
    )
    @pytest.mark.parametrize("name", ["asPath", "pathname"])
    def test_that_name_an_address_which_is_none_do_not_go_round_in_circles(
        self, house: House, name: str, address: Any
    ) -> None:
        since = len(house.logged())
        boot = {"name": HYDRATE, "payload": {}, "router_data": {"asPath": "/", "pathname": "/", name: address}}
        with house.tab(house.whole.tom) as tab:
            tab.emit(boot)
            tab.emit({**boot, "name": MARK, "payload": {"code": "x"}})
            house.untouched(tab.settles())
        with house.tab(house.whole.tom, auth={"event": boot}) as tab:
            house.untouched(tab.settles())
        assert len(broke(house, since)) <= 1

    def test_that_would_connect_once_more_as_somebody_else(self, house: House, other: LiveTab) -> None:
        forged = {"QUERY_STRING": f"token={other.token}", "asgi.scope": {"headers": [], "client": ["9.9.9.9", 1]}}
        with house.tab(house.whole.tom) as tab:
            tab.emit(forged, event="connect")
            tab.emit(forged, {"event": {"name": HYDRATE}}, event="connect")
            house.untouched(tab.settles())
            self.goes_on(house, other)

    def test_that_come_too_fast_are_let_fall_and_the_tab_lives(self, house: House, other: LiveTab) -> None:
        with house.tab(house.whole.tom) as tab:
            began = time.monotonic()
            said = [json.dumps(["event", {"name": MARK, "payload": {"code": f"fast{n}"}}]) for n in range(300)]
            tab.raw(*(f"42/_event,{event}" for event in said))
            self.goes_on(house, other)
            while not tab.has_heard("the-end", 1):
                tab.say(MARK, {"code": "the-end"})
            taken = sum("fast" in one for one in tab.heard)
            assert 0 < taken <= 60 * (time.monotonic() - began + 1)


def test_a_field_of_a_hundred_thousand_signs_is_refused_in_words(house: House) -> None:
    about = {"draft_id": f"intake:{house.packet}:phq9:q2", "text": "x" * 100_000}
    with house.tab(house.whole.rosa) as tab:
        tab.say(HYDRATE, address=house.form)
        tab.say(f"{INTAKE}.keep", about, house.form)
        heard = tab.settles()
        assert '"problem_rx_state_": "invalid"' in heard
        assert "xxx" not in heard
    assert house.answers() == {**house.answers(), "q1": "2"}
    assert "q2" not in house.answers()
