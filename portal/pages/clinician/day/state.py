"""What the day holds: read when it is opened, again while it stays open."""

from __future__ import annotations

from datetime import date

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import DayView
from portal.pages.clinician.day.cards import DayCard, day_card
from portal.pages.clinician.screens import put_away_others, screen
from portal.pages.guard import allow, read, transact
from portal.storage.clock import utc_now


@screen
class DayState(rx.State):
    """One day of the viewer's own calendar."""

    view: rx.Field[DayCard] = rx.field(default_factory=DayCard)
    _on: date | None = None
    _told: frozenset[str] = frozenset()

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def load(self) -> None:
        """Show the day that the address names; today, when it names none."""
        await put_away_others(self)
        self._on = _date(self.router.url.query_parameters.get("on", ""))
        self._show(await transact(visits.open_day, self._on))

    @rx.event
    @allow(Permission.CLINICIAN_DAY, by_itself=True)
    async def refresh(self) -> None:
        """Look again: who waits, what was paid and sent meanwhile, where the day is."""
        if not self.view.ready:
            return
        seen = await read(visits.day, self._on)
        if not _answered(seen) <= self._told:  # something new to read: that is a reading of its own
            seen = await transact(visits.open_day, self._on)
        self._show(seen)

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def close(self) -> None:
        """Put the day away when its screen goes."""
        self.reset()

    def _show(self, seen: DayView) -> None:
        self._told = _answered(seen)
        self.view = day_card(seen, utc_now())


def _answered(seen: DayView) -> frozenset[str]:
    """What patients answered, as far as the day shows it."""
    marks = [(one.appointment_id, one.intake) for one in seen.entries if one.intake]
    scores = {f"{visit}:{one.measure}:{one.score.total}" for visit, mark in marks for one in mark.scores}
    scores |= {f"{one.appointment_id}:to talk" for one in seen.to_talk}
    return frozenset(
        scores | {f"{visit}:{mark.flag.public_id}:{mark.flag.words}" for visit, mark in marks if mark.flag}
    )


def _date(text: str) -> date | None:
    try:
        on = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return on if 2000 <= on.year <= 2100 else None
