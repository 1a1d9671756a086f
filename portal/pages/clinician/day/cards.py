"""The day in words: each row as it stands on the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal import routes
from portal.clinic.intake.values import FlagView
from portal.clinic.records.values import NoteStatus
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits.values import DayEntry, DaySummary, DayView, OpenNote, RoomState, ToTalk, VisitState
from portal.components.cards import Score
from portal.pages.clinician.frame import first_name
from portal.pages.clinician.words import (
    TO_PAY,
    Bit,
    called_words,
    consent_bit,
    day_inside,
    flag_words,
    forms_bit,
    paid_bit,
    score_cards,
)
from portal.texts import LOCALE, say, say_n
from portal.texts import formats as f


@dataclass(frozen=True)
class RowCard:
    """One visit of the day. `act`: what its one button does; `now`: the line that lies before the row."""

    visit: str
    time: str
    lasts: str
    name: str
    href: str
    first: bool
    about: str
    state: str
    flag: str
    bits: list[Bit]
    scores: list[Score]
    no_score: str
    act: str
    act_href: str
    first_name: str
    now: str = ""


@dataclass(frozen=True)
class WaitingCard:
    """Somebody in the waiting room, in the side panel."""

    name: str
    words: str


@dataclass(frozen=True)
class LinkCard:
    """A line of the side panel."""

    label: str
    href: str
    note: str


@dataclass(frozen=True)
class DayCard:
    """The whole screen; `ready` is False until it was read once."""

    ready: bool = False
    heading: str = ""
    summary: str = ""
    is_today: bool = False
    rows: list[RowCard] = field(default_factory=list[RowCard])
    now_after: str = ""
    waiting: list[WaitingCard] = field(default_factory=list[WaitingCard])
    waiting_visit: str = ""
    to_talk: list[LinkCard] = field(default_factory=list[LinkCard])
    to_finish: list[LinkCard] = field(default_factory=list[LinkCard])
    next_title: str = ""
    next_words: str = ""
    back: LinkCard = LinkCard("", routes.DAY, "")
    on: LinkCard = LinkCard("", routes.DAY, "")


def day_card(view: DayView, now: datetime) -> DayCard:
    """The screen of a day."""
    is_today = view.on == view.today
    lit = _lit(view, now) if is_today else ""
    line = say(LOCALE, "Now {time}", time=f.clock(now, view.zone)) if is_today else ""
    rows, before = _rows(view, now, lit, line)
    waiting = sorted((one for one in view.entries if one.is_waiting), key=_since)
    return DayCard(
        ready=True,
        heading=f.day_long(view.on),
        summary=_summary(view, now),
        is_today=is_today,
        rows=rows,
        now_after="" if before or not rows else line,
        waiting=[_waiting(one, view.zone, now) for one in waiting],
        waiting_visit=waiting[0].appointment_id if waiting and waiting[0].appointment_id == lit else "",
        to_talk=[_to_talk(one, view) for one in view.to_talk],
        to_finish=[_open_note(one, view) for one in view.to_finish],
        next_title=f.day_word(view.following.on, view.today),
        next_words=_following(view.following, view.zone),
        back=_day_link(view.on - timedelta(days=1)),
        on=_day_link(view.on + timedelta(days=1)),
    )


def _rows(view: DayView, now: datetime, lit: str, line: str) -> tuple[list[RowCard], bool]:
    rows: list[RowCard] = []
    drawn = False
    for one in view.entries:
        here = bool(line) and not drawn and one.starts_at > now
        drawn = drawn or here
        rows.append(
            _row(one, view.zone, "next" if one.appointment_id == lit else _state(one, now), line if here else "")
        )
    return rows, drawn


def _row(one: DayEntry, zone: str, state: str, line: str) -> RowCard:
    cancelled = one.status is AppointmentStatus.CANCELLED
    act = _act(one)
    there = {"admit": routes.DAY_ROOM, "room": routes.DAY_ROOM}
    key = "visit" if act in there else "id"
    href = f"{routes.DAY_VISIT}?id={one.appointment_id}"
    scores = [] if cancelled else score_cards(one.intake)
    flag = _flag(one)
    return RowCard(
        visit=one.appointment_id,
        time=f.clock(one.starts_at, zone),
        lasts=say(LOCALE, "{n} min", n=int((one.ends_at - one.starts_at).total_seconds()) // 60),
        name=one.patient_name,
        href=href,
        first=one.number == 1,
        about=_about(one, zone),
        state=state,
        flag=flag_words(flag) if flag else "",
        bits=_bits(one, zone),
        scores=scores,
        no_score="" if scores else _no_score(one),
        act=act,
        act_href=f"{there.get(act, routes.DAY_VISIT)}?{key}={one.appointment_id}",
        first_name=one.patient_called or first_name(one.patient_name),
        now=line,
    )


def _about(one: DayEntry, zone: str) -> str:
    service = one.offer_name
    if one.number > 1:
        service = say(LOCALE, "{service}, visit {n}", service=one.offer_name, n=one.number)
    if one.number == 1 and service == say(LOCALE, "First visit"):
        service = ""
    there = {"time": f.clock(one.starts_at, one.patient_zone), "city": f.zone_city(one.patient_zone)}
    elsewhere = there["time"] != f.clock(one.starts_at, zone)
    parts = (called_words(one), service, say(LOCALE, "{time} in {city}", **there) if elsewhere else "")
    return " · ".join(part for part in parts if part)


def _flag(one: DayEntry) -> FlagView | None:
    """The answer that needs a look: after a cancellation it is there until it was talked about."""
    flag = one.intake.flag if one.intake else None
    talked = flag is not None and one.status is AppointmentStatus.CANCELLED and flag.seen_at is not None
    return None if talked else flag


def _act(one: DayEntry) -> str:
    if one.status is AppointmentStatus.CANCELLED:
        return "open" if _flag(one) else ""
    if one.is_waiting and not _is_held(one):
        return "admit"
    if one.state is VisitState.ADMITTED and one.room is RoomState.ADMITTED:
        return "room"
    written = {NoteStatus.SIGNED: "signed", NoteStatus.DRAFT: "finish_note"}
    begun = "write_note" if one.state is VisitState.FINISHED else "open"
    return written.get(one.note.status, begun)


def _is_held(one: DayEntry) -> bool:
    return one.intake is not None and one.intake.consent_gone_at is not None


def _state(one: DayEntry, now: datetime) -> str:
    over = one.state in {VisitState.FINISHED, VisitState.NO_SHOW} or one.status is AppointmentStatus.CANCELLED
    return "past" if over or one.ends_at <= now else ""


def _lit(view: DayView, now: datetime) -> str:
    """The one lit row: who waits longest, else who is in the room, else who comes next."""
    left = [one for one in view.entries if _state(one, now) == "" or one.is_waiting]
    waiting = sorted((one for one in left if one.is_waiting), key=_since)
    inside = [one for one in left if one.room is RoomState.ADMITTED]
    coming = [one for one in left if one.ends_at > now]
    return next((one.appointment_id for one in (*waiting, *inside, *coming)), "")


def _since(one: DayEntry) -> datetime:
    return one.waiting_since or one.starts_at


def _bits(one: DayEntry, zone: str) -> list[Bit]:
    bits = (paid_bit(one, zone), _kept(one), _ended(one, zone), consent_bit(one, zone), forms_bit(one, zone))
    return [bit for bit in bits if bit]


def _kept(one: DayEntry) -> Bit | None:
    paid = one.paid
    if one.status is not AppointmentStatus.CANCELLED or paid.status in TO_PAY:
        return None
    kept = {
        "kept": f.money(paid.amount_minor - paid.refunded_minor, paid.currency),
        "price": f.money(paid.amount_minor, paid.currency),
    }
    return Bit("plain", "", say(LOCALE, "{kept} of {price} kept", **kept))


def _ended(one: DayEntry, zone: str) -> Bit | None:
    if one.state is VisitState.NO_SHOW:
        return Bit("caution", "close", say(LOCALE, "Did not come"))
    if one.finished_at is None:
        return None
    at = f.clock(one.finished_at, zone)
    ended = say(LOCALE, "By phone, ended {time}", time=at) if one.by_phone else say(LOCALE, "Ended {time}", time=at)
    return Bit("plain", "", ended)


def _no_score(one: DayEntry) -> str:
    if one.status is AppointmentStatus.CANCELLED:
        return ""
    return say(LOCALE, "No score yet") if one.intake and one.intake.parts else say(LOCALE, "No forms")


def _summary(view: DayView, now: datetime) -> str:
    kept = [one for one in view.entries if one.status is not AppointmentStatus.CANCELLED]
    zone = say(LOCALE, "Your times are {zone}.", zone=f.zone_words(view.zone, at=now))
    if not kept:
        return zone
    visits = say_n(LOCALE, "{n} visit", "{n} visits", len(kept))
    done = sum(one.state is VisitState.FINISHED for one in kept)
    if not done:
        return f"{visits}. {zone}"
    return say(LOCALE, "{visits}, {done} done. {zone}", visits=visits, done=done, zone=zone)


def _waiting(one: DayEntry, zone: str, now: datetime) -> WaitingCard:
    since = _since(one)
    minutes = int((now - since).total_seconds()) // 60
    at = f.clock(since, zone)
    if minutes < 1:
        return WaitingCard(one.patient_name, say(LOCALE, "since {time}", time=at))
    return WaitingCard(
        one.patient_name, say(LOCALE, "since {time}, for {span}", time=at, span=f.minutes_words(minutes))
    )


def _to_talk(one: ToTalk, view: DayView) -> LinkCard:
    when = _when(one.starts_at, view)
    href = f"{routes.DAY_VISIT}?id={one.appointment_id}"
    return LinkCard(one.patient_name, href, say(LOCALE, "Visit {when}, cancelled", when=when))


def _open_note(one: OpenNote, view: DayView) -> LinkCard:
    when = _when(one.starts_at, view)
    label = say(LOCALE, "Note for {name}, {when}", name=one.patient_name, when=when)
    href = f"{routes.DAY_VISIT}?id={one.appointment_id}"
    if one.saved_at is None:
        return LinkCard(label, href, say(LOCALE, "Not begun"))
    same_day = f.day_of(one.saved_at, view.zone) == f.day_of(one.starts_at, view.zone)
    saved = f.clock(one.saved_at, view.zone) if same_day else _when(one.saved_at, view)
    return LinkCard(label, href, say(LOCALE, "Draft, saved {when}", when=saved))


def _when(at: datetime, view: DayView) -> str:
    day = day_inside(f.day_of(at, view.zone), view.today)
    return say(LOCALE, "{day} {time}", day=day, time=f.clock(at, view.zone))


def _following(day: DaySummary, zone: str) -> str:
    if not day.visits or day.first_at is None:
        return say(LOCALE, "No visits.")
    words = [
        say_n(LOCALE, "{n} visit, at {time}.", "{n} visits, from {time}.", day.visits, time=f.clock(day.first_at, zone))
    ]
    if day.unpaid:
        words.append(say_n(LOCALE, "{n} is not paid.", "{n} are not paid.", day.unpaid))
    if day.forms_open:
        words.append(say_n(LOCALE, "{n} has forms open.", "{n} have forms open.", day.forms_open))
    return " ".join(words)


def _day_link(on: date) -> LinkCard:
    return LinkCard(f.day_long(on), f"{routes.DAY}?on={on.isoformat()}", "")
