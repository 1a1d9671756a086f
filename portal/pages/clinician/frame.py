"""What every therapist's page stands in: the header, and the knock of somebody in the waiting room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal import routes
from portal.clinic.access import Permission
from portal.clinic.errors import ClinicError
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import Knock
from portal.components.buttons import calm, go
from portal.components.light import knock
from portal.components.notices import told
from portal.components.times import tick
from portal.pages.frames import clinician_frame
from portal.pages.guard import allow, read, transact
from portal.pages.session import SessionState
from portal.texts import LOCALE, say, say_n, t
from portal.texts import formats as f

_EVERY = 4


@dataclass(frozen=True)
class KnockCard:
    """Who is in the waiting room; empty while nobody is."""

    visit: str = ""
    first_name: str = ""
    detail: str = ""
    count: str = ""


class KnockState(rx.State):
    """Who waits now, for every page of the therapist."""

    card: rx.Field[KnockCard] = rx.field(default_factory=KnockCard)
    problem: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def enter(self) -> None:
        """Look when a page opens."""
        await self._look()

    @rx.event
    @allow(Permission.CLINICIAN_DAY, by_itself=True)
    async def look(self) -> None:
        """Look again."""
        await self._look()

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def let_in(self, visit: str) -> Any:
        """Let somebody in and go to the room."""
        try:
            await transact(visits.admit, visit[:40])
        except ClinicError as refused:
            self.problem = refused.code
            await self._look()
            return None
        self.card = KnockCard()
        return rx.redirect(f"{routes.DAY_ROOM}?visit={visit[:40]}")

    async def _look(self) -> None:
        zone = (await self.get_state(SessionState)).zone
        card = knock_card(await read(visits.waiting), zone)
        if card != self.card:
            self.card, self.problem = card, ""


def knock_card(found: list[Knock], zone: str) -> KnockCard:
    """The first of those who wait, in words."""
    if not found:
        return KnockCard()
    first = found[0]
    at = {"time": f.clock(first.starts_at, zone), "since": f.clock(first.waiting_since, zone)}
    return KnockCard(
        visit=first.appointment_id,
        first_name=first.patient_called or first_name(first.patient_name),
        detail=say(LOCALE, "for {time}, here since {since}", **at),
        count=say_n(LOCALE, "{n} waiting", "{n} waiting", len(found)),
    )


def first_name(name: str) -> str:
    """How a therapist calls somebody."""
    return name.split(maxsplit=1)[0] if name.strip() else name


def _let_in_problem() -> rx.Component:
    """Why somebody was not let in."""
    words: Any = rx.match(
        KnockState.problem,
        ("", ""),
        ("nobody_waits", t("They have just left the waiting room. You hear a knock when they are back.")),
        ("finished", t("This visit is finished. Its room is closed.")),
        (
            "consent_taken_back",
            t("Their consent to video is taken back, so nobody is let in. Call them, or wait until they sign again."),
        ),
        t("They could not be let in. Please try again."),
    )
    return told(words)


def clinician_page(*children: Any, seen_on: Any = "", **more: Any) -> rx.Component:
    """A page with header and knock. `seen_on`: the visit whose waiting patient the page itself shows already."""
    card = KnockState.card
    lies = knock(
        face="",
        heading=t("{name} is in the waiting room", name=card.first_name),
        detail=card.detail,
        actions=[
            go(t("Let {name} in", name=card.first_name), on_click=KnockState.let_in(card.visit)),
            calm(t("Open visit"), href=f"{routes.DAY_VISIT}?id={card.visit}"),
        ],
    )
    return clinician_frame(
        tick(_EVERY, KnockState.look),
        *children,
        practice_name=SessionState.practice_name,
        person_name=SessionState.person_name,
        waiting=card.count,
        knock=rx.fragment(rx.cond((card.visit != "") & (card.visit != seen_on), lies), _let_in_problem()),
        **more,
    )
