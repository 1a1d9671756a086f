"""Letters leave after the commit, each version once, through whatever the mail server answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from email.message import EmailMessage

import icalendar
import pytest
from sqlmodel import Session, col, select

from portal.clinic import outbox
from portal.clinic.billing import service as billing
from portal.clinic.outbox import LEASE, MOST_ATTEMPTS, OutboxItem
from portal.clinic.people import service as people
from portal.clinic.people.tables import Person
from portal.clinic.practice.tables import Practice
from portal.clinic.scheduling import service as scheduling
from portal.gateways.smtp_mail import SmtpMail, SmtpServer
from portal.jobs.outbox import run_outbox
from portal.settings import Settings
from portal.storage.work import ANONYMOUS, SYSTEM, Database, UnitOfWork
from portal.wiring import Parts
from tests.support.booking import Booking, make_patients, open_practice
from tests.support.databases import Clock
from tests.support.mail import MailSink
from tests.support.people import Who

SERVICE = "EMDR after violence"


@dataclass
class Post:
    """The practice's outgoing mail: its database, its clock, and the server at the other end."""

    parts: Parts
    sink: MailSink
    clock: Clock
    booking: Booking
    rosa: Who

    @property
    def database(self) -> Database:
        return self.parts.database

    def book(self, slot: int = 40, who: Who | None = None) -> str:
        viewer = (who or self.rosa).viewer
        self.database.run(viewer, scheduling.hold, self.booking.free(self.database)[slot])
        return self.database.run(viewer, billing.choose_pay_later)

    def run(self, parts: Parts | None = None) -> None:
        asyncio.run(run_outbox(parts or self.parts))

    def items(self) -> list[OutboxItem]:
        with Session(self.database.engine) as db:
            return list(db.exec(select(OutboxItem).order_by(col(OutboxItem.id))))

    def to(self, who: Who) -> list[EmailMessage]:
        address = self.database.run_read(SYSTEM, people.contact, who.id).email
        return [letter for letter in self.sink.letters if address in letter["to"]]


@pytest.fixture
def post(database: Database, clock: Clock, smtp_server: MailSink) -> Post:
    settings = Settings(_env_file=None, mail_from="practice@linden.example")  # pyright: ignore[reportCallIssue]
    server = SmtpServer(smtp_server.host, smtp_server.port, "none", "practice@linden.example")
    parts = Parts(settings, database, None, None, SmtpMail(server))
    booking = open_practice(database, pay_later=True, name=SERVICE)
    return Post(parts, smtp_server, clock, booking, make_patients(database, 1)[0])


def words(letter: EmailMessage) -> str:
    """All that a letter says, decoded: headers, text and calendar file."""
    head = [f"{name}: {value}" for name, value in letter.items()]
    body = [part.get_payload(decode=True).decode() for part in letter.walk() if not part.is_multipart()]
    return "\n".join(head + body)


def invitation(letter: EmailMessage) -> tuple[str, icalendar.Event]:
    """Method and event of the calendar file that goes with a letter."""
    file = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(file.get_payload(decode=True))
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


class TestOnce:
    def test_later_then_taken_is_one_letter_under_one_name(self, post: Post) -> None:
        post.book()
        post.sink.answers = ["451 4.3.0 try later", "451 4.3.0 try later"]
        post.run()
        assert post.sink.letters == []
        assert [item.problem != "" and item.done_at is None for item in post.items()] == [True, True]
        post.run()
        assert len(post.sink.tried) == 2
        post.clock.advance(seconds=3)
        post.run()
        assert len(post.to(post.rosa)) == 1
        assert len(post.sink.letters) == 2
        names = Counter(letter["message-id"] for letter in post.sink.tried)
        assert sorted(names.values()) == [2, 2]
        assert all(item.done_at for item in post.items())

    def test_running_again_sends_nothing_again(self, post: Post) -> None:
        post.book()
        for _ in range(4):
            post.run()
            post.clock.advance(minutes=5)
        assert len(post.sink.letters) == 2

    def test_two_workers_at_once_share_the_letters(self, post: Post) -> None:
        for who in make_patients(post.database, 6):
            post.book(20 + 9 * who.id, who)

        async def both() -> None:
            await asyncio.gather(*(run_outbox(post.parts) for _ in range(4)))

        asyncio.run(both())
        post.run()
        assert len(post.sink.letters) == 12
        assert len({letter["message-id"] for letter in post.sink.letters}) == 12

    def test_asked_for_twice_is_one_errand(self, post: Post) -> None:
        def ask_twice(work: UnitOfWork) -> None:
            outbox.put(work, "mail.reset", "reset:1", {"proof": "x"})
            outbox.put(work, "mail.reset", "reset:1", {"proof": "y"})

        post.database.run(SYSTEM, ask_twice)
        post.database.run(SYSTEM, ask_twice)
        assert [item.payload for item in post.items()] == [{"proof": "x"}]

    def test_what_is_rolled_back_is_never_sent(self, post: Post) -> None:
        def book_and_fall(work: UnitOfWork) -> None:
            billing.choose_pay_later(work)
            raise ZeroDivisionError

        viewer = post.rosa.viewer
        post.database.run(viewer, scheduling.hold, post.booking.free(post.database)[40])
        with pytest.raises(ZeroDivisionError):
            post.database.run(viewer, book_and_fall)
        post.run()
        assert post.items() == []
        assert post.sink.tried == []


class TestLease:
    def test_what_a_dead_worker_held_is_taken_up_after_a_minute(self, post: Post) -> None:
        post.book()
        claimed = post.database.run(SYSTEM, outbox.claim)
        assert len(claimed) == 2
        post.clock.advance(seconds=LEASE.total_seconds() - 1)
        post.run()
        assert post.sink.tried == []
        post.clock.advance(seconds=2)
        post.run()
        assert len(post.sink.letters) == 2

    def test_tries_get_rarer_and_end(self, post: Post) -> None:
        post.book()
        post.run(replace(post.parts, mail=None))
        waits = []
        for _ in range(MOST_ATTEMPTS):
            (first, *_) = post.items()
            assert first.problem == "not_set_up"
            if first.failed_at:
                break
            waits.append(first.due_at - post.clock.now)
            post.clock.now = max(item.due_at for item in post.items())
            post.run(replace(post.parts, mail=None))
        assert waits[:3] == [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8)]
        assert max(waits) == timedelta(minutes=30)
        assert len(waits) == MOST_ATTEMPTS - 1
        assert sum(waits, timedelta()) > timedelta(hours=12)

    def test_a_refusal_for_good_is_not_tried_again_and_stops_nobody(self, post: Post) -> None:
        post.book()
        post.sink.answers = ["550 5.1.1 nobody of that name"]
        post.run()
        post.clock.advance(hours=1)
        post.run()
        assert len(post.sink.letters) == 1
        assert [bool(item.failed_at) for item in post.items()] == [True, False]

    def test_an_errand_that_nobody_knows_stops_nobody(self, post: Post) -> None:
        post.database.run(SYSTEM, outbox.put, "mail.unheard_of", "odd:1", {"x": 1})
        post.database.run(SYSTEM, outbox.put, "refund.send", "odd:2", {})
        post.book()
        post.run()
        assert len(post.sink.letters) == 2
        assert [item.problem.startswith("Q-") for item in post.items()] == [True, True, False, False]


class TestTrue:
    """What a letter says is decided when it leaves."""

    def test_the_calendar_file_has_the_instant_of_the_visit(self, post: Post) -> None:
        visit = post.book()
        post.run()
        known = post.database.run_read(post.rosa.viewer, scheduling.appointment, visit)
        for letter in post.sink.letters:
            method, event = invitation(letter)
            assert method == "REQUEST"
            assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (known.starts_at, known.ends_at)
            assert known.starts_at.tzinfo is UTC
            assert int(event["sequence"]) == known.sequence
        assert len({str(invitation(letter)[1]["uid"]) for letter in post.sink.letters}) == 1

    def test_the_time_stands_in_the_readers_zone(self, post: Post) -> None:
        with Session(post.database.engine) as db:
            db.get_one(Person, post.rosa.id).zone = "Asia/Kathmandu"
            db.commit()
        visit = post.book()
        post.run()
        known = post.database.run_read(post.rosa.viewer, scheduling.appointment, visit)
        letter = words(post.to(post.rosa)[0])
        assert f"{(known.starts_at + timedelta(hours=5, minutes=45)):%H:%M}" in letter
        assert "Kathmandu" in letter

    def test_cancelled_before_it_left_is_not_confirmed_any_more(self, post: Post) -> None:
        visit = post.book()
        post.database.run(post.rosa.viewer, billing.cancel_visit, visit)
        post.run()
        assert [invitation(letter)[0] for letter in post.sink.letters] == ["CANCEL", "CANCEL"]
        assert all(item.done_at for item in post.items())

    def test_a_cancellation_takes_back_the_same_entry(self, post: Post) -> None:
        visit = post.book()
        post.run()
        post.database.run(post.rosa.viewer, billing.cancel_visit, visit)
        post.run()
        (asked, first), (cancelled, second) = map(invitation, post.to(post.rosa))
        assert (asked, cancelled) == ("REQUEST", "CANCEL")
        assert first["uid"] == second["uid"]
        assert int(second["sequence"]) > int(first["sequence"])

    def test_a_used_link_is_not_mailed_any_more(self, post: Post) -> None:
        contact = post.database.run_read(SYSTEM, people.contact, post.rosa.id)
        post.database.run(ANONYMOUS, people.start_reset, contact.email)
        post.clock.advance(minutes=15)
        post.run()
        assert post.sink.tried == []
        assert all(item.done_at for item in post.items())


class TestSilent:
    """Practice, time, zone and link; never the service, a reason, or who treats whom."""

    def letters(self, post: Post) -> list[EmailMessage]:
        visit = post.book()
        post.run()
        post.database.run(post.rosa.viewer, billing.cancel_visit, visit)
        contact = post.database.run_read(SYSTEM, people.contact, post.rosa.id)
        post.database.run(ANONYMOUS, people.start_reset, contact.email)
        post.run()
        assert len(post.sink.letters) == 5
        return post.sink.letters

    def test_no_letter_says_what_it_is_about(self, post: Post) -> None:
        for letter in self.letters(post):
            said = words(letter).casefold()
            for word in (SERVICE, "EMDR", "violence", "therap", "07700", "PHQ", "anxi", "depress"):
                assert word.casefold() not in said, (word, letter["subject"])
            assert "linden row" in said

    def test_the_patient_is_not_named_to_the_clinician_nor_the_other_way(self, post: Post) -> None:
        self.letters(post)
        for letter in post.to(post.booking.clinician):
            assert "Patient 0" not in words(letter)
        for letter in post.to(post.rosa):
            assert "Okafor" not in words(letter)

    def test_the_payload_of_an_errand_holds_ids_alone(self, post: Post) -> None:
        self.letters(post)
        for item in post.items():
            values = {str(value) for value in item.payload.values()}
            assert all(len(value) == 24 or value in {"patient", "clinician", "1", "2"} for value in values), values

    def test_a_hostile_name_adds_no_header_and_no_line(self, post: Post) -> None:
        evil = "Rosa\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>\u202e\u2028BEGIN:VALARM"

        def rename(work: UnitOfWork) -> None:
            work.db.get_one(Person, post.rosa.id).name = evil
            work.db.exec(select(Practice)).one().name = f"Linden Row {evil}"[:120]

        post.database.run(SYSTEM, rename)
        post.book()
        post.run()
        assert len(post.sink.letters) == 2
        for letter in post.sink.letters:
            assert letter["bcc"] is None
            assert len(letter.get_all("to")) == len(letter.get_all("subject")) == 1
            _, event = invitation(letter)
            assert event.subcomponents == []
        assert {len(envelope[1]) for envelope in post.sink.envelopes} == {1}
