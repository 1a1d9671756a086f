"""Letters of the practice: what they say is decided when they leave, from what is true then.

They carry practice, time, zone and link; never the service, a reason, or anything of health.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from portal.clinic.billing import queries as money
from portal.clinic.billing.values import RefundReason
from portal.clinic.errors import NotFound
from portal.clinic.people import queries as links
from portal.clinic.people import service as people
from portal.clinic.people.tables import MailboxProof
from portal.clinic.people.values import Contact
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import PracticeProfile
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.tables import Appointment
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView
from portal.gateways.calendar import CalendarEntry, Method, calendar_attachment
from portal.gateways.mail import Attachment, Letter
from portal.routes import DAY_VISIT, HOME, JOIN, PATIENT_PAPERS, PATIENT_VISIT, RESET_NEW
from portal.settings import Settings
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import say
from portal.texts.formats import moment, zone_words
from portal.texts.formats import money as price


@dataclass(frozen=True)
class Desk:
    """What every letter starts from: the settings and the errand's key, which gives the Message-ID."""

    settings: Settings
    key: str


def compose(work: UnitOfWork, desk: Desk, kind: str, payload: dict[str, Any]) -> Letter | None:
    """The letter for an errand, or None when there is nothing to say any more."""
    return _KINDS[kind](work, desk, payload)


def message_id(desk: Desk) -> str:
    """The same for every try at one errand, so that a repetition can be told."""
    host = urlsplit(desk.settings.address).hostname or "localhost"
    return f"<{hashlib.sha256(desk.key.encode()).hexdigest()[:32]}@{host}>"


def _confirmed(work: UnitOfWork, desk: Desk, payload: dict[str, Any]) -> Letter | None:
    visit = scheduling.appointment(work, payload["appointment"])
    if visit.status is not AppointmentStatus.CONFIRMED or visit.sequence != payload["sequence"]:
        return None
    profile, to = practice.profile(work), _recipient(work, visit, payload["whom"])
    when = _when(visit, to)
    lines = [
        say(to.locale, "Hello {name},", name=to.name),
        _booked_words(to, payload["whom"], when),
        say(to.locale, "It is by video, in your browser. Nothing needs to be installed."),
        say(to.locale, "Everything else, also how to change or cancel it:"),
        _link(desk.settings, visit, payload["whom"]),
        _reach(to, profile),
    ]
    subject = say(to.locale, "{practice}: {when}", practice=profile.name, when=when)
    return _letter(desk, profile, to, subject, lines, _invitation(desk, profile, visit, to, Method.REQUEST))


def _booked_words(to: Contact, whom: str, when: str) -> str:
    if whom == "clinician":
        return say(to.locale, "A visit is booked in your calendar: {when}.", when=when)
    return say(to.locale, "Your visit is booked: {when}.", when=when)


def _cancelled(work: UnitOfWork, desk: Desk, payload: dict[str, Any]) -> Letter | None:
    visit = scheduling.appointment(work, payload["appointment"])
    if visit.status is not AppointmentStatus.CANCELLED:
        return None
    profile, to = practice.profile(work), _recipient(work, visit, payload["whom"])
    when = _when(visit, to)
    lines = [
        say(to.locale, "Hello {name},", name=to.name),
        *_cancelled_words(to, payload["whom"], when),
        _link(desk.settings, visit, payload["whom"]),
        _reach(to, profile),
    ]
    subject = say(to.locale, "{practice}: cancelled, {when}", practice=profile.name, when=when)
    return _letter(desk, profile, to, subject, lines, _invitation(desk, profile, visit, to, Method.CANCEL))


def _cancelled_words(to: Contact, whom: str, when: str) -> tuple[str, str]:
    if whom == "clinician":
        said = say(to.locale, "A visit in your calendar is cancelled: {when}. Its time is free again.", when=when)
        return said, say(to.locale, "It stands here:")
    said = say(to.locale, "Your visit is cancelled: {when}. You don’t have to do anything else.", when=when)
    return said, say(to.locale, "What it means for the payment, and how to find another time:")


def _open_proof(work: UnitOfWork, public_id: str) -> MailboxProof | None:
    proof = links.proof_row(work, public_id)
    return None if proof is None or proof.used_at or work.now >= proof.ends_at else proof


def _reset(work: UnitOfWork, desk: Desk, payload: dict[str, Any]) -> Letter | None:
    proof = _open_proof(work, payload["proof"])
    if proof is None:
        return None
    profile, to = practice.profile(work), people.contact(work, proof.person_id)
    lines = [
        say(to.locale, "Hello {name},", name=to.name),
        say(to.locale, "Here you can set a new password. The link works once, for 15 minutes:"),
        f"{desk.settings.address}{RESET_NEW}#{proof.token}",
        say(to.locale, "If you did not ask for this, you can ignore this mail. Nothing has changed."),
        _reach(to, profile),
    ]
    subject = say(to.locale, "{practice}: set a new password", practice=profile.name)
    return _letter(desk, profile, to, subject, lines)


def _invited(work: UnitOfWork, desk: Desk, payload: dict[str, Any]) -> Letter | None:
    """The practice's name and a link, no more: whoever reads another's mail learns nothing of what is done here."""
    proof = _open_proof(work, payload["proof"])
    if proof is None:
        return None
    profile, to = practice.profile(work), people.contact(work, proof.person_id)
    lines = [
        say(to.locale, "{practice} has made an account for you.", practice=profile.name),
        say(to.locale, "Choose your password here. The link works once, for 7 days:"),
        f"{desk.settings.address}{JOIN}#{proof.token}",
        say(to.locale, "If you do not know this practice, you can ignore this mail. Nothing will happen."),
    ]
    subject = say(to.locale, "{practice}: your invitation", practice=profile.name)
    return _letter(desk, profile, to, subject, lines)


def _paid_too_late(work: UnitOfWork, desk: Desk, payload: dict[str, Any]) -> Letter | None:
    payment = money.payment_row(work, payload["payment"])
    if payment is None:
        raise NotFound
    profile, to = practice.profile(work), people.contact(work, payment.patient_id)
    starts_at = work.db.get_one(Appointment, payment.appointment_id).starts_at
    when = f"{moment(starts_at, to.zone)} ({zone_words(to.zone, at=starts_at)})"
    amount = price(payload.get("amount", payment.amount_minor), payment.currency)
    lines = [
        say(to.locale, "Hello {name},", name=to.name),
        *_why_back(to, payload.get("reason", ""), when, amount),
        *_where_next(to, desk.settings, payload.get("reason", "")),
        _reach(to, profile),
    ]
    subject = say(to.locale, "{practice}: your payment goes back to you", practice=profile.name)
    return _letter(desk, profile, to, subject, lines)


def _why_back(to: Contact, reason: str, when: str, amount: str) -> tuple[str, str]:
    """Why money goes back that nobody asked for, and how much."""
    if reason == RefundReason.DUPLICATE:
        return (
            say(to.locale, "Your visit on {when} was paid twice.", when=when),
            say(
                to.locale, "The second {amount} is on its way back to your card. {bank}", amount=amount, bank=_bank(to)
            ),
        )
    if reason in {RefundReason.CANCELLED, RefundReason.NO_SHOW}:
        return (
            say(to.locale, "For {when} you paid more than was owed.", when=when),
            say(to.locale, "{amount} is on its way back to your card. {bank}", amount=amount, bank=_bank(to)),
        )
    return (
        say(to.locale, "Your payment for {when} reached us after the time was no longer kept for you.", when=when),
        say(
            to.locale,
            "We could not book it, so {amount} is on its way back to your card. {bank}",
            amount=amount,
            bank=_bank(to),
        ),
    )


def _bank(to: Contact) -> str:
    return say(to.locale, "Your bank may need a few days.")


def _where_next(to: Contact, settings: Settings, reason: str) -> tuple[str, str]:
    if reason in {RefundReason.DUPLICATE, RefundReason.CANCELLED, RefundReason.NO_SHOW}:
        return say(to.locale, "Your receipts stand here:"), f"{settings.address}{PATIENT_PAPERS}"
    return say(to.locale, "Other free times are here:"), f"{settings.address}{HOME}"


_KINDS: dict[str, Callable[[UnitOfWork, Desk, dict[str, Any]], Letter | None]] = {
    "mail.confirmed": _confirmed,
    "mail.cancelled": _cancelled,
    "mail.reset": _reset,
    "mail.invitation": _invited,
    "mail.paid_too_late": _paid_too_late,
}


def _recipient(work: UnitOfWork, visit: AppointmentView, whom: str) -> Contact:
    return people.contact(work, visit.clinician_person_id if whom == "clinician" else visit.patient_id or 0)


def _when(visit: AppointmentView, to: Contact) -> str:
    return f"{moment(visit.starts_at, to.zone)}, {zone_words(to.zone, at=visit.starts_at)}"


def _link(settings: Settings, visit: AppointmentView, whom: str) -> str:
    page = DAY_VISIT if whom == "clinician" else PATIENT_VISIT
    return f"{settings.address}{page}?id={visit.public_id}"


def _reach(to: Contact, profile: PracticeProfile) -> str:
    if not profile.phone:
        return profile.name
    return say(to.locale, "{practice}, phone {phone}", practice=profile.name, phone=profile.phone)


def _invitation(
    desk: Desk, profile: PracticeProfile, visit: AppointmentView, to: Contact, method: Method
) -> tuple[Attachment, ...]:
    return (calendar_attachment(calendar_entry(desk.settings, profile, visit, to), method),)


def calendar_entry(settings: Settings, profile: PracticeProfile, visit: AppointmentView, to: Contact) -> CalendarEntry:
    """A visit as the calendar of one of its two parties may know it."""
    whom = "clinician" if to.person_id == visit.clinician_person_id else "patient"
    return CalendarEntry(
        public_id=visit.public_id,
        sequence=visit.sequence,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        stamped_at=visit.cancelled_at or visit.confirmed_at or visit.starts_at,
        practice_name=profile.name,
        practice_email=settings.mail_from or profile.email,
        attendee_email=to.email,
        url=_link(settings, visit, whom),
        description=say(to.locale, "By video, in your browser."),
    )


def _letter(  # noqa: PLR0913, PLR0917 - the parts of a letter
    desk: Desk,
    profile: PracticeProfile,
    to: Contact,
    subject: str,
    lines: list[str],
    attachments: tuple[Attachment, ...] = (),
) -> Letter:
    return Letter(
        to=to.email,
        to_name=to.name,
        from_name=profile.name,
        subject=subject,
        text="\n\n".join(lines) + "\n",
        message_id=message_id(desk),
        attachments=attachments,
        headers=(("Auto-Submitted", "auto-generated"),),
    )
