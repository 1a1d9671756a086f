"""Who comes when: a weekly or fortnightly rhythm for each patient, the same whenever it is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.demo.seed import cast

_EPOCH = date(2026, 1, 5)  # a Monday: rhythms are counted from here, so that a later start sees the same weeks
BEHIND = timedelta(weeks=13)
AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class Planned:
    """One visit of the rhythm. `number` is the patient, counted from 0; `chance` decides what becomes of it."""

    number: int
    slug: str
    service: str
    starts_at: datetime
    chance: float


def rhythm(now: datetime) -> list[Planned]:
    """Every planned visit from three months ago to four weeks ahead, by start."""
    planned = (visit for number in range(cast.PATIENTS) for visit in _of_patient(number, now))
    return sorted(planned, key=lambda visit: (visit.starts_at, visit.number))


def _of_patient(number: int, now: datetime) -> Iterator[Planned]:
    therapist = cast.THERAPISTS[number % len(cast.THERAPISTS)]
    place = number // len(cast.THERAPISTS)
    weekday, start, end = therapist.days[place % len(therapist.days)]
    hour = start + 60 * (1 + 2 * (place // len(therapist.days)))
    if hour + 90 > end:
        hour = start
    every = 1 if number % 3 else 2
    service = "couple" if "couple" in therapist.gives and number % 2 else "follow"
    monday = (now - BEHIND).date()
    monday -= timedelta(days=monday.weekday())
    while (on := monday + timedelta(days=weekday)) <= (now + AHEAD).date():
        week = (monday - _EPOCH).days // 7
        if week % every == (number // 3) % every:
            wall = datetime.combine(on, time(hour // 60, hour % 60), ZoneInfo(therapist.zone))
            chance = random.Random(f"{number}:{on}").random()
            yield Planned(number, therapist.slug, service, wall.astimezone(UTC), chance)
        monday += timedelta(weeks=1)
