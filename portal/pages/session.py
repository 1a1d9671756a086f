"""What every page knows: the practice, the crisis lines, who is signed in, in which zone they read times."""

from __future__ import annotations

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.people import service as people
from portal.clinic.people.rules import known_zone
from portal.clinic.people.values import Me
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import CrisisLineCard, PracticeProfile
from portal.components.cards import HelpLine
from portal.pages.guard import allow, read, transact, viewer
from portal.storage.clock import utc_now
from portal.storage.work import UnitOfWork
from portal.texts.formats import zone_words


class SessionState(rx.State):
    """Shared by all frames; holds nothing of anybody's health."""

    practice_name: rx.Field[str] = rx.field("")
    practice_phone: rx.Field[str] = rx.field("")
    practice_hours: rx.Field[str] = rx.field("")
    help_lines: rx.Field[list[HelpLine]] = rx.field(default_factory=list)
    signed_in: rx.Field[bool] = rx.field(False)
    is_patient: rx.Field[bool] = rx.field(False)
    is_clinician: rx.Field[bool] = rx.field(False)
    is_owner: rx.Field[bool] = rx.field(False)
    person_name: rx.Field[str] = rx.field("")
    person_called: rx.Field[str] = rx.field("")
    zone: rx.Field[str] = rx.field("")
    zone_words: rx.Field[str] = rx.field("")

    @rx.event
    @allow(Permission.ANYBODY)
    async def enter(self) -> None:
        """Fill in what the frame of the page says."""
        profile, lines, who = await read(_frame)
        self.practice_name, self.practice_phone = profile.name, profile.phone
        self.practice_hours, self.help_lines = profile.phone_hours, [_help_line(line) for line in lines]
        self.signed_in = who is not None
        self.is_patient = bool(who and who.is_patient)
        self.is_clinician = bool(who and who.is_clinician)
        self.is_owner = bool(who and who.is_owner)
        self.person_name, self.person_called = (who.name, who.called) if who else ("", "")
        self._read_times_in(who.zone if who else self.zone or profile.zone)

    @rx.event
    @allow(Permission.ANYBODY)
    async def detected_zone(self, zone: str) -> None:
        """The zone picked in this tab, or the device's; what a signed-in person chose goes before both."""
        if known_zone(zone) and not self.signed_in:
            self._read_times_in(zone)

    @rx.event
    @allow(Permission.ANYBODY)
    async def change_zone(self, zone: str) -> None:
        """The zone that somebody picked; kept with the account of a signed-in person."""
        if not known_zone(zone):
            return
        if viewer().session_id is not None:
            await transact(people.set_zone, zone)
        self._read_times_in(zone)

    @rx.event
    @allow(Permission.OWN_VISITS, by_itself=True)
    async def stay(self) -> None:
        """Asked again and again by a patient's page: the guard leads whoever is signed out to the door."""

    def _read_times_in(self, zone: str) -> None:
        self.zone = zone
        self.zone_words = zone_words(zone, at=utc_now())


_ICONS = {"text": "chat", "emergency": "alert"}


def _help_line(line: CrisisLineCard) -> HelpLine:
    reach = "".join(sign for sign in line.contact if sign.isdigit() or sign == "+")
    scheme = "sms" if line.kind == "text" else "tel"
    # "Text SHOUT to 85258" names its number already.
    name, number = ("", line.label) if line.contact in line.label else (line.label, line.contact)
    return HelpLine(name, number, line.note, f"{scheme}:{reach}", _ICONS.get(line.kind, "phone"))


def _frame(work: UnitOfWork) -> tuple[PracticeProfile, list[CrisisLineCard], Me | None]:
    who = people.me(work) if work.viewer.person_id is not None else None
    return practice.profile(work), practice.crisis_lines(work), who
