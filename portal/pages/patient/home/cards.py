"""What the home shows, as strings that are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal import routes
from portal.clinic.intake.values import FormProgress, PacketMark
from portal.clinic.scheduling.values import AppointmentView
from portal.clinic.visits.values import RoomStatus
from portal.pages.patient import words
from portal.texts import LOCALE, say, say_n
from portal.texts import formats as f

CONSENT = "consent_telehealth"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextVisit:
    """The visit that is lit. `state` is early, open, waiting or admitted; empty when there is none."""

    state: str = ""
    face: str = ""
    therapist: str = ""
    when_at: str = ""
    when_short: str = ""
    who: str = ""
    zone: str = ""
    opens_at: str = ""
    opens_in: str = ""
    room: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Todo:
    """One thing to do before the visit; `href` is empty once it is done."""

    key: str
    what: str
    detail: str
    done: bool
    href: str = ""
    started: bool = False


def next_visit(visit: AppointmentView, room: RoomStatus, now: datetime, zone: str) -> NextVisit:
    """The lit card. Once the room is open the time alone is large, with how long it is until then."""
    early = room.state.value == "early"
    here = f.zone_words(zone, at=visit.starts_at)
    if now < visit.starts_at and not early:
        here = say(LOCALE, "in {time}, {zone}", time=f.until_words(now, visit.starts_at), zone=here)
    return NextVisit(
        state=room.state.value,
        face=visit.clinician.portrait,
        therapist=words.short_name(visit.clinician.name),
        when_at=words.day_and_time(visit.starts_at, now, zone) if early else f.clock(visit.starts_at, zone),
        when_short=_short(visit.starts_at, now, zone) if early else f.clock(visit.starts_at, zone),
        who=words.company(visit) if early else visit.clinician.name,
        zone=here,
        opens_at=f.clock(room.opens_at, zone),
        opens_in=f.until_words(now, room.opens_at) if room.opens_at - now < _DAY else "",
        room=f"{routes.PATIENT_ROOM}?visit={visit.public_id}",
        detail=f"{routes.PATIENT_VISIT}?id={visit.public_id}",
    )


def _short(at: datetime, now: datetime, zone: str) -> str:
    """`Thu 19 Mar, 10:30`, whose date stays on one line of a phone."""
    day = f.day_word(f.day_of(at, zone), f.day_of(now, zone)).replace(" ", "\u00a0")
    return say(LOCALE, "{day}, {time}", day=day, time=f.clock(at, zone))


def todos(mark: PacketMark, now: datetime, zone: str) -> list[Todo]:
    """The forms of a packet, as things that are done or to do."""
    return [_todo(form, mark, now, zone) for form in mark.progress.forms]


def _todo(form: FormProgress, mark: PacketMark, now: datetime, zone: str) -> Todo:
    if form.is_submitted:
        at = words.said_at(mark.sent_at[form.key], now, zone) if form.key in mark.sent_at else ""
        detail = say(LOCALE, "Signed {at}", at=at) if form.key == CONSENT else say(LOCALE, "Sent {at}", at=at)
        return Todo(form.key, form.title, detail, done=True)
    detail = say_n(LOCALE, "about {n} minute", "about {n} minutes", max(form.minutes_left, 1))
    if form.answered == form.total and form.key != CONSENT:
        detail = say(LOCALE, "{answered} of {total} answered, not sent yet", answered=form.answered, total=form.total)
    elif form.is_started and form.key != CONSENT:
        detail = say(
            LOCALE,
            "{answered} of {total} answered, {minutes} left",
            answered=form.answered,
            total=form.total,
            minutes=detail,
        )
    href = f"{routes.PATIENT_INTAKE}?packet={mark.public_id}&form={form.key}"
    return Todo(form.key, form.title, detail[:1].upper() + detail[1:], done=False, href=href, started=form.is_started)
