"""One visit as strings that are ready to read, and what cancelling it would mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal import routes
from portal.clinic.billing.values import PaidState, PaidStatus, PaymentOutcome
from portal.clinic.scheduling.rules.cancelling import fee_of
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView, RefundDue
from portal.pages.patient import words
from portal.pages.patient.lines import document
from portal.texts import LOCALE, say, say_n
from portal.texts import formats as f


@dataclass(frozen=True)
class VisitFacts:
    """What is known of a visit. `state` is ahead, over, cancelled or missed; `to_pay` is what is still owed."""

    id: str = ""
    state: str = ""
    face: str = ""
    therapist: str = ""
    name: str = ""
    moment: str = ""
    when_at: str = ""
    zone: str = ""
    elsewhere: str = ""
    what: str = ""
    price: str = ""
    money: str = ""
    to_pay: str = ""
    became: str = ""
    calendar: str = ""
    room: str = ""
    room_is_open: bool = False
    consent_gone: str = ""
    sign_again: str = ""


@dataclass(frozen=True)
class Terms:
    """The rule in words and in money, and the words of the question that comes before cancelling."""

    may_cancel: bool = False
    keep_minor: int = 0
    free_until: str = ""
    late_fee: str = ""
    missed_fee: str = ""
    question: str = ""
    deed: str = ""
    why: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of the visit."""

    label: str
    href: str


CONSENT = "consent_telehealth"
_STATES = {
    AppointmentStatus.CANCELLED: "cancelled",
    AppointmentStatus.NO_SHOW: "missed",
    AppointmentStatus.FINISHED: "over",
}


@dataclass(frozen=True)
class Booking:
    """A visit with its money and what cancelling now would mean."""

    visit: AppointmentView
    paid: PaidState
    due: RefundDue | None
    room_is_open: bool = False
    consent_gone_at: datetime | None = None
    packet_id: str = ""

    def money(self, minor: int) -> str:
        """An amount in the currency of the visit."""
        return f.money(minor, self.visit.currency)

    @property
    def is_paid(self) -> bool:
        """Whether money can go back."""
        return self.paid.status is PaidStatus.PAID


def facts_of(booking: Booking, now: datetime, zone: str) -> VisitFacts:
    """Everything about a visit but how to cancel it."""
    visit, paid = booking.visit, booking.paid
    ahead = visit.status is AppointmentStatus.CONFIRMED and visit.ends_at > now
    on = f.day_of(visit.starts_at, zone)
    return VisitFacts(
        id=visit.public_id,
        state="ahead" if ahead else _STATES.get(visit.status, "over"),
        face=visit.clinician.portrait,
        therapist=words.short_name(visit.clinician.name),
        name=visit.clinician.name,
        moment=f.moment(visit.starts_at, zone),
        when_at=say(
            LOCALE, "{day}, {times}", day=f.day_full(on), times=f.clock_range(visit.starts_at, visit.ends_at, zone)
        ),
        zone=f.zone_words(zone, at=visit.starts_at),
        elsewhere=words.elsewhere(visit, zone),
        what=say(LOCALE, "{service}, {length}", service=visit.offer_name, length=f.lasting(visit.minutes)),
        price=f.money(visit.price_minor, visit.currency),
        money=words.money_words(paid),
        to_pay=f.money(paid.due_minor, paid.currency) if paid.due_minor else "",
        became="" if ahead else words.past_words(visit, paid),
        calendar=f"/api/calendar/{visit.public_id}.ics",
        room=f"{routes.PATIENT_ROOM}?visit={visit.public_id}",
        room_is_open=ahead and booking.room_is_open and booking.consent_gone_at is None,
        consent_gone=f.moment(booking.consent_gone_at, zone) if booking.consent_gone_at else "",
        sign_again=f"{routes.PATIENT_INTAKE}?packet={booking.packet_id}&form={CONSENT}" if booking.packet_id else "",
    )


def papers_of(paid: PaidState) -> list[Paper]:
    """The documents that were issued."""
    issued = (
        (say(LOCALE, "Invoice"), document("invoice", paid.invoice_id)),
        (say(LOCALE, "Receipt"), document("receipt", paid.receipt_id)),
        (say(LOCALE, "Credit note"), document("credit", paid.credit_id)),
    )
    return [Paper(label, href) for label, href in issued if href]


def terms_of(booking: Booking, now: datetime, zone: str) -> Terms:
    """The rule of this visit, and what it comes to at this moment; empty where nothing can be cancelled."""
    visit, due = booking.visit, booking.due
    if due is None:
        return Terms()
    late = fee_of(visit.price_minor, visit.late_fee_percent)
    return Terms(
        may_cancel=True,
        keep_minor=due.keep_minor,
        free_until=f.moment(due.free_until, zone) if due.is_free and due.free_until > now else "",
        late_fee=booking.money(late) if late else say(LOCALE, "nothing"),
        missed_fee=booking.money(fee_of(visit.price_minor, visit.no_show_percent)),
        question=say(LOCALE, "Cancel {moment}?", moment=f.moment(visit.starts_at, zone)),
        deed=_deed(booking, due),
        why=_why(booking, due, zone),
    )


def _deed(booking: Booking, due: RefundDue) -> str:
    """What the button does, with the money."""
    if booking.is_paid and due.refund_minor:
        return say(LOCALE, "Cancel and get {money} back", money=booking.money(due.refund_minor))
    if booking.is_paid:
        return say(LOCALE, "Cancel, no money goes back")
    if due.keep_minor:
        return say(LOCALE, "Cancel and pay {money}", money=booking.money(due.keep_minor))
    return say(LOCALE, "Cancel, nothing to pay")


def _why(booking: Booking, due: RefundDue, zone: str) -> str:
    """Why it is this much."""
    if due.is_free and booking.is_paid:
        until = f.moment(due.free_until, zone)
        return say(LOCALE, "Cancelling is free until {moment}. All of it goes back to your card.", moment=until)
    if due.is_free:
        return say(LOCALE, "Cancelling is free until {moment}.", moment=f.moment(due.free_until, zone))
    hours = booking.visit.free_cancel_hours
    if not booking.is_paid:
        return say_n(
            LOCALE,
            "The visit begins in less than {n} hour, so {money} of {price} is to be paid all the same.",
            "The visit begins in less than {n} hours, so {money} of {price} is to be paid all the same.",
            hours,
            money=booking.money(due.keep_minor),
            price=booking.money(booking.visit.price_minor),
        )
    return say_n(
        LOCALE,
        "The visit begins in less than {n} hour. {money} of {price} stays with the practice.",
        "The visit begins in less than {n} hours. {money} of {price} stays with the practice.",
        hours,
        money=booking.money(due.keep_minor),
        price=booking.money(booking.visit.price_minor),
    )


def done_words(booking: Booking) -> str:
    """What a cancellation did, once it is done."""
    due = booking.due
    if due is not None and booking.is_paid and due.refund_minor:
        money = booking.money(due.refund_minor)
        return say(LOCALE, "Your visit is cancelled. {money} goes back to your card within 5 to 10 days.", money=money)
    if due is not None and due.keep_minor and not booking.is_paid:
        money = booking.money(due.keep_minor)
        return say(LOCALE, "Your visit is cancelled. {money} is to be paid. You can do that here by card.", money=money)
    return say(LOCALE, "Your visit is cancelled. Nothing is to be paid.")


def paid_words(outcome: PaymentOutcome) -> str:
    """A payment that arrived."""
    money = f.money(outcome.amount_minor, outcome.currency)
    return say(LOCALE, "Thank you, {money} is paid. The receipt stands under To keep.", money=money)
