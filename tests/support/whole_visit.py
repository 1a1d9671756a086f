"""One visit with everything in it, from the held time to the signed note, in words of the test's own choosing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, select

from portal.clinic.billing import service as billing
from portal.clinic.billing.values import PageState
from portal.clinic.intake import service as intake
from portal.clinic.intake.tables import ConsentSignature, Packet, RiskFlag
from portal.clinic.people.queries import email_index
from portal.clinic.people.tables import Person
from portal.clinic.records import service as records
from portal.clinic.records.tables import Note
from portal.clinic.records.values import NoteKind, Upon
from portal.clinic.scheduling import queries as calendar
from portal.clinic.scheduling import service as scheduling
from portal.clinic.visits import service as visits
from portal.storage.clock import utc_now
from portal.storage.work import SYSTEM, Database, Role, UnitOfWork
from tests.support.booking import Booking, colleague, make_patients, open_practice
from tests.support.databases import Clock
from tests.support.people import Who, make_person


@dataclass(frozen=True)
class Words:
    """Who the patient is and what they and their therapist write."""

    name: str = "Rosa Whitfield"
    email: str = "rosa@whitfield.example"
    phone: str = "+44 20 7946 0123"
    born: str = "1991-02-28"
    place: str = "14 Quay Street"
    friend: str = "Jonah Whitfield"
    reason: str = "I cannot sleep since the spring"
    medicine: str = "Sertraline 50 mg"
    note: str = "Sleeps four hours; no plan"
    amendment: str = "Slept better than she said"

    def all(self) -> dict[str, str]:
        return dict(vars(self))


@dataclass
class WholeVisit:
    """The practice, the people, and the public ids of all that hangs on one visit."""

    database: Database
    clock: Clock
    booking: Booking
    rosa: Who
    tom: Who
    theo: Who
    owner: Who
    words: Words
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def miriam(self) -> Who:
        return self.booking.clinician

    def ask(self, who: Who, service, *given):
        return self.database.run(who.viewer, service, *given)

    def book_another(self) -> str:
        """A second visit of Rosa's in the next days of the real time, to be paid later; its public id."""
        slot = self.booking.free(self.database, first=utc_now().date() + timedelta(days=3), days=4)[0]
        self.ask(self.rosa, scheduling.hold, slot)
        return self.ask(self.rosa, billing.choose_pay_later)


def make_whole_visit(database: Database, clock: Clock, words: Words | None = None) -> WholeVisit:
    """Plays it at the clock, which ends two hours after the visit. The clock must be the database's."""
    said = words or Words()
    booking = open_practice(database, pay_later=True)
    (rosa, tom), theo = make_patients(database, 2), colleague(database, booking).clinician
    owner = make_person(database, "Ada Lindqvist", Role.OWNER)
    whole = WholeVisit(database, clock, booking, rosa, tom, theo, owner, said)
    database.run(SYSTEM, _name, whole)
    _book(whole)
    _fill_in(whole)
    _meet(whole)
    _write_up(whole)
    return whole


def _name(work: UnitOfWork, whole: WholeVisit) -> None:
    row = work.db.get_one(Person, whole.rosa.id)
    row.name, row.email, row.phone, row.born = (
        whole.words.name,
        whole.words.email,
        whole.words.phone,
        whole.words.born,
    )
    row.email_index = email_index(whole.words.email)


def _book(whole: WholeVisit) -> None:
    free = whole.booking.free(whole.database, first=whole.clock.now.date() + timedelta(days=2), days=3)
    held = whole.ask(whole.rosa, scheduling.hold, free[4])
    order = whole.ask(whole.rosa, billing.begin_payment)
    whole.ask(whole.rosa, billing.attach_page, order.payment_id, f"cs_{order.payment_id}", "https://pay.example/x")
    paid = PageState(True, False, order.amount_minor, order.currency, f"pi_{order.payment_id}")
    whole.database.run(SYSTEM, billing.apply_page_state, order.payment_id, paid)
    whole.ids |= {"visit": held.appointment_id, "payment": order.payment_id}

    def prepare(work: UnitOfWork) -> None:
        row = calendar.appointment_row(work, held.appointment_id)
        assert row is not None
        intake.open_packet(work, row)
        visits.ensure_visit(work, row)

    whole.database.run(SYSTEM, prepare)
    standing = whole.ask(whole.rosa, billing.paid_state, held.appointment_id)
    whole.ids |= {"invoice": standing.invoice_id, "receipt": standing.receipt_id}


def _fill_in(whole: WholeVisit) -> None:
    packet = _only(whole.database, Packet)
    said = whole.words
    about = {
        "preferred_name": said.name[:80],
        "birth_date": said.born,
        "phone": said.phone,
        "usual_place": said.place,
        "emergency_name": said.friend,
        "emergency_relation": "brother",
        "emergency_phone": said.phone,
        "reason": said.reason,
        "medication": said.medicine,
    }
    scores = {f"q{number}": "1" for number in range(1, 10)}
    for form, answers in (("about_you", about), ("phq9", scores)):
        whole.ask(whole.rosa, intake.save_answers, packet, form, answers)
        whole.ask(whole.rosa, intake.submit_form, packet, form)
    whole.ask(whole.rosa, intake.save_answers, packet, "gad7", {"q1": "2"})  # a draft stays
    consent = whole.ask(whole.rosa, intake.packet_view, packet).consent
    typed = {"agree": "yes", "typed_name": said.name}
    whole.ask(whole.rosa, intake.sign_consent, packet, consent.fingerprint, typed)
    whole.ids |= {
        "packet": packet,
        "flag": _only(whole.database, RiskFlag),
        "signature": _only(whole.database, ConsentSignature),
    }


def _meet(whole: WholeVisit) -> None:
    visit = whole.ids["visit"]
    starts_at: datetime = whole.ask(whole.rosa, scheduling.appointment, visit).starts_at
    whole.clock.now = starts_at - timedelta(minutes=5)
    whole.ask(whole.rosa, visits.say_place, visit, f"{whole.words.place}, at the back")
    whole.ask(whole.rosa, visits.knock, visit)
    whole.ask(whole.miriam, visits.admit, visit)
    whole.clock.now = starts_at + timedelta(minutes=50)
    whole.ask(whole.miriam, visits.finish, visit)


def _write_up(whole: WholeVisit) -> None:
    visit = whole.ids["visit"]
    fields = {"subjective": whole.words.note, "plan": whole.words.note}
    seen = whole.ask(whole.miriam, records.save_note, visit, NoteKind.SOAP, fields, Upon()).seen
    whole.ask(whole.miriam, records.sign_note, visit, seen)
    whole.ids["note"] = _only(whole.database, Note)
    whole.ask(whole.miriam, records.amend, whole.ids["note"], "to add", whole.words.amendment)
    whole.ask(whole.miriam, records.save_addition, whole.ids["note"], {"reason": "slip", "text": whole.words.note})
    whole.clock.advance(hours=1, minutes=10)


def _only(database: Database, table) -> str:
    with Session(database.engine) as db:
        return db.exec(select(table)).one().public_id
