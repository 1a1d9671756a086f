"""The practice's own profile and its crisis lines."""

from __future__ import annotations

import secrets
from dataclasses import asdict

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import Invalid
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import CrisisLineCard, PracticeProfile
from portal.clinic.scheduling import service as scheduling
from portal.pages.guard import allow, read, transact
from portal.pages.owner.practice.cards import StepCard, steps
from portal.pages.session import SessionState
from portal.storage.clock import utc_now
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE, say, say_n
from portal.texts.formats import clock
from portal.wiring import parts

_NOBODY = PracticeProfile("", "", "", "", "", "", "", "", "")


class PracticeState(rx.State):
    """What the form shows; it is saved as a whole."""

    profile: rx.Field[PracticeProfile] = rx.field(default_factory=lambda: _NOBODY)
    lines: rx.Field[list[CrisisLineCard]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    saved: rx.Field[str] = rx.field("")
    lines_saved: rx.Field[str] = rx.field("")
    lines_problem: rx.Field[str] = rx.field("")
    steps: rx.Field[list[StepCard]] = rx.field(default_factory=list)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def load(self) -> None:
        """Fill the page."""
        self.profile, self.lines = await read(practice.profile), await read(practice.crisis_lines)
        self.errors, self.saved, self.lines_saved, self.lines_problem = {}, "", "", ""
        self.steps = await read(_steps, parts().payments is not None)
        self.loaded = True

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save(self, sent: dict[str, str]) -> object:
        """Save the profile; what cannot be taken is named beside its field, and nothing is lost."""
        known = {name: str(sent.get(name) or "") for name in asdict(self.profile)}
        try:
            self.profile = await transact(practice.update_profile, PracticeProfile(**known))
        except Invalid as problem:
            self.errors, self.saved = {name: _words(code) for name, code in problem.fields.items()}, ""
            return None
        self.errors, self.saved = {}, _saved_at(self.profile.zone)
        self.steps = await read(_steps, parts().payments is not None)
        return SessionState.enter

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add_line(self) -> None:
        """Another crisis line, to be filled in."""
        if len(self.lines) < 8:
            self.lines = [*self.lines, CrisisLineCard(f"new-{secrets.token_hex(4)}", "phone", "", "", "")]

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def remove_line(self, public_id: str) -> None:
        """Take a line out; it is gone once the lines are saved."""
        self.lines = [line for line in self.lines if line.public_id != public_id]

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def move_up(self, public_id: str) -> None:
        """Change places with the line before; patients see the first one first."""
        place = next((number for number, line in enumerate(self.lines) if line.public_id == public_id), 0)
        if place:
            first = self.lines[: place - 1]
            self.lines = [*first, self.lines[place], self.lines[place - 1], *self.lines[place + 1 :]]

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save_lines(self, sent: dict[str, str]) -> object:
        """Save the crisis lines in the order of the form; what was typed stays when one cannot be taken."""
        if not self.loaded:  # a form of a page that this server never filled must not empty the list
            return type(self).load
        wanted = [
            CrisisLineCard(line.public_id, *(str(sent.get(f"{part}-{line.public_id}") or "") for part in _PARTS))
            for line in self.lines
        ]
        try:
            self.lines = await transact(practice.save_crisis_lines, wanted)
        except Invalid as problem:
            self.lines_saved, self.lines_problem = "", _incomplete(problem)
            return None
        self.lines_problem, self.lines_saved = "", _saved_at(self.profile.zone)
        return SessionState.enter


_PARTS = ("kind", "label", "contact", "note")


def _incomplete(problem: Invalid) -> str:
    numbers = ", ".join(str(int(place) + 1) for place in problem.fields)
    return say_n(
        LOCALE,
        "Each line needs a name and a number. Look at line {numbers}; nothing was saved yet.",
        "Each line needs a name and a number. Look at lines {numbers}; nothing was saved yet.",
        len(problem.fields),
        numbers=numbers,
    )


def _steps(work: UnitOfWork, takes_cards: bool) -> list[StepCard]:
    later = any(one.pay_later or one.price_minor == 0 for one in practice.offers(work))
    return steps(scheduling.readiness(work), pays=None if takes_cards else later)


def _saved_at(zone: str) -> str:
    return say(LOCALE, "Saved at {time}", time=clock(utc_now(), zone))


def _words(code: str) -> str:
    words = {
        "missing": say(LOCALE, "This must not be empty."),
        "zone_unknown": say(LOCALE, "Choose a time zone from the list."),
        "currency_unknown": say(LOCALE, "Choose a currency from the list."),
        "currency_in_use": say(LOCALE, "Visits are booked in the present currency, so it can no longer change."),
    }
    return words.get(code, say(LOCALE, "Something in this address is missing, such as .com or .org."))
