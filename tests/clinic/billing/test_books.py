"""The ledger as the owner reads it: by month, what needs a look, and what is taken away."""

from __future__ import annotations

import asyncio
import csv
import io
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from portal.clinic.audit import AuditEntry
from portal.clinic.billing import service as billing
from portal.clinic.billing.tables import Refund
from portal.clinic.billing.values import Concern, PageState
from portal.clinic.errors import Conflict, Invalid, NotFound
from portal.clinic.practice.tables import Clinician
from portal.jobs import money as jobs
from portal.storage.work import SYSTEM, Database, Role
from portal.texts.documents.ledger import ledger_file
from portal.texts.documents.listing import csv_file
from tests.clinic.billing.till import PAID, Till, make_till
from tests.support.databases import Clock
from tests.support.people import Who, make_person

HOSTILE = ("=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", " =1", '=HYPERLINK("http://x","y")')


@pytest.fixture
def till(database: Database, clock: Clock) -> Till:
    return make_till(database, clock)


@pytest.fixture
def owner(till: Till) -> Who:
    return make_person(till.database, "Helen Ward", Role.OWNER)


def pays(till: Till) -> None:
    till.run(SYSTEM, billing.apply_page_state, till.payment, PAID)


def sheet(till: Till, owner: Who, month: str = "", most: int = 100):
    return till.run(owner.viewer, billing.ledger, month, most)


def test_a_month_shows_what_moved_in_it_and_where_it_stands_in_all(till: Till, owner: Who, clock: Clock) -> None:
    pays(till)
    clock.advance(days=40)
    march, april = sheet(till, owner, "2026-03"), sheet(till, owner)
    assert [one.kind for one in march.postings] == ["charge", "payment"]
    assert [one.amounts for one in march.postings] == [
        {"patients": 7000, "income": -7000},
        {"card": 7000, "patients": -7000},
    ]
    assert {one.clinician for one in march.postings} == {"Dr Miriam Okafor"}
    assert dict(march.moved) == dict(march.balances) == {"card": 7000, "income": -7000, "patients": 0}
    assert (april.month, april.postings, april.moved, april.balances) == ("2026-04", (), (), march.balances)
    assert april.months == ("2026-04", "2026-03")
    assert march.total == 0


def test_a_month_begins_at_midnight_of_the_practice(till: Till, owner: Who, clock: Clock) -> None:
    clock.now = clock.now.replace(month=3, day=31, hour=22, minute=59)  # 23:59 in London, in summer time
    pays(till)
    assert len(sheet(till, owner, "2026-03").postings) == 2
    clock.advance(minutes=1)
    assert sheet(till, owner).month == "2026-04"


def test_postings_come_page_by_page(till: Till, owner: Who) -> None:
    pays(till)
    found = sheet(till, owner, "2026-03", 1)
    assert (len(found.postings), found.more) == (1, True)
    assert sheet(till, owner, "2026-03", 2).more is False


@pytest.mark.parametrize("month", ["2026-13", "x", "2026", "0000-01", "9999-12", "2026-03-01", "²026-03"])
def test_a_month_that_is_none_is_refused(till: Till, owner: Who, month: str) -> None:
    for service in (billing.ledger, billing.export_ledger):
        with pytest.raises(Invalid, match="month_unknown"):
            till.run(owner.viewer, service, month)


def test_a_download_holds_every_line_and_is_an_entry(till: Till, owner: Who) -> None:
    pays(till)
    rows = till.run(owner.viewer, billing.export_ledger, "2026-03")
    told = list(csv.DictReader(io.StringIO(ledger_file(rows, "Europe/London").decode("utf-8-sig"), newline="")))
    assert len(told) == 4
    assert sum(Decimal(one["Amount"]) for one in told) == 0
    assert {one["Amount"] for one in told} == {"70.00", "-70.00"}
    assert {one["Date"] for one in told} == {"2026-03-04"}
    assert "Rosa" not in str(told)
    with Session(till.database.engine) as db:
        entry = db.exec(select(AuditEntry).where(AuditEntry.action == "ledger.export")).one()
    assert (entry.actor_id, entry.detail) == (owner.id, {"month": "2026-03", "count": 4})


def test_a_hostile_name_is_no_formula(till: Till, owner: Who) -> None:
    pays(till)
    for name in HOSTILE:

        def rename(work, name=name):
            work.db.get_one(Clinician, till.miriam.clinician_id).name = name

        till.run(SYSTEM, rename)
        rows = till.run(owner.viewer, billing.export_ledger, "2026-03")
        raw = ledger_file(rows, "Europe/London").decode("utf-8-sig")
        for line in list(csv.reader(io.StringIO(raw, newline="")))[1:]:
            assert line[4] == f"'{name}"


def test_the_file_is_what_rfc_4180_says() -> None:
    raw = csv_file(["a", "b"], [['say "hi"', "x,y"], ["two\r\nlines", Decimal("-1.50")], ["ü £", -3]])
    assert raw == '\ufeffa,b\r\n"say ""hi""","x,y"\r\n"two\r\nlines",-1.50\r\nü £,-3\r\n'.encode()


class TestNeedsALook:
    def refund(self, till: Till, clock: Clock) -> str:
        pays(till)
        till.run(till.rosa.viewer, billing.cancel_visit, till.visit)
        with Session(till.database.engine) as db:
            return db.exec(select(Refund)).one().public_id

    def looks(self, till: Till, owner: Who) -> list[Concern]:
        return [one.concern for one in till.run(owner.viewer, billing.needs_look)]

    def test_nothing_while_all_goes_well(self, till: Till, owner: Who, clock: Clock) -> None:
        refund = self.refund(till, clock)
        assert self.looks(till, owner) == []
        till.run(SYSTEM, billing.note_refund, refund, "re_1", "succeeded")
        clock.advance(days=30)
        assert self.looks(till, owner) == []

    def test_a_refund_that_failed_names_whom_it_is_owed(self, till: Till, owner: Who, clock: Clock) -> None:
        refund = self.refund(till, clock)
        till.run(SYSTEM, billing.note_refund, refund, "re_1", "failed")
        (one,) = till.run(owner.viewer, billing.needs_look)
        assert (one.concern, one.patient, one.amount_minor) == (Concern.REFUND_FAILED, "Rosa Whitfield", 7000)
        till.run(owner.viewer, billing.look_after, refund)
        assert self.looks(till, owner) == []
        with pytest.raises(NotFound):
            till.run(owner.viewer, billing.look_after, refund)
        assert till.balances()["patients"] == -7000

    def test_a_refund_on_its_way_for_three_days(self, till: Till, owner: Who, clock: Clock) -> None:
        self.refund(till, clock)
        clock.advance(days=3, seconds=-1)
        assert self.looks(till, owner) == []
        clock.advance(seconds=1)
        assert self.looks(till, owner) == [Concern.REFUND_SLOW]

    def test_a_slow_refund_that_was_looked_after_is_shown_no_more(self, till: Till, owner: Who, clock: Clock) -> None:
        refund = self.refund(till, clock)
        clock.advance(days=4)
        till.run(owner.viewer, billing.look_after, refund)
        assert self.looks(till, owner) == []

    def test_a_payment_that_hangs_for_a_day(self, till: Till, owner: Who, clock: Clock) -> None:
        clock.advance(days=1)
        assert self.looks(till, owner) == [Concern.PAYMENT_STUCK]

    def test_another_amount_is_shown_at_once_and_noted_once(
        self, till: Till, owner: Who, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        state = PageState(**{**PAID.__dict__, "amount_minor": 700})
        parts = SimpleNamespace(database=till.database, payments=object())

        async def settle(_parts, payment):
            await till.database.transact(SYSTEM, billing.apply_page_state, payment, state)

        monkeypatch.setattr(jobs, "settle_payment", settle)
        for _ in range(3):
            asyncio.run(jobs.reconcile(parts))
        assert self.looks(till, owner) == [Concern.PAYMENT_DIFFERS]
        with Session(till.database.engine) as db:
            db.exec(select(AuditEntry).where(AuditEntry.action == "payment.differs")).one()
        with pytest.raises(Conflict):
            till.run(SYSTEM, billing.apply_page_state, till.payment, state)
