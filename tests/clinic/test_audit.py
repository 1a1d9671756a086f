"""The trail: every act has a phrase, filters find what they say, refusals leave a trace and cannot flood it."""

from __future__ import annotations

import ast
import asyncio
import re
from datetime import timedelta

import pytest
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from sqlmodel import Session, col, select

from portal import refusals
from portal.clinic import audit
from portal.clinic.audit import AuditEntry, TrailFilter
from portal.clinic.billing import service as billing
from portal.clinic.errors import NotAllowed, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.practice import service as practice
from portal.clinic.records import service as records
from portal.clinic.visits import service as visits
from portal.pages.owner.audit.cards import KINDS, kind_words, phrases
from portal.storage.work import ANONYMOUS, SYSTEM, Database, Role
from tests.support.databases import Clock
from tests.support.people import Who, make_person
from tests.support.sources import at, dotted, modules, tree

ACTION = re.compile(r"[a-z]+\.[a-z_]+")
# Actions that are put together; whoever adds one says here what it may come to.
PUT_TOGETHER = {
    "{kind}.read": ("invoice.read", "receipt.read", "credit.read"),
    "refund.{status}": ("refund.succeeded", "refund.failed"),
}


def recording() -> list:
    """Every file of the clinic that writes to the trail."""
    return [path for path in modules("clinic") if "audit.record(" in path.read_text() or path.name == "audit.py"]


def spelled(path) -> set[str]:
    """What stands in a file and may be an action: no errand of the outbox, no key of one."""
    errands = {
        id(part)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func).startswith("outbox.")
        for part in ast.walk(node)
    }
    found = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and id(node) not in errands)
    return {node.value for node in found if isinstance(node.value, str) and ACTION.fullmatch(node.value)}


def put_together() -> list[tuple[str, str]]:
    calls = (
        (path, node)
        for path in recording()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and dotted(node.func) == "audit.record"
        and isinstance(node.args[1], ast.JoinedStr)
    )
    return [(at(path, node), ast.unparse(node.args[1])[2:-1]) for path, node in calls]


def test_every_act_that_the_code_can_write_has_a_phrase() -> None:
    written = set().union(*(spelled(path) for path in recording()), *PUT_TOGETHER.values())
    assert {"note.read", "visit.admit", "intake.flag_seen", "access.refused"} <= written
    assert sorted(written - phrases().keys()) == []


def test_no_act_is_put_together_from_parts_that_nobody_has_named() -> None:
    assert {pattern for _, pattern in put_together()} == set(PUT_TOGETHER)


def test_no_phrase_stands_for_nothing() -> None:
    written = set().union(*(spelled(path) for path in recording()), *PUT_TOGETHER.values())
    assert sorted(phrases().keys() - written) == []


def test_every_act_is_found_under_one_kind() -> None:
    for action in phrases():
        homes = [kind for kind, prefixes in KINDS.items() if action.startswith(prefixes)]
        assert len(homes) == 1, (action, homes)
    assert kind_words().keys() == KINDS.keys()


def test_a_phrase_is_words() -> None:
    assert [said for said in phrases().values() if "." in said or "_" in said] == []


class Trail:
    """An owner, a patient, and acts of an hour each."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.owner: Who = make_person(database, "Helen Ward", Role.OWNER)
        self.rosa: Who = make_person(database, "Rosa", Role.PATIENT)
        self.begin = clock.now
        for action in ("note.read", "intake.read", "person.sign_in", "consent.sign"):
            database.run(self.rosa.viewer, audit.record, action, ("note", "x"), patient_id=self.rosa.id)
            clock.advance(hours=1)
        database.run(SYSTEM, audit.record, "note.sign", ("note", "y"))

    def find(self, **wanted) -> list[str]:
        rows, count = self.database.run(self.owner.viewer, audit.trail, TrailFilter(**wanted))
        assert count == len(rows)
        return [row.action for row in rows if row.action != "audit.read"]


@pytest.fixture
def trail(database: Database, clock: Clock) -> Trail:
    return Trail(database, clock)


def test_filters_find_what_they_say(trail: Trail) -> None:
    assert trail.find(actions=KINDS["forms"]) == ["consent.sign", "intake.read"]
    assert trail.find(actor_id=trail.rosa.id, actions=("note.",)) == ["note.read"]
    assert trail.find(patient_id=trail.rosa.id) == ["consent.sign", "person.sign_in", "intake.read", "note.read"]
    hour = timedelta(hours=1)
    assert trail.find(since=trail.begin + hour, until=trail.begin + 2 * hour) == ["intake.read"]
    assert trail.find(outcome="refused") == []


def test_page_by_page_nothing_is_left_out_or_told_twice(trail: Trail) -> None:
    seen: list[int] = []
    before = None
    while True:
        wanted = TrailFilter(actor_id=trail.rosa.id, before=before)
        rows, _ = trail.database.run(trail.owner.viewer, audit.trail, wanted, 2)
        if not rows:
            break
        seen += [row.id for row in rows]
        before = (rows[-1].at, rows[-1].id)
    assert len(seen) == len(set(seen)) == 4


def test_looking_is_an_entry_and_only_the_owner_looks(trail: Trail) -> None:
    trail.find()
    with Session(trail.database.engine) as db:
        newest = db.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert (newest.action, newest.actor_id) == ("audit.read", trail.owner.id)
    with pytest.raises(NotAllowed):
        trail.database.run(trail.rosa.viewer, audit.trail, TrailFilter())


@pytest.fixture
def watched(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(refusals, "_limiter", FixedWindowRateLimiter(MemoryStorage()))
    refusals.watch(database)
    return database


def refused(database: Database) -> list[tuple[int, str, str]]:
    with Session(database.engine) as db:
        found = db.exec(select(AuditEntry).where(AuditEntry.action == "access.refused")).all()
    assert all(one.outcome == "refused" and not one.subject_ref and not one.detail for one in found)
    return [(one.actor_id, one.subject_kind, one.actor_roles) for one in found]


def test_who_asks_for_what_is_not_theirs_leaves_a_trace_of_what_kind(watched: Database) -> None:
    tom = make_person(watched, "Tom", Role.PATIENT)

    async def go() -> None:
        for service in (visits.room_status, billing.cancel_visit, intake.packet_view):
            with pytest.raises((NotFound, NotAllowed)):
                await watched.transact(tom.viewer, service, "f" * 24)
        for service, args in ((practice.all_clinicians, ()), (records.note_for, ("f" * 24,))):
            with pytest.raises((NotFound, NotAllowed)):
                await watched.read(tom.viewer, service, *args)

    asyncio.run(go())
    assert {kind for who, kind, roles in refused(watched) if (who, roles) == (tom.id, "patient")} == {
        "visits", "billing", "intake", "practice", "records",
    }  # fmt: skip


def test_nobody_signed_in_and_what_is_public_leaves_none(watched: Database) -> None:
    tom = make_person(watched, "Tom", Role.PATIENT)

    async def go() -> None:
        with pytest.raises(NotAllowed):
            await watched.read(ANONYMOUS, practice.all_clinicians)
        with pytest.raises(NotFound):
            await watched.read(tom.viewer, practice.clinician, "nobody-of-this-name")

    asyncio.run(go())
    assert refused(watched) == []


def test_a_thousand_tries_do_not_flood_the_trail(watched: Database) -> None:
    tom = make_person(watched, "Tom", Role.PATIENT)

    async def go() -> None:
        for number in range(1000):
            await refusals.note_refusal(watched, tom.viewer, f"kind{number % 200}")

    asyncio.run(go())
    assert len(refused(watched)) == 60
