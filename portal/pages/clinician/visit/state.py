"""What the visit page holds: read and written down when it opens; only how the visit stands is asked again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import ClinicError, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.visits import service as visits
from portal.clinic.visits.values import DayEntry
from portal.errands.rooms import finish_visit
from portal.pages.clinician.answers import Reading
from portal.pages.clinician.note.state import NoteState
from portal.pages.clinician.screens import put_away_others, screen
from portal.pages.clinician.visit.cards import (
    BodyCard,
    HeadCard,
    SafetyCard,
    about_words,
    body_card,
    head_card,
    safety_card,
)
from portal.pages.guard import allow, read, transact, viewer
from portal.pages.session import SessionState
from portal.storage.clock import utc_now
from portal.texts import formats as f
from portal.wiring import parts


@screen
class VisitPageState(rx.State):
    """One visit of the viewer's own calendar. `asking`: finish, missed, phoned or nothing."""

    stage: rx.Field[str] = rx.field("")
    head: rx.Field[HeadCard] = rx.field(default_factory=HeadCard)
    body: rx.Field[BodyCard] = rx.field(default_factory=BodyCard)
    tab: rx.Field[str] = rx.field("now")
    asking: rx.Field[str] = rx.field("")
    busy: rx.Field[bool] = rx.field(False)
    problem: rx.Field[str] = rx.field("")
    safety: rx.Field[SafetyCard] = rx.field(default_factory=SafetyCard)
    _about: str = ""
    _zone: str = ""

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def load(self) -> None:
        """Show the visit that the address names."""
        await put_away_others(self, NoteState)
        visit = self.router.url.query_parameters.get("id", "")[:40]
        if visit != self.head.visit:
            self.reset()
        try:
            page = await transact(visits.visit_page, visit)
        except NotFound:
            self.reset()
            self.stage = "missing"
            return
        self._zone, now = page.clinician_zone, utc_now()
        reading = Reading(self._zone, f.day_of(now, self._zone))
        self._about = about_words(page.clinical, reading.today)
        self.body, self.stage = body_card(page, reading), "there"
        self._stand(page.entry)

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS, by_itself=True)
    async def refresh(self) -> None:
        """Look how the visit stands now."""
        if self.stage == "there":
            self._stand(await read(visits.visit_entry, self.head.visit))

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def choose_tab(self, tab: str) -> None:
        """Show another part of the page."""
        self.tab = tab if tab in {"now", "earlier", "papers"} else "now"

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def talked_about(self) -> None:
        """The answer that needed a look was talked about."""
        try:
            await transact(intake.acknowledge_flag, self.body.risk.flag)
        except NotFound:
            self.problem = "failed"
            return
        seen = f.moment_short(utc_now(), self._zone)
        self.body = replace(self.body, risk=replace(self.body.risk, seen=seen))

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def open_safety(self) -> None:
        """Open the safety sheet; that is written down."""
        sheet = await transact(visits.open_safety, self.head.visit)
        lines = (await self.get_state(SessionState)).help_lines
        self.safety = safety_card(sheet, Reading(self._zone, f.day_of(utc_now(), self._zone)), list(lines))

    @rx.event
    @allow(Permission.CLINICIAN_RECORDS)
    async def close_safety(self) -> None:
        """Close the safety sheet."""
        self.safety = SafetyCard()

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def ask(self, what: str) -> None:
        """Ask once before the visit is finished or called a no-show."""
        self.asking, self.problem = what if what in {"finish", "missed", "phoned"} else "", ""

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def finish(self) -> Any:
        """End the visit for both."""
        self.asking, self.busy = "", True
        yield  # the question goes at once: whoever has answered it writes on meanwhile
        await self._conclude(finish_visit(parts(), viewer(), self.head.visit))

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def phoned(self) -> Any:
        """Say that the visit took place by phone."""
        self.asking, self.busy = "", True
        yield
        await self._conclude(finish_visit(parts(), viewer(), self.head.visit, by_phone=True))

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def missed(self) -> Any:
        """Say that nobody came."""
        self.asking, self.busy = "", True
        yield
        await self._conclude(transact(visits.mark_no_show, self.head.visit))

    @rx.event
    @allow(Permission.CLINICIAN_DAY)
    async def close(self) -> None:
        """Put the visit away when its screen goes."""
        self.reset()

    async def _conclude(self, deed: Any) -> None:
        try:
            await deed
        except ClinicError as refused:
            self.problem = refused.code
        self.busy = False
        self._stand(await read(visits.visit_entry, self.head.visit))

    def _stand(self, entry: DayEntry) -> None:
        head = head_card(entry, self._zone, utc_now(), self._about)
        if head != self.head:
            self.head = head
