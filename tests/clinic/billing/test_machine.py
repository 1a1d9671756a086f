"""Whatever people press, in whatever order news come: no time is given twice, and no money stays without a time."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, col, select

from portal.clinic.billing import service as billing
from portal.clinic.billing.tables import LedgerLine, Payment, Refund
from portal.clinic.billing.values import PageState
from portal.clinic.errors import ClinicError
from portal.clinic.practice.tables import Clinician, ClinicianOffer, Offer
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.rules.cancelling import refund_due
from portal.clinic.scheduling.tables import Appointment, Occupancy, Seat, WorkingHours
from portal.clinic.scheduling.values import CancellationTerms
from portal.clinic.visits import service as visits
from portal.storage.work import ANONYMOUS, SYSTEM, Database, Role, UnitOfWork, Viewer
from tests.support.databases import Clock
from tests.support.people import make_offer, make_person

PRICE = 7001


@dataclass
class Page:
    """A card page as the processor knows it."""

    amount: int
    is_paid: bool = False
    is_expired: bool = False
    told: list[PageState] = field(default_factory=list)

    def state(self) -> PageState:
        return PageState(self.is_paid, self.is_expired, self.amount, "GBP", "pi" if self.is_paid else None)


class Desk:
    """Three patients, one clinician, a processor that is late, and jobs that come when they come."""

    def __init__(self, database: Database, clock: Clock, chance: random.Random) -> None:
        self.database, self.clock, self.chance = database, clock, chance
        self.pages: dict[str, Page] = {}
        self.open_the_door(pay_later=chance.random() < 0.5, no_show=chance.choice([0, 33, 100]))

    def attempt(self, viewer: Viewer, service: Callable[..., Any], *args: Any) -> Any:
        """What was refused in words is an answer, too."""
        try:
            return self.database.run(viewer, service, *args)
        except ClinicError:
            return None

    def open_the_door(self, *, pay_later: bool, no_show: int) -> None:
        miriam = make_person(self.database, "Dr Miriam Okafor", Role.CLINICIAN)
        self.miriam = miriam.viewer
        self.patients = [make_person(self.database, name, Role.PATIENT).viewer for name in ("Rosa", "Tom", "Ana")]
        offer_key = make_offer(self.database, price_minor=PRICE)

        def furnish(work: UnitOfWork) -> tuple[str, str]:
            offer = work.db.get_one(Offer, offer_key)
            offer.pay_later, offer.no_show_percent, offer.notice_minutes = pay_later, no_show, 0
            offer.window_days = 2
            for day in range(7):
                hours = WorkingHours(clinician_id=miriam.clinician_id, weekday=day, start_minute=900, end_minute=1080)
                work.db.add(hours)
            work.db.add(ClinicianOffer(clinician_id=miriam.clinician_id, offer_id=offer_key))
            return work.db.exec(select(Clinician.public_id)).one(), offer.public_id

        self.clinician, self.offer = self.database.run(SYSTEM, furnish)

    def act(self) -> str:
        """One thing that somebody does, often enough what people do most."""
        often = (self.hold, self.open_card_page, self.pay, self.news_arrive)
        seldom = (
            self.time_passes,
            self.time_passes,
            self.keep_longer,
            self.let_go,
            self.pay_a_visit_later,
            self.choose_to_pay_later,
            self.the_processor_closes_a_page,
            self.jobs_run,
            self.cancel,
            self.miss,
            self.refunds_succeed,
        )
        deed = self.chance.choice((*often, *often, *seldom))
        deed()
        return deed.__name__

    def time_passes(self) -> None:
        self.clock.advance(minutes=self.chance.choice([1, 1, 1, 2, 2, 5, 5, 9, 14, 16, 120, 600]))

    def hold(self) -> None:
        slots = self.database.run_read(ANONYMOUS, scheduling.open_slots, self.clinician, self.offer, None, 3)
        if slots:
            self.attempt(self.somebody(), scheduling.hold, self.chance.choice(slots[:6]).slot_id)

    def keep_longer(self) -> None:
        self.attempt(self.somebody(), scheduling.extend_hold)

    def let_go(self) -> None:
        self.attempt(self.somebody(), scheduling.release_hold)

    def open_card_page(self) -> None:
        who = self.somebody()
        self._page(self.attempt(who, billing.begin_payment), who, attached=self.chance.random() < 0.9)

    def pay_a_visit_later(self) -> None:
        who = self.somebody()
        visit = self._visit(who)
        if visit:
            self._page(self.attempt(who, billing.begin_payment, visit), who, attached=True)

    def choose_to_pay_later(self) -> None:
        self.attempt(self.somebody(), billing.choose_pay_later)

    def pay(self) -> None:
        page = self._some_page()
        if page and not page[1].is_expired:
            page[1].is_paid = True

    def the_processor_closes_a_page(self) -> None:
        page = self._some_page()
        if page and not page[1].is_paid:
            page[1].is_expired = True

    def news_arrive(self) -> None:
        """The newest, or some that are older than what was told before."""
        page = self._some_page()
        if page is not None:
            payment, known = page
            known.told.append(known.state())
            told = self.chance.choice([known.told[-1], *known.told])
            self.attempt(SYSTEM, billing.apply_page_state, payment, told)

    def jobs_run(self) -> None:
        self.database.run(SYSTEM, scheduling.expire_holds)
        self.database.run(SYSTEM, billing.close_stale_pages)

    def cancel(self) -> None:
        who = self.somebody()
        visit = self._visit(who)
        if visit:
            self.attempt(self.chance.choice([who, self.miriam]), billing.cancel_visit, visit)

    def miss(self) -> None:
        visit = self._visit(self.somebody())
        if visit:
            self.attempt(self.miriam, visits.mark_no_show, visit)

    def refunds_succeed(self) -> None:
        for refund in self.database.run(SYSTEM, billing.pending_refunds):
            self.database.run(SYSTEM, billing.note_refund, refund, "re_1", "succeeded")

    def somebody(self) -> Viewer:
        return self.chance.choice(self.patients)

    def nobody_is_in_two_places(self) -> None:
        with Session(self.database.engine) as db:
            for table, key, start, end in (
                (Occupancy, "clinician_id", "blocked_from", "blocked_to"),
                (Seat, "person_id", "starts_at", "ends_at"),
            ):
                rows = db.exec(select(table).where(col(table.is_active))).all()
                spans = sorted((getattr(row, key), getattr(row, start), getattr(row, end)) for row in rows)
                for one, two in pairwise(spans):
                    assert one[0] != two[0] or one[2] <= two[1]

    def who_is_booked_has_the_time_and_who_is_not_has_none(self) -> None:
        with Session(self.database.engine) as db:
            for row, taken in db.exec(
                select(Appointment, Occupancy).where(col(Occupancy.appointment_id) == col(Appointment.id))
            ):
                if row.status in {"confirmed", "held"}:
                    assert taken.is_active
                if row.status in {"cancelled", "expired"}:
                    assert not taken.is_active

    def every_posting_is_even(self) -> None:
        sums: dict[str, int] = defaultdict(int)
        with Session(self.database.engine) as db:
            for line in db.exec(select(LedgerLine)):
                sums[line.posting] += line.amount_minor
        assert not any(sums.values())

    def settle(self) -> None:
        """All news arrive, all jobs run: then money and times agree."""
        for payment, page in self.pages.items():
            self.attempt(SYSTEM, billing.apply_page_state, payment, page.state())
        self.jobs_run()
        self.refunds_succeed()
        with Session(self.database.engine) as db:
            for row in db.exec(select(Appointment)):
                self._agrees(db, row)
            for payment in db.exec(select(Payment)):
                page = self.pages.get(payment.public_id)
                assert (payment.status == "paid") == (page is not None and page.is_paid)

    def _agrees(self, db: Session, row: Appointment) -> None:
        balance: dict[str, int] = defaultdict(int)
        for line in db.exec(select(LedgerLine).where(LedgerLine.appointment_id == row.id)):
            balance[line.account] += line.amount_minor
        payments = db.exec(select(Payment).where(Payment.appointment_id == row.id, Payment.status == "paid")).all()
        paid = sum(payment.amount_minor for payment in payments)
        ids = [payment.id for payment in payments]
        back = sum(refund.amount_minor for refund in db.exec(select(Refund).where(col(Refund.payment_id).in_(ids))))
        costs = self._costs(row)
        assert balance["card"] == paid - back
        assert balance["income"] == -costs
        assert balance["patients"] == costs - (paid - back)
        assert 0 <= paid - back <= costs

    def _costs(self, row: Appointment) -> int:
        if row.status in {"held", "expired"}:
            return 0
        if row.status == "no_show":
            return row.price_minor * row.no_show_percent // 100
        if row.status == "cancelled":
            if row.cancelled_by == "practice":
                return 0
            assert row.cancelled_at is not None
            terms = CancellationTerms(row.free_cancel_hours, row.late_fee_percent)
            return refund_due(row.starts_at, row.cancelled_at, row.price_minor, terms, "GBP").keep_minor
        return row.price_minor

    def _page(self, order: Any, viewer: Viewer, *, attached: bool) -> None:
        if order is None:
            return
        self.pages.setdefault(order.payment_id, Page(order.amount_minor))
        if attached:
            session = f"cs_{order.payment_id}"
            self.database.run(viewer, billing.attach_page, order.payment_id, session, f"https://cards/{session}")

    def _some_page(self) -> tuple[str, Page] | None:
        """Mostly one of the newest."""
        pages = list(self.pages.items())
        return self.chance.choice([*pages[-3:], *pages[-3:], *pages]) if pages else None

    def _visit(self, who: Viewer) -> str | None:
        with Session(self.database.engine) as db:
            own = select(Appointment.public_id).where(Appointment.patient_id == who.person_id)
            found = list(db.exec(own.order_by(col(Appointment.id))))
        return self.chance.choice([*found[-3:], *found]) if found else None


@pytest.mark.parametrize("seed", range(12))
def test_no_order_of_events_loses_time_or_money(sqlite_database: Database, clock: Clock, seed: int) -> None:
    desk = Desk(sqlite_database, clock, random.Random(seed))
    path: list[str] = []
    for _ in range(150):
        path.append(desk.act())
        desk.nobody_is_in_two_places()
        desk.who_is_booked_has_the_time_and_who_is_not_has_none()
        desk.every_posting_is_even()
    desk.settle()
