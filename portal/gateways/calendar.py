"""Calendar files of an appointment: practice, time and a link; never the service, a reason or another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from portal.gateways.mail import Attachment
from portal.gateways.smtp_mail import one_line

PRODUCT = "-//Quietroom//Quietroom//EN"


class Method(StrEnum):
    """What a calendar file asks a calendar to do."""

    REQUEST = "REQUEST"  # put it in, or move it
    CANCEL = "CANCEL"  # take it out
    PUBLISH = "PUBLISH"  # a file that somebody downloads


@dataclass(frozen=True)
class CalendarEntry:
    """An appointment as a calendar may know it.

    `public_id` names it for good; `sequence` grows with every change, a cancellation included. Instants are aware.
    `url` is the portal's page about it, behind sign-in. `description` is one neutral sentence.
    """

    public_id: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    practice_name: str
    practice_email: str
    attendee_email: str
    url: str
    description: str = ""


def calendar_file(entry: CalendarEntry, method: Method) -> bytes:
    """The entry as iCalendar, instants in UTC."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(_event(entry, method))
    return calendar.to_ical()


def calendar_attachment(entry: CalendarEntry, method: Method) -> Attachment:
    """The entry as mail programs expect it: they offer to put it in, or take it out."""
    content_type = f"text/calendar; method={method.value}; charset=utf-8"
    name = "cancelled.ics" if method is Method.CANCEL else "appointment.ics"
    return Attachment(name, calendar_file(entry, method), content_type)


def _event(entry: CalendarEntry, method: Method) -> Event:
    practice = one_line(entry.practice_name)
    event = Event()
    event.add("uid", f"{entry.public_id}@quietroom")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", practice)
    if entry.description:
        event.add("description", f"{one_line(entry.description)}\n{entry.url}")
    event.add("url", vUri(entry.url))
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("organizer", _person(entry.practice_email, cn=practice), encode=False)
    if method is not Method.PUBLISH:
        attending = _person(entry.attendee_email, partstat="ACCEPTED", rsvp="FALSE", role="REQ-PARTICIPANT")
        event.add("attendee", attending, encode=False)
    return event


def _person(email: str, **about: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(email)}")
    for name, value in about.items():
        address.params[name.upper()] = vText(value)
    return address
