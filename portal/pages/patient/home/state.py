"""What the home holds: the next visit, what to do before it, later and past ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.billing import service as billing
from portal.clinic.billing.values import PaidState
from portal.clinic.intake import service as intake
from portal.clinic.intake.values import PacketMark
from portal.clinic.people import service as people
from portal.clinic.people.values import Me
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import AppointmentStatus, AppointmentView
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import RoomState, RoomStatus
from portal.pages.guard import allow, read
from portal.pages.patient import lines, words
from portal.pages.patient.home import cards
from portal.pages.patient.home.cards import NextVisit, Todo
from portal.pages.patient.lines import ComingVisit, PastVisit
from portal.storage.work import UnitOfWork

_MOST_LATER, _MOST_PAST = 4, 5


class HomeState(rx.State):
    """The patient's home; no answers, only how far the forms are."""

    loaded: rx.Field[bool] = rx.field(False)
    greeting: rx.Field[str] = rx.field("")
    next: rx.Field[NextVisit] = rx.field(default_factory=NextVisit)
    todo: rx.Field[list[Todo]] = rx.field(default_factory=list)
    all_done: rx.Field[bool] = rx.field(False)
    later: rx.Field[list[ComingVisit]] = rx.field(default_factory=list)
    past: rx.Field[list[PastVisit]] = rx.field(default_factory=list)
    phone_end: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.OWN_VISITS)
    async def open(self) -> None:
        """Look at everything anew; also what the clock does while the page stands open."""
        home = await read(_look)
        zone = home.me.zone
        self.greeting = words.greeting(home.now, zone, home.me.called or home.me.name.split(" ", maxsplit=1)[0])
        self.next = cards.next_visit(*home.next, home.now, zone) if home.next else NextVisit()
        self.todo = cards.todos(home.mark, home.now, zone) if home.mark else []
        self.all_done = bool(self.todo) and all(one.done for one in self.todo)
        self.later = [lines.coming_visit(visit, paid, home.now, zone) for visit, paid in home.later]
        self.past = [lines.past_visit(visit, paid, zone) for visit, paid in home.past]
        self.phone_end = "".join(sign for sign in home.me.phone if sign.isdigit())[-3:]
        self.loaded = True


@dataclass(frozen=True)
class _Home:
    now: datetime
    me: Me
    next: tuple[AppointmentView, RoomStatus] | None
    mark: PacketMark | None
    later: list[tuple[AppointmentView, PaidState]]
    past: list[tuple[AppointmentView, PaidState]]


def _look(work: UnitOfWork) -> _Home:
    every = scheduling.mine(work)
    coming = [one for one in every if one.status is AppointmentStatus.CONFIRMED]
    rooms = [(one, visits.room_status(work, one.public_id)) for one in coming]
    still = [(one, room) for one, room in rooms if _is_ahead(room, work.now)]
    ahead = {one.public_id for one, _ in still}
    past = [one for one in reversed(every) if one.public_id not in ahead][:_MOST_PAST]
    first = still[0] if still else None
    marks = intake.marks_of_mine(work, [first[0].public_id]) if first else {}
    return _Home(
        now=work.now,
        me=people.me(work),
        next=first,
        mark=next(iter(marks.values()), None),
        later=[(one, billing.paid_state(work, one.public_id)) for one, _ in still[1 : 1 + _MOST_LATER]],
        past=[(one, billing.paid_state(work, one.public_id)) for one in past],
    )


def _is_ahead(room: RoomStatus, now: datetime) -> bool:
    """Not over: to come, under way, or to be come back to until the therapist has finished it."""
    under_way = room.state in {RoomState.WAITING, RoomState.ADMITTED}
    return room.state is not RoomState.FINISHED and (under_way or now < room.ends_at)
