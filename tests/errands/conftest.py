"""A practice on each engine with its own endpoints, a card sandbox and a mail server, all over HTTP and SMTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from portal import settings as settings_room
from portal import wiring
from portal.clinic.scheduling import service as scheduling
from portal.endpoints.api import api
from portal.errands import pay
from portal.jobs.money import act_on_webhooks, reconcile, sweep_holds
from portal.jobs.outbox import run_outbox
from portal.storage.clock import utc_now
from portal.storage.keys import save_keyring
from tests.support.booking import Booking, make_patients, open_practice
from tests.support.counter import KEY, SECRET, Counter, ask, counter
from tests.support.ledger import Books
from tests.support.mail import MailSink
from tests.support.patience import until
from tests.support.people import Who

COMPLETED = "checkout.session.completed"


class MovableClock:
    """The real time, so that the sandbox's deliveries come due, and a jump that tests add to it."""

    def __init__(self) -> None:
        self._jump = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self._jump

    @property
    def now(self) -> datetime:
        return self()

    def go_to(self, moment: datetime) -> None:
        self._jump = moment - utc_now()

    def advance(self, **how_far: float) -> None:
        self._jump += timedelta(**how_far)


@dataclass
class Street:
    """The practice, its patients, and the outside world beside it."""

    parts: wiring.Parts
    cards: Counter
    post: MailSink
    booking: Booking
    rosa: Who
    tom: Who
    clock: MovableClock

    @property
    def database(self):
        return self.parts.database

    def books(self) -> Books:
        return Books(self.database)

    def hold(self, who: Who, slot: int = 0) -> None:
        self.database.run(who.viewer, scheduling.hold, self.booking.free(self.database)[slot])

    def page(self, who: Who, slot: int = 0, visit: str | None = None) -> str:
        """Hold a time (or take a booked visit) and open its card page; the payment's public id."""
        if visit is None:
            self.hold(who, slot)
        ask(pay.open_card_page(self.parts, who.viewer, visit))
        return self.books().payments[-1].public_id

    def session(self, payment: str) -> str:
        return next(row.session_ref for row in self.books().payments if row.public_id == payment) or ""

    def charge(self, payment: str, card: str = "pays", **more: Any) -> str:
        return self.cards.pay(self.session(payment), card, **more)

    def paid_visit(self, who: Who, slot: int = 0) -> str:
        payment = self.page(who, slot)
        self.charge(payment)
        return self.settle(payment).appointment_id

    def settle(self, payment: str):
        return ask(pay.settle_payment(self.parts, payment))

    def jobs(self, *jobs: Callable) -> None:
        """Runs these jobs once, or all that move money and mail."""
        for job in jobs or (sweep_holds, act_on_webhooks, run_outbox, reconcile):
            ask(job(self.parts))

    def news(self, done: Callable[[list[dict]], bool]) -> list[dict]:
        """Waits until the deliveries of the sandbox are as wanted."""

        def deliveries() -> list[dict]:
            return self.cards.control("GET", "/deliveries")

        return until(lambda: found if done(found := deliveries()) else [], found=deliveries)

    def refunds(self) -> list[dict]:
        return list(self.cards.till.store.newest_first("refund"))


def delivered(kind: str = COMPLETED):
    def seen(deliveries: list[dict]) -> bool:
        wanted = [one for one in deliveries if one["type"] == kind and one["state"] != "dropped"]
        return bool(wanted) and all(one["state"] != "waiting" for one in deliveries)

    return seen


def booked_once(street: Street) -> None:
    books = street.books()
    books.check()
    assert [row.status for row in books.appointments.values()] == ["confirmed"]
    assert sorted(row.kind for row in books.documents) == ["invoice", "receipt"]
    assert (books.balance("card"), books.balance("income"), books.balance("patients")) == (7000, -7000, 0)


@pytest.fixture
def card_sandbox(tmp_path: Path) -> Iterator[Counter]:
    """The sandbox over HTTP; its news go to the practice's real endpoints."""
    moved = MovableClock()
    with counter(tmp_path / "cards", clock=lambda: moved().timestamp(), endpoints=api()) as running:
        running.clock = moved
        yield running


@pytest.fixture
def chosen(card_sandbox: Counter, smtp_server: MailSink, database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of this practice."""
    return {
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": database_url,
        "STRIPE_API_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "STRIPE_API_BASE": card_sandbox.url,
        "SMTP_HOST": smtp_server.host,
        "SMTP_PORT": str(smtp_server.port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "practice@linden.example",
    }


@pytest.fixture
def street(
    chosen: dict[str, str], card_sandbox: Counter, smtp_server: MailSink, monkeypatch, request
) -> Iterator[Street]:
    """Everything wired as the server wires it, with a clock that tests move."""
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    save_keyring(request.getfixturevalue("keyring"), Path(f"{chosen['DATA_DIR']}.keys.json"))
    settings_room.settings.cache_clear()
    wiring.parts.cache_clear()
    made = wiring.parts()
    clock: MovableClock = card_sandbox.clock
    made.database.clock = clock
    booking = open_practice(made.database, pay_later=True)
    rosa, tom = make_patients(made.database, 2)
    yield Street(made, card_sandbox, smtp_server, booking, rosa, tom, clock)
    made.database.close()
    settings_room.settings.cache_clear()
    wiring.parts.cache_clear()
