"""The server is killed after the payment and before the confirmation has left. Nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.clinic.outbox import LEASE, OutboxItem
from portal.clinic.scheduling import service as scheduling
from portal.demo.card_sandbox.till import Till
from portal.demo.parts_server import PartsPlan, parts_app
from portal.errands import pay
from portal.storage.clock import utc_now
from portal.storage.work import Database
from portal.wiring import build_parts
from tests.support.booking import make_patients, open_practice
from tests.support.counter import KEY, SECRET, ask, serving
from tests.support.ledger import Books
from tests.support.mail import MailSink
from tests.support.patience import until
from tests.support.ports import free_port
from tests.support.served import PORT, ServedApp

pytestmark = [pytest.mark.timeout(500), pytest.mark.stripe_http, pytest.mark.smtp]


class StuckMail(MailSink):
    """A mail server that reads a letter and does not answer while it is stuck."""

    def __init__(self) -> None:
        super().__init__()
        self.stuck = False

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if not self.stuck:
            return await super().handle_DATA(server, session, envelope)
        self.answers.append("")
        await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(300)
        return "421 too late"


@pytest.fixture
def mail() -> Iterator[StuckMail]:
    with StuckMail() as sink:
        yield sink


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    plan = PartsPlan(
        free_port(), free_port(), tmp_path / "cards", KEY, SECRET, f"http://localhost:{PORT}/webhooks/stripe"
    )
    app = parts_app(plan)
    with serving(app, plan.port):
        yield app.state.till


@pytest.fixture
def served(tmp_path: Path, mail: StuckMail, till: Till) -> Iterator[ServedApp]:
    app = ServedApp(
        tmp_path,
        STRIPE_API_KEY=KEY,
        STRIPE_WEBHOOK_SECRET=SECRET,
        STRIPE_API_BASE=till.config.public_url,
        SMTP_HOST=mail.host,
        SMTP_PORT=str(mail.port),
        SMTP_SECURITY="none",
        MAIL_FROM="practice@linden.example",
    )
    app.start_beside_parts()
    yield app
    app.kill()


def errands(database: Database) -> list[OutboxItem]:
    with Session(database.engine) as db:
        return list(db.exec(select(OutboxItem)))


def paid_by_card(served: ServedApp, till: Till) -> None:
    """Somebody pays on the card page; the processor tells the server, and only the server."""
    parts = build_parts(served.settings)
    booking = open_practice(parts.database)
    rosa = make_patients(parts.database, 1)[0]
    parts.database.run(rosa.viewer, scheduling.hold, booking.free(parts.database)[20])
    ask(pay.open_card_page(parts, rosa.viewer))
    session = Books(parts.database).payments[0].session_ref
    parts.database.close()
    httpx.post(
        f"{till.config.public_url}/_sandbox/sessions/{session}/pay",
        json={"card": "pays"},
        headers={"Authorization": f"Bearer {KEY}"},
        trust_env=False,
    ).raise_for_status()


def test_killed_between_payment_and_confirmation(served: ServedApp, mail: StuckMail, till: Till) -> None:
    mail.stuck = True
    paid_by_card(served, till)
    until(lambda: len(mail.tried) == 1)
    served.kill()

    database = served.open_database()
    books = Books(database)
    assert [row.status for row in books.appointments.values()] == ["confirmed"]
    assert [row.status for row in books.payments] == ["paid"]
    books.check()
    assert [item.done_at for item in errands(database)] == [None, None]
    assert mail.letters == []

    mail.stuck = False
    a_minute_later(database)
    served.start_beside_parts()
    until(lambda: all(item.done_at for item in errands(database)))
    times = Counter(letter["message-id"] for letter in mail.tried)
    in_flight = mail.tried[0]["message-id"]
    assert times == {in_flight: 2, **{letter["message-id"]: 1 for letter in mail.letters[1:]}}
    assert len(mail.letters) == 2
    assert Books(database).lines == books.lines
    assert len(Books(database).documents) == 2
    database.close()


def a_minute_later(database: Database) -> None:
    """What the dead process had claimed is anybody's again a minute later; as if that minute had passed."""
    with database.engine.begin() as connection:
        row = sa.update(OutboxItem).values(leased_until=utc_now() - timedelta(seconds=1))
        assert connection.execute(row.where(OutboxItem.leased_until <= utc_now() + LEASE)).rowcount == 2
