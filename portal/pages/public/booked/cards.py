"""What the confirmation shows, as strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.clinic.billing.values import PaidState, PaidStatus
from portal.clinic.intake.values import PacketMark
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView
from portal.clinic.visits.rules import OPENS_BEFORE
from portal.pages.public.checkout.cards import whole_time, zone_line
from portal.routes import PATIENT_INTAKE
from portal.texts import LOCALE, say
from portal.texts import formats as f


@dataclass(frozen=True)
class BookedView:
    """The confirmation. `stage`: empty while it loads, `booked`, `cancelled`, `unknown`."""

    stage: str = ""
    when: str = ""
    with_whom: str = ""
    portrait: str = ""
    zone: str = ""
    day: str = ""
    what: str = ""
    money: str = ""
    opens: str = ""
    calendar_href: str = ""
    email: str = ""
    forms_href: str = ""
    forms_take: str = ""


@dataclass(frozen=True)
class Reader:
    """Who reads it: the address of their mail, their zone, the instant."""

    email: str
    zone: str
    now: datetime


def booked_view(visit: AppointmentView, paid: PaidState, forms: PacketMark | None, reader: Reader) -> BookedView:
    """A visit that stands."""
    zone, now = reader.zone, reader.now
    on, today = f.day_of(visit.starts_at, zone), f.day_of(now, zone)
    name, time = visit.clinician.name, f.clock(visit.starts_at, zone)
    opens = visit.starts_at - OPENS_BEFORE
    return BookedView(
        stage="cancelled" if visit.status is AppointmentStatus.CANCELLED else "booked",
        when=say(LOCALE, "{day}, {time}", day=f.day_word(on, today), time=time),
        with_whom=say(LOCALE, "with {name}, {length}, by video", name=name, length=f.lasting(visit.minutes)),
        portrait=visit.clinician.portrait,
        zone=zone_line(visit.starts_at, zone, visit.clinician),
        day=whole_time(visit.starts_at, visit.ends_at, zone),
        what=say(LOCALE, "{service}, {length}", service=visit.offer_name, length=f.lasting(visit.minutes)),
        money=money_words(paid),
        opens=f.clock(opens, zone) if f.day_of(opens, zone) == on else f.moment(opens, zone),
        calendar_href=f"/api/calendar/{visit.public_id}.ics",
        email=reader.email,
        forms_href=f"{PATIENT_INTAKE}?packet={forms.public_id}" if forms and not forms.progress.is_done else "",
        forms_take=f.minutes_words(forms.progress.minutes_left) if forms else "",
    )


def money_words(paid: PaidState) -> str:
    """`£65.00, paid`."""
    price = f.money(paid.amount_minor, paid.currency)
    back = f.money(paid.refunded_minor, paid.currency)
    match paid.status:
        case PaidStatus.PAID:
            return say(LOCALE, "{price}, paid by card", price=price)
        case PaidStatus.PAYS_LATER:
            return say(LOCALE, "{price}, to be paid after the visit", price=price)
        case PaidStatus.UNPAID:
            return say(LOCALE, "{price}, not paid yet", price=price)
        case PaidStatus.REFUND_PENDING:
            return say(LOCALE, "{price}, of which {back} is on its way back to you", price=price, back=back)
        case PaidStatus.PART_REFUNDED | PaidStatus.REFUNDED:
            return say(LOCALE, "{price}, of which {back} went back to you", price=price, back=back)
