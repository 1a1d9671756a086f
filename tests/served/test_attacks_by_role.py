"""Every handler there is, called by everybody who may not, with a patient's ids in every place where an id could be."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from portal import routes
from portal.pages import guard, register
from portal.storage import tables
from tests.served.conftest import House
from tests.support.live_tabs import HYDRATE, ON_LOAD, ROOT, UPDATE_VARS

pytestmark = pytest.mark.timeout(400)

assert register.register_pages
assert tables.load_tables
PATIENT, CLINICIAN, OWNER = frozenset({"tom"}), frozenset({"theo"}), frozenset({"owner"})
SIGNED_IN = PATIENT | CLINICIAN | OWNER
EVERYBODY = SIGNED_IN | {"nobody"}
MAY = {
    "public:read": EVERYBODY,
    "booking:hold": EVERYBODY,
    "account:own": SIGNED_IN,
    "visits:own": PATIENT,
    "intake:own": PATIENT,
    "money:own": PATIENT,
    "visits:clinician": CLINICIAN,
    "records:clinician": CLINICIAN,
    "practice:manage": OWNER,
    "ledger:read": OWNER,
    "audit:read": OWNER,
}
"""Whom docs/rules/access.md lets in, written down a second time; theo treats somebody else."""
INTERNAL = {"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal", "update_vars_internal",
            "handle_frontend_exception"}  # fmt: skip
WHOSE, HANGS_ON = ("patient_id", "person_id"), {"packet_id", "note_id", "visit_id", "appointment_id"}
NOT_HERS = {"auditentry", "personsession", "occupancy"}
AT_ONCE = 12
"""Events in one tab before it is let go: far below the limit for one tab, also with what each leads to."""


def registered() -> dict[str, Any]:
    """What the app knows; states that other tests made to point at are in the same registry."""
    found = RegistrationContext.get().event_handlers
    return {name: one.handler.fn for name, one in found.items() if ".tests___" not in name}


def handlers() -> dict[str, Any]:
    return {name: fn for name, fn in registered().items() if name.rpartition(".")[2] not in {*INTERNAL, "setvar"}}


def payloads(fn: Any, house: House) -> Iterator[dict[str, Any]]:
    """Arguments that fit, with each of the patient's ids in turn."""
    wanted = {name: about.annotation for name, about in inspect.signature(fn).parameters.items() if name != "self"}
    drafts = [f"intake:{house.packet}:phq9:q1", f"note:{house.whole.ids['visit']}:soap:plan",
              f"addition:{house.whole.ids['note']}:words:text"]  # fmt: skip
    values = [*house.whole.ids.values(), house.next, house.packet, *drafts] if wanted else [""]
    if set(wanted.values()) <= {"int"}:
        values = values[:1]
    for value in values:
        yield {
            name: 0 if kind == "int" else {"id": value, "typed_name": "x"} if kind.startswith("dict") else value
            for name, kind in wanted.items()
        }


def addresses(house: House) -> list[str]:
    ids = house.whole.ids
    return [
        house.form,
        f"{routes.PATIENT_INTAKE}?packet={house.packet}&at=phq9.first",
        f"{routes.PATIENT_VISIT}?id={house.next}",
        f"{routes.DAY_VISIT}?id={ids['visit']}",
        f"{routes.BOOKED}?appointment={house.next}",
        f"{routes.CHECKOUT}?payment={ids['payment']}",
        f"{routes.CHECKOUT_RETURN}?payment={ids['payment']}",
    ]


def standing(name: str, house: House) -> str:
    """The address with the patient's ids on which a handler works."""
    there = {"intake_state": 0, "visit_state": 2, "visit_page_state": 3, "note_state": 3, "booked_state": 4,
             "checkout_state": 5, "return_state": 6}  # fmt: skip
    return addresses(house)[there.get(name.split(".")[-2].rsplit("____", maxsplit=1)[-1], 1)]


def hers(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that is about the patient, as it lies in the database."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    with house.database.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            whose = "id" if table.name == "person" else next((name for name in WHOSE if name in table.c), "")
            if table.name in NOT_HERS or not (whose or HANGS_ON & set(table.c.keys())):
                continue
            rows = sa.select(table)  # of what hangs on visits, packets and notes there is nothing but hers
            wanted = rows.where(table.c[whose] == house.whole.rosa.id) if whose else rows
            kept[table.name] = sorted((tuple(row) for row in connection.execute(wanted)), key=repr)
    return kept


def refused(house: House, since: int) -> set[str]:
    """Names of the handlers that the log calls refused by policy."""
    lines = [json.loads(line) for line in house.logged()[since:].splitlines() if line.startswith("{")]
    assert not [line for line in lines if line.get("reason") == "too_many"]
    return {line["handler"] for line in lines if line["event"] == "refused" and line["reason"] == "policy"}


def calls_everything(house: House, who: str) -> str:
    """All that somebody hears who sends every event there is."""
    events = [(name, payload) for name, fn in handlers().items() for payload in payloads(fn, house)]
    heard = []
    while events:
        with house.tab(getattr(house.whole, who, None)) as tab:
            tab.say(HYDRATE)
            for name, payload in events[:AT_ONCE]:
                tab.say(name, payload, standing(name, house))
            heard.append(tab.settles())
        events = events[AT_ONCE:]
    for address in addresses(house):
        with house.tab(getattr(house.whole, who, None)) as tab:
            tab.say(HYDRATE, address=address)
            tab.say(ON_LOAD, address=address)
            tab.say(UPDATE_VARS, {"vars": {}}, address)
            heard.append(tab.settles())
    return "\n".join(heard)


def test_every_handler_has_a_policy() -> None:
    assert not set(guard.unguarded()) & set(registered())
    assert len(handlers()) > 100
    assert {str(guard.policy_of(name)) for name in handlers()} == set(MAY)
    assert all(name.startswith(ROOT) for name in handlers())


def test_what_reflex_brings_along_is_known_by_name() -> None:
    brought = {name for name in registered() if name not in handlers() and not name.endswith(".setvar")}
    assert brought == guard._INTERNAL


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_not_is_refused_and_learns_and_changes_nothing(house: House, who: str) -> None:
    before, since = hers(house), len(house.logged())
    assert sum(len(rows) for rows in before.values()) > 20
    heard = calls_everything(house, who)

    shut = {name for name in handlers() if who not in MAY[str(guard.policy_of(name))]}
    assert refused(house, since) == shut
    leaked = set(house.leaks(heard)) & set(house.whole.words.all().values())
    # Whose data was looked at is what the trail is for, and the owner reads it.
    assert leaked == ({house.whole.words.name} if who == "owner" else set())
    assert not [sign for sign in ("Traceback", ".py", "sqlalchemy", "pydantic") if sign in heard]
    assert hers(house) == before


def test_who_may_is_let_in(house: House) -> None:
    """So that the test above cannot pass by refusing everybody."""
    since = len(house.logged())
    places = {"rosa": house.form, "miriam": f"{routes.DAY_VISIT}?id={house.whole.ids['visit']}"}
    for who, address in places.items():
        with house.tab(getattr(house.whole, who)) as tab:
            tab.say(HYDRATE, address=address)
            tab.say(ON_LOAD, address=address)
            assert house.whole.words.reason in tab.settles()
    assert refused(house, since) == set()
