"""Free times, as people are shown them. The law: docs/rules/slots.md."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, repeat
from zoneinfo import ZoneInfo

from portal.clinic.access import Permission, require
from portal.clinic.errors import Invalid, NotFound
from portal.clinic.people.rules import known_zone
from portal.clinic.practice import queries as practice
from portal.clinic.practice.tables import Clinician, Offer
from portal.clinic.scheduling import queries
from portal.clinic.scheduling.rules import slots
from portal.clinic.scheduling.rules.opening import openings
from portal.clinic.scheduling.rules.slots import Plan
from portal.clinic.scheduling.service.hours import kept_by_viewer
from portal.clinic.scheduling.values import Offering, Outlook, OverrideKind, Readiness, Slot
from portal.storage.work import UnitOfWork

_MOST_DAYS = 120
_FARTHEST_DAYS = 400
_DAY = timedelta(days=1)


def open_slots(  # noqa: PLR0913, PLR0917 - what, where from, how far, in whose days
    work: UnitOfWork, clinician_id: str, offer_id: str, first: date | None = None, days: int = 14, zone: str = "UTC"
) -> list[Slot]:
    """Times of one clinician for one service that can be booked now, on `days` dates of `zone` from `first` on.

    Raises:
        NotFound: no such clinician or service, or they do not go together.
        Invalid: `zone_unknown`.
    """
    if not known_zone(zone):
        raise Invalid("zone_unknown")
    clinician, offer = practice.clinician_row(work, clinician_id), practice.offer_row(work, offer_id)
    if clinician is None or offer is None or not is_given(work, clinician, offer):
        raise NotFound
    today = work.now.astimezone(ZoneInfo(zone)).date()
    begin = first or today
    if abs((begin - today).days) > _FARTHEST_DAYS:
        return []
    start = datetime.combine(begin, time(), ZoneInfo(zone)).astimezone(UTC)
    end = datetime.combine(begin + timedelta(days=max(0, min(days, _MOST_DAYS))), time(), ZoneInfo(zone)).astimezone(
        UTC
    )
    return _slots(work, [(clinician, offer)], max(start, work.now), end)[0]


def next_free(work: UnitOfWork, most: int = 3, days: int = 30) -> dict[str, list[Slot]]:
    """The next times of every active clinician for their first service, by the clinician's public id."""
    pairs: dict[int, tuple[Clinician, Offer]] = {}
    for clinician, offer in practice.bookable_pairs(work):
        pairs.setdefault(clinician.id, (clinician, offer))
    found = _slots(work, list(pairs.values()), work.now, work.now + timedelta(days=days), most)
    return {clinician.public_id: free for (clinician, _), free in zip(pairs.values(), found, strict=True)}


def outlook(work: UnitOfWork, clinician_id: str, days: int = 14) -> Outlook:
    """What patients can book of a clinician in the next days: how the hours work out, for whoever keeps them.

    Raises:
        NotFound: there is no such clinician.
        NotAllowed: neither the owner nor the clinician.
    """
    clinician = kept_by_viewer(work, clinician_id)
    given = practice.given_offers(work, clinician.id)
    if not given:
        return Outlook(clinician.is_active, "", 0, (), days, "no_service")
    found = _slots(work, [(clinician, given[0])], work.now, work.now + timedelta(days=days))[0]
    why = "" if found else "full" if _has_hours(work, clinician.id) else "no_hours"
    return Outlook(
        clinician.is_active, given[0].name, len(found), tuple(slot.starts_at for slot in found[:3]), days, why
    )


def readiness(work: UnitOfWork) -> Readiness:
    """What is still missing before patients find a free time: for the owner of a practice that is new."""
    require(work, Permission.MANAGE_PRACTICE)
    profile = practice.practice_row(work)
    shown = [one for one in practice.clinician_rows(work) if one.is_active]
    ready = [one for one in practice.clinician_rows(work) if _has_hours(work, one.id)]
    return Readiness(
        profile=profile is not None and bool(profile.name and profile.phone),
        service=bool(practice.offers(work, active_only=True)),
        clinician=bool(practice.clinician_rows(work)),
        hours=any(practice.given_offers(work, one.id) for one in ready),
        shown=any(practice.given_offers(work, one.id) and one in ready for one in shown),
    )


def is_given(work: UnitOfWork, clinician: Clinician, offer: Offer) -> bool:
    """Whether this clinician gives this service now: the one question for showing times and for holding one."""
    return clinician.is_active and offer.is_active and practice.gives(work, clinician.id, offer.id)


def day_plan(work: UnitOfWork, clinician: Clinician, offer: Offer, at: datetime) -> Plan:
    """The plan around one instant: enough to decide whether it may be booked."""
    return _plans(work, [(clinician, offer)], at - 2 * _DAY, at + 2 * _DAY)[0]


def _has_hours(work: UnitOfWork, clinician_id: int) -> bool:
    since = (work.now - _DAY).date()
    habit = queries.weekly_hours(work, [clinician_id])[clinician_id]
    dates = queries.overrides(work, [clinician_id], since, since + timedelta(days=_FARTHEST_DAYS))[clinician_id]
    return bool(habit) or any(one.kind is OverrideKind.HOURS for one in dates)


def _slots(
    work: UnitOfWork, pairs: Sequence[tuple[Clinician, Offer]], start: datetime, end: datetime, most: int | None = None
) -> list[list[Slot]]:
    """Times from `start` until before `end`, a list for each pair, at most so many of each."""
    since, until = int(start.timestamp()), int(end.timestamp())
    found: list[list[Slot]] = []
    for (clinician, offer), plan in zip(pairs, _plans(work, pairs, start, end), strict=True):
        who, what, length = clinician.public_id, offer.public_id, offer.minutes * 60
        begins = list(islice(slots.starts(plan, since, until, work.now), most))
        ends = [at + length for at in begins]
        found.append(list(map(Slot, map(_instant, begins), map(_instant, ends), repeat(who), repeat(what))))
    return found


@functools.lru_cache(maxsize=20_000)
def _instant(second: int) -> datetime:
    """Many clinicians begin at the same instants."""
    return datetime.fromtimestamp(second, UTC)


def _plans(work: UnitOfWork, pairs: Sequence[tuple[Clinician, Offer]], start: datetime, end: datetime) -> list[Plan]:
    """Three queries for any number of clinicians."""
    ids = [clinician.id for clinician, _ in pairs]
    first, last = (start - _DAY).date(), (end + _DAY).date()
    hours, exceptions = queries.weekly_hours(work, ids), queries.overrides(work, ids, first, last)
    busy = queries.busy(work, ids, start - _DAY, end + _DAY)
    return [
        Plan(
            zone=clinician.zone,
            open=openings(clinician.zone, hours[clinician.id], exceptions[clinician.id], first, last),
            busy=busy[clinician.id],
            offering=_offering(offer),
        )
        for clinician, offer in pairs
    ]


def _offering(offer: Offer) -> Offering:
    return Offering(
        minutes=offer.minutes,
        buffer_before=offer.buffer_before_minutes,
        buffer_after=offer.buffer_after_minutes,
        notice=offer.notice_minutes,
        window_days=offer.window_days,
        step=offer.step_minutes,
    )
