"""What is true of a visit: when its room is open, who waits, who may come in. The law: docs/rules/visits.md."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.clinic.visits.values import Party, Progress, RoomState, VisitState

OPENS_BEFORE = timedelta(minutes=15)
CLOSES_AFTER = timedelta(hours=2)
HEARTBEAT_STALE = timedelta(seconds=10)
ADMIT_GRACE = timedelta(seconds=60)
NO_SHOW_AFTER = timedelta(minutes=10)
_OVER = frozenset({VisitState.FINISHED, VisitState.NO_SHOW})


def opens_at(visit: Progress) -> datetime:
    """From when on the room lets people in."""
    return visit.starts_at - OPENS_BEFORE


def closes_at(visit: Progress) -> datetime:
    """Until when both can come back, unless the visit is finished before."""
    return visit.ends_at + CLOSES_AFTER


def is_over(visit: Progress, now: datetime) -> bool:
    """Whether nobody can come in any more."""
    return visit.state in _OVER or now >= closes_at(visit)


def is_open(visit: Progress, now: datetime) -> bool:
    """Whether the room is open: from a quarter of an hour before until it is over."""
    return opens_at(visit) <= now and not is_over(visit, now)


def is_waiting(visit: Progress, now: datetime, patience: timedelta = HEARTBEAT_STALE) -> bool:
    """Whether the patient is in the waiting room: their page knocked a moment ago."""
    seen = visit.waiting_seen_at
    return visit.state is VisitState.WAITING and seen is not None and now - seen <= patience


def may_admit(visit: Progress, now: datetime) -> bool:
    """Whether the patient can be let in: they wait, or did a minute ago (a phone's page may doze)."""
    return is_open(visit, now) and is_waiting(visit, now, ADMIT_GRACE)


def may_join(visit: Progress, party: Party, now: datetime) -> bool:
    """Whether this party may have a seat: the clinician when the room is open, the patient once let in."""
    return is_open(visit, now) and (party is Party.CLINICIAN or visit.state is VisitState.ADMITTED)


def may_say_place(visit: Progress, now: datetime) -> bool:
    """Whether the patient can say where they are today: while the room is open, for nobody knows it before."""
    return is_open(visit, now)


def place_counts(visit: Progress, said_at: datetime | None) -> bool:
    """Whether what was said of the place was said for this opening; a visit that was moved is asked anew."""
    return said_at is not None and said_at >= opens_at(visit)


def took_place_by_phone(visit: Progress, admitted_at: datetime | None) -> bool:
    """Whether it was said that the visit took place by phone: it was held, and nobody was let in."""
    return visit.state is VisitState.FINISHED and admitted_at is None


def may_finish(visit: Progress, now: datetime) -> bool:
    """Whether the visit can be finished: it took place, so somebody was let in."""
    return visit.state is VisitState.ADMITTED and opens_at(visit) <= now


def may_finish_by_phone(visit: Progress, now: datetime) -> bool:
    """Whether it can be said that the visit took place by phone: it has begun, and nobody was let in instead."""
    return now >= visit.starts_at and visit.state in {VisitState.SCHEDULED, VisitState.WAITING}


def may_miss(visit: Progress, now: datetime) -> bool:
    """Whether the visit can be called a no-show: nobody was let in, nobody waits, ten minutes have passed."""
    began = now >= visit.starts_at + NO_SHOW_AFTER
    return began and visit.state in {VisitState.SCHEDULED, VisitState.WAITING} and not is_waiting(visit, now)


def room_state(visit: Progress, now: datetime) -> RoomState:
    """What the door says."""
    if is_over(visit, now):
        return RoomState.FINISHED
    if now < opens_at(visit):
        return RoomState.EARLY
    if visit.state is VisitState.ADMITTED:
        return RoomState.ADMITTED
    return RoomState.WAITING if is_waiting(visit, now) else RoomState.OPEN


def day_span(on: date, zone: str) -> tuple[datetime, datetime]:
    """From midnight to midnight on the clock of the zone; a day may have 23 or 25 hours."""
    midnights = (datetime.combine(day, time.min, ZoneInfo(zone)) for day in (on, on + timedelta(days=1)))
    since, until = (at.astimezone(UTC) for at in midnights)
    return since, until
