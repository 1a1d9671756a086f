"""Therapists: the list, and the one that is open with profile, hours and days off."""

from __future__ import annotations

import secrets
from zoneinfo import ZoneInfo

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import Conflict, Invalid
from portal.clinic.people import passwords
from portal.clinic.people.values import SignUp
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import ClinicianCard
from portal.clinic.scheduling import service as scheduling
from portal.pages.guard import allow, read, transact
from portal.pages.owner.clinicians.cards import (
    GivenCard,
    OverrideCard,
    SpanCard,
    TherapistCard,
    WeekdayCard,
    day_words,
    hours_words,
    outlook_words,
    override_cards,
    read_override,
    read_week,
    standing_words,
    therapist_card,
    week_cards,
)
from portal.routes import PRACTICE_CLINICIANS
from portal.storage.clock import utc_now
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE, say
from portal.texts.formats import clock


class CliniciansState(rx.State):
    """`opened` is the therapist whom the address names; empty shows the list."""

    therapists: rx.Field[list[TherapistCard]] = rx.field(default_factory=list)
    opened: rx.Field[TherapistCard] = rx.field(default_factory=TherapistCard)
    given: rx.Field[list[GivenCard]] = rx.field(default_factory=list)
    week: rx.Field[list[WeekdayCard]] = rx.field(default_factory=list)
    overrides: rx.Field[list[OverrideCard]] = rx.field(default_factory=list)
    outlook: rx.Field[list[str]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    said: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    dates_added: rx.Field[int] = rx.field(0)
    is_adding: rx.Field[bool] = rx.field(False)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def load(self) -> None:
        """Fill the page with the list, or with the therapist whom the address names."""
        query = self.router.url.query_parameters
        self.errors, self.is_adding = {}, "new" in query
        self.said = {"invite": _on_its_way()} if "added" in query else {}
        await self._fill(query.get("id", "")[:40])
        if self.is_adding:
            self.opened = TherapistCard(zone=(await read(practice.profile)).zone)
        self.loaded = True

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add(self, sent: dict[str, str]) -> object:
        """Make an account for a new therapist and invite them; then say what patients read."""
        wanted = SignUp(sent.get("name", ""), sent.get("email", ""), sent.get("zone", ""))
        nobody_knows = await passwords.hashed(secrets.token_urlsafe(32))
        try:
            public_id = await transact(practice.add_clinician, wanted, nobody_knows)
        except Invalid as problem:
            self.errors = {name: _words(code) for name, code in problem.fields.items()}
            return None
        except Conflict as problem:
            self.errors = {"email": _words(problem.code)}
            return None
        return rx.redirect(f"{PRACTICE_CLINICIANS}?id={public_id}&added=1")

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def invite_again(self, sent: dict[str, str]) -> None:
        """Send the invitation once more; the link of the older letter ends."""
        self.errors, self.said = {}, {}
        try:
            await transact(practice.invite_again, self.opened.public_id, sent.get("email", ""))
        except Invalid as problem:
            self.errors = {name: _words(code) for name, code in problem.fields.items()}
        except Conflict as problem:
            self.errors = {"email": _words(problem.code)}
        else:
            self.said = {"invite": say(LOCALE, "A new invitation is on its way. The older link no longer works.")}
        await self._list(self.opened.public_id)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save(self, sent: dict[str, str]) -> None:
        """Save what the public reads and which services are given."""
        wanted = _clinician(sent, self.opened)
        chosen = [card.public_id for card in self.given if f"gives-{card.public_id}" in sent]
        self.said = {}
        try:
            await transact(practice.save_clinician, self.opened.public_id, wanted, chosen)
        except Invalid as problem:
            self.errors = {name: _words(code) for name, code in problem.fields.items()}
            return
        self.errors, self.said = {}, {"profile": _saved_at(wanted.zone)}
        await self._fill(self.opened.public_id)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add_span(self, weekday: str) -> None:
        """Another row of hours on a weekday."""
        for place, day in enumerate(self.week):
            if day.number == weekday and len(day.spans) < 8:
                row = SpanCard(f"{weekday}-n{secrets.token_hex(3)}", day.name, *_next_span(day))
                self.week[place] = WeekdayCard(day.number, day.name, [*day.spans, row])

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def remove_span(self, key: str) -> None:
        """Take a row out; it is gone once the hours are saved."""
        self.week = [
            WeekdayCard(day.number, day.name, [span for span in day.spans if span.key != key]) for day in self.week
        ]

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save_hours(self, sent: dict[str, str]) -> None:
        """Save the weekly hours as a whole; what is booked stays, and is named if it lies outside."""
        hours, self.week, unreadable = read_week(sent, self.week)
        self.said = {"hours_problem": unreadable}
        if unreadable:
            return
        try:
            stay = await transact(scheduling.save_weekly_hours, self.opened.public_id, hours)
        except Invalid as problem:
            self.said = {"hours_problem": hours_words(problem.fields)}
            return
        standing = standing_words(stay, self.opened.name, self.opened.zone)
        self.said = {"standing": standing, "hours": _saved_at(self.opened.zone)}
        await self._times()

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add_day(self, sent: dict[str, str]) -> None:
        """Days off, or other hours on some date; what is booked stays, and is named."""
        wanted = read_override(sent)
        if wanted is None:
            words = say(LOCALE, "A date is needed and, for other hours, both times. Nothing was saved.")
            self.said = {"days_problem": words}
            return
        try:
            stay = await transact(scheduling.add_override, self.opened.public_id, *wanted)
        except Invalid as problem:
            self.said = {"days_problem": day_words(problem.fields)}
            return
        self.said = {"days": standing_words(stay, self.opened.name, self.opened.zone)}
        self.dates_added += 1
        await self._times()

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def remove_day(self, ids: str) -> None:
        """Take dates out; the weekly hours count again."""
        self.said = {}
        await transact(_remove, self.opened.public_id, ids.split(","))
        await self._times()

    async def _list(self, public_id: str) -> None:
        self.therapists = await read(_therapists)
        self.opened = next((card for card in self.therapists if card.public_id == public_id), TherapistCard())

    async def _fill(self, public_id: str) -> None:
        await self._list(public_id)
        if self.opened.public_id:
            self.given = await read(_given, public_id)
            await self._times()

    async def _times(self) -> None:
        """The hours as they are kept, and what they come to."""
        self.week, self.overrides, self.outlook = await read(_times, self.opened.public_id, self.opened.zone)


def _therapists(work: UnitOfWork) -> list[TherapistCard]:
    invited = practice.invitations(work)
    return [therapist_card(one, invited.get(one.public_id)) for one in practice.all_clinicians(work)]


def _given(work: UnitOfWork, public_id: str) -> list[GivenCard]:
    gives = set(practice.given_offer_ids(work, public_id))
    return [GivenCard(offer.public_id, offer.name, offer.public_id in gives) for offer in practice.all_offers(work)]


def _times(work: UnitOfWork, public_id: str, zone: str) -> tuple[list[WeekdayCard], list[OverrideCard], list[str]]:
    today = work.now.astimezone(ZoneInfo(zone)).date()
    return (
        week_cards(scheduling.weekly_hours(work, public_id)),
        override_cards(scheduling.overrides(work, public_id, today)),
        outlook_words(scheduling.outlook(work, public_id), zone),
    )


def _remove(work: UnitOfWork, public_id: str, ids: list[str]) -> None:
    for override_id in ids[:100]:
        scheduling.remove_override(work, public_id, override_id)


def _next_span(day: WeekdayCard) -> tuple[str, str]:
    """A beginning for a new row: the afternoon after a morning, else the usual day."""
    return ("", "") if day.spans else ("09:00", "17:00")


def _clinician(sent: dict[str, str], opened: TherapistCard) -> ClinicianCard:
    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in sent.get(name, "").split(",") if part.strip())

    return ClinicianCard(
        public_id=opened.public_id,
        slug="",
        name=sent.get("name", opened.name),
        title=sent.get("title", ""),
        quote=sent.get("quote", ""),
        about=sent.get("about", ""),
        portrait=sent.get("portrait", opened.portrait),
        needs=several("needs"),
        languages=several("languages"),
        zone=sent.get("zone", opened.zone),
        is_active="is_active" in sent,
    )


def _on_its_way() -> str:
    return say(LOCALE, "The invitation is on its way. Meanwhile, say here what patients read.")


def _saved_at(zone: str) -> str:
    return say(LOCALE, "Saved at {time}", time=clock(utc_now(), zone))


def _words(code: str) -> str:
    words = {
        "missing": say(LOCALE, "This must not be empty."),
        "zone_unknown": say(LOCALE, "Choose a time zone."),
        "email_in_use": say(LOCALE, "Somebody with this address has an account already."),
        "just_sent": say(LOCALE, "A letter went out less than a minute ago. Wait a minute, then send it again."),
        "joined": say(LOCALE, "They have joined meanwhile, so there is nothing to send."),
    }
    return words.get(code, say(LOCALE, "Something in this address is missing, such as .com or .org."))
