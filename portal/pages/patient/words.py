"""How visits, money and people are told to a patient."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.clinic.billing.values import PaidState, PaidStatus
from portal.clinic.scheduling.rules.cancelling import due_after_no_show, refund_due
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView, CancellationTerms
from portal.texts import LOCALE, say
from portal.texts import formats as f
from portal.texts.names import short_name

_DAWN, _NOON, _EVENING, _NIGHT = 5, 12, 18, 22


def greeting(now: datetime, zone: str, name: str) -> str:
    """`Good morning, Rosa`, by the reader's clock."""
    hour = now.astimezone(ZoneInfo(zone)).hour
    if hour < _DAWN or hour >= _NIGHT:
        return say(LOCALE, "Hello, {name}", name=name)
    if hour < _NOON:
        return say(LOCALE, "Good morning, {name}", name=name)
    if hour < _EVENING:
        return say(LOCALE, "Good afternoon, {name}", name=name)
    return say(LOCALE, "Good evening, {name}", name=name)


def day_and_time(at: datetime, now: datetime, zone: str) -> str:
    """`Today, 14:30`, `Tomorrow, 14:30`, else `Thursday 19 March, 14:30`."""
    on, today = f.day_of(at, zone), f.day_of(now, zone)
    near = f.day_word(on, today) if 0 <= (on - today).days <= 1 else f.day_long(on)
    return say(LOCALE, "{day}, {time}", day=near, time=f.clock(at, zone))


def said_at(at: datetime, now: datetime, zone: str) -> str:
    """`today at 09:44`, else `17 Mar at 09:44`."""
    on = f.day_of(at, zone)
    time = f.clock(at, zone)
    if on == f.day_of(now, zone):
        return say(LOCALE, "today at {time}", time=time)
    return say(LOCALE, "{day} at {time}", day=f.day_brief(on), time=time)


def company(visit: AppointmentView) -> str:
    """`with Dr Miriam Okafor, 50 minutes, by video`."""
    return say(LOCALE, "with {name}, {length}, by video", name=visit.clinician.name, length=f.lasting(visit.minutes))


def elsewhere(visit: AppointmentView, zone: str) -> str:
    """What the therapist's clock says when it says something else; else nothing."""
    there = f.clock(visit.starts_at, visit.clinician.zone)
    if there == f.clock(visit.starts_at, zone):
        return ""
    city, name = f.zone_city(visit.clinician.zone), short_name(visit.clinician.name)
    return say(LOCALE, "It is {time} in {city}, where {name} is.", time=there, city=city, name=name)


def money_words(paid: PaidState) -> str:
    """`paid`, `to pay: £70.00`, and what went back."""
    back = f.money(paid.refunded_minor, paid.currency)
    match paid.status:
        case PaidStatus.PAID:
            return say(LOCALE, "paid")
        case PaidStatus.REFUND_PENDING:
            return say(LOCALE, "{money} is on its way back to you", money=back)
        case PaidStatus.PART_REFUNDED | PaidStatus.REFUNDED:
            return say(LOCALE, "{money} paid back", money=back)
        case PaidStatus.PAYS_LATER | PaidStatus.UNPAID:
            return say(LOCALE, "to pay: {money}", money=f.money(paid.due_minor, paid.currency))


def past_words(visit: AppointmentView, paid: PaidState) -> str:
    """What became of a visit, with the money where it matters."""
    if visit.status is AppointmentStatus.NO_SHOW:
        return say(LOCALE, "We missed you: {money}", money=_kept_words(visit, paid))
    if visit.status is not AppointmentStatus.CANCELLED:
        return say(LOCALE, "{name}, {length}", name=short_name(visit.clinician.name), length=f.lasting(visit.minutes))
    if visit.cancelled_by != "patient":
        return say(LOCALE, "Cancelled by the practice, nothing to pay")
    if kept_minor(visit) == 0:
        return say(LOCALE, "Cancelled by you in time, nothing to pay")
    return say(LOCALE, "Cancelled by you: {money}", money=_kept_words(visit, paid))


def _kept_words(visit: AppointmentView, paid: PaidState) -> str:
    kept = f.money(kept_minor(visit), visit.currency)
    if paid.status in {PaidStatus.PAYS_LATER, PaidStatus.UNPAID}:
        return say(LOCALE, "{money} to pay", money=kept)
    if paid.refunded_minor:
        return say(LOCALE, "{money} kept, the rest goes back to you", money=kept)
    return say(LOCALE, "{money} kept", money=kept)


def kept_minor(visit: AppointmentView) -> int:
    """What the practice keeps of a visit that did not take place."""
    terms = terms_of(visit)
    if visit.status is AppointmentStatus.NO_SHOW:
        return due_after_no_show(visit.starts_at, visit.price_minor, terms, visit.currency).keep_minor
    if visit.status is not AppointmentStatus.CANCELLED or visit.cancelled_by != "patient" or not visit.cancelled_at:
        return 0
    return refund_due(visit.starts_at, visit.cancelled_at, visit.price_minor, terms, visit.currency).keep_minor


def terms_of(visit: AppointmentView) -> CancellationTerms:
    """The terms under which the visit was booked."""
    return CancellationTerms(visit.free_cancel_hours, visit.late_fee_percent, visit.no_show_percent)
