"""All visits of a patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import PaidState
from portal.clinic.people import service as people
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView
from portal.pages.guard import allow, read
from portal.pages.patient import lines
from portal.pages.patient.lines import ComingVisit, PastVisit
from portal.storage.work import UnitOfWork


class VisitsState(rx.State):
    """What is booked and what was."""

    loaded: rx.Field[bool] = rx.field(False)
    coming: rx.Field[list[ComingVisit]] = rx.field(default_factory=list)
    past: rx.Field[list[PastVisit]] = rx.field(default_factory=list)

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def open(self) -> None:
        """Read them all."""
        found = await read(_look)
        ahead = [one for one in found.visits if _is_ahead(one[0], found.now)]
        behind = [one for one in reversed(found.visits) if not _is_ahead(one[0], found.now)]
        self.coming = [lines.coming_visit(*one, found.now, found.zone) for one in ahead]
        self.past = [lines.past_visit(*one, found.zone) for one in behind]
        self.loaded = True


@dataclass(frozen=True)
class _Visits:
    now: datetime
    zone: str
    visits: list[tuple[AppointmentView, PaidState]]


def _look(work: UnitOfWork) -> _Visits:
    every = scheduling.mine(work)
    return _Visits(work.now, people.me(work).zone, [(one, billing.paid_state(work, one.public_id)) for one in every])


def _is_ahead(visit: AppointmentView, now: datetime) -> bool:
    return visit.status is AppointmentStatus.CONFIRMED and visit.ends_at > now
