"""Therapists: the list, and the one that is open with profile, hours and days off."""

from __future__ import annotations

import secrets
from datetime import date
from zoneinfo import ZoneInfo

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import Conflict, Invalid
from portal.clinic.people import passwords
from portal.clinic.people.values import SignUp
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import ClinicianCard
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import OverrideKind, OverrideView
from portal.pages.guard import allow, read, transact
from portal.pages.owner.clinicians.cards import (
    GivenCard,
    OverrideCard,
    SpanCard,
    TherapistCard,
    minutes_of,
    override_card,
    read_spans,
    span_cards,
)
from portal.storage.clock import utc_now
from portal.texts.catalogue import LOCALE, say, say_n
from portal.texts.formats import clock


class CliniciansState(rx.State):
    """`opened` is the therapist whose page is open; empty shows the list."""

    therapists: rx.Field[list[TherapistCard]] = rx.field(default_factory=list)
    opened: rx.Field[TherapistCard] = rx.field(default_factory=TherapistCard)
    given: rx.Field[list[GivenCard]] = rx.field(default_factory=list)
    spans: rx.Field[list[SpanCard]] = rx.field(default_factory=list)
    overrides: rx.Field[list[OverrideCard]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    said: rx.Field[str] = rx.field("")
    hours_problem: rx.Field[str] = rx.field("")
    days_problem: rx.Field[str] = rx.field("")
    is_adding: rx.Field[bool] = rx.field(False)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def load(self) -> None:
        """Fill the page with the list."""
        self.therapists = [_card(one) for one in await read(practice.all_clinicians)]
        self.opened, self.is_adding, self.said, self.loaded = TherapistCard(), False, "", True

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def open(self, public_id: str) -> None:
        """Open one therapist."""
        self.errors, self.said, self.hours_problem, self.days_problem = {}, "", "", ""
        await self._fill(public_id)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def ask_to_add(self) -> None:
        """Open the form for a new therapist."""
        self.is_adding, self.errors, self.said = True, {}, ""

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add(self, sent: dict[str, str]) -> None:
        """Make an account for a new therapist; a mail lets them choose their password."""
        wanted = SignUp(sent.get("name", ""), sent.get("email", ""), sent.get("zone", ""))
        nobody_knows = await passwords.hashed(secrets.token_urlsafe(32))
        try:
            public_id = await transact(practice.add_clinician, wanted, nobody_knows)
        except Invalid as problem:
            self.errors = {name: _words(code) for name, code in problem.fields.items()}
            return
        except Conflict:
            self.errors = {"email": say(LOCALE, "Somebody with this address has an account already.")}
            return
        self.therapists, self.is_adding = [_card(one) for one in await read(practice.all_clinicians)], False
        await self._fill(public_id)
        self.said = say(LOCALE, "A mail to choose a password is on its way. Say here what patients read.")

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save(self, sent: dict[str, str]) -> None:
        """Save what the public reads and which services are given."""
        wanted = _clinician(sent, self.opened)
        chosen = [card.public_id for card in self.given if f"gives-{card.public_id}" in sent]
        try:
            await transact(practice.save_clinician, self.opened.public_id, wanted, chosen)
        except Invalid as problem:
            self.errors, self.said = {name: _words(code) for name, code in problem.fields.items()}, ""
            return
        self.errors, self.said = {}, _saved_at(wanted.zone)
        self.therapists = [_card(one) for one in await read(practice.all_clinicians)]
        await self._fill(self.opened.public_id)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add_span(self) -> None:
        """Another row of weekly hours."""
        key = str(max((int(span.key) for span in self.spans), default=-1) + 1)
        self.spans = [*self.spans, SpanCard(key, "0", "", "09:00", "17:00")]

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def remove_span(self, key: str) -> None:
        """Take a row out; it is gone once the hours are saved."""
        self.spans = [span for span in self.spans if span.key != key]

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save_hours(self, sent: dict[str, str]) -> None:
        """Save the weekly hours as a whole."""
        hours, self.spans, self.hours_problem = read_spans(sent, self.spans)
        if self.hours_problem:
            return
        try:
            await transact(scheduling.save_weekly_hours, self.opened.public_id, hours)
        except Invalid as problem:
            self.hours_problem = _hours_words(next(iter(problem.fields.values()), ""))
            return
        self.spans = span_cards(await read(scheduling.weekly_hours, self.opened.public_id))
        self.said = _saved_at(self.opened.zone)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def add_day(self, sent: dict[str, str]) -> None:
        """A day off, or other hours on one date."""
        wanted = _override(sent)
        if wanted is None:
            self.days_problem = say(LOCALE, "The date or a time cannot be read. Nothing was saved yet.")
            return
        try:
            booked = await transact(scheduling.add_override, self.opened.public_id, wanted)
        except Invalid:
            self.days_problem = _hours_words("hours_reversed")
            return
        self.days_problem = _still_booked(booked)
        await self._days()

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def remove_day(self, override_id: str) -> None:
        """Take a date out; the weekly hours count again."""
        await transact(scheduling.remove_override, self.opened.public_id, override_id)
        self.days_problem = ""
        await self._days()

    async def _fill(self, public_id: str) -> None:
        found = next((card for card in self.therapists if card.public_id == public_id), TherapistCard())
        self.opened = found
        if found.public_id:
            gives = set(found.given.split(" · "))
            offers = await read(practice.all_offers)
            self.given = [GivenCard(offer.public_id, offer.name, offer.name in gives) for offer in offers]
            self.spans = span_cards(await read(scheduling.weekly_hours, public_id))
            await self._days()

    async def _days(self) -> None:
        today = utc_now().astimezone(ZoneInfo(self.opened.zone)).date()
        found = await read(scheduling.overrides, self.opened.public_id, today)
        self.overrides = [override_card(one) for one in found]


def _card(one: ClinicianCard) -> TherapistCard:
    return TherapistCard(
        public_id=one.public_id,
        name=one.name,
        title=one.title,
        quote=one.quote,
        about=one.about,
        portrait=one.portrait,
        needs=", ".join(one.needs),
        languages=", ".join(one.languages),
        zone=one.zone,
        is_active=one.is_active,
        given=" · ".join(offer.name for offer in one.offers),
    )


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


def _override(sent: dict[str, str]) -> OverrideView | None:
    try:
        on = date.fromisoformat(sent.get("on", ""))
    except ValueError:
        return None
    kind = OverrideKind.HOURS if sent.get("kind") == "hours" else OverrideKind.OFF
    begin, until = sent.get("start", ""), sent.get("end", "")
    if kind is OverrideKind.OFF and not begin and not until:
        return OverrideView("", on, kind, note=sent.get("note", ""))
    start, end = minutes_of(begin), minutes_of(until)
    if start is None or end is None:
        return None
    return OverrideView("", on, kind, start, end, sent.get("note", ""))


def _still_booked(count: int) -> str:
    if not count:
        return ""
    one = "{n} visit is booked on that date and stays booked. Talk to the patient."
    many = "{n} visits are booked on that date and stay booked. Talk to the patients."
    return say_n(LOCALE, one, many, count)


def _saved_at(zone: str) -> str:
    return say(LOCALE, "Saved at {time}", time=clock(utc_now(), zone))


def _hours_words(code: str) -> str:
    if code == "hours_overlap":
        return say(LOCALE, "Two rows of one day overlap. Nothing was saved yet.")
    return say(LOCALE, "Hours must end after they begin. Nothing was saved yet.")


def _words(code: str) -> str:
    words = {"missing": say(LOCALE, "This must not be empty."), "zone_unknown": say(LOCALE, "Choose a time zone.")}
    return words.get(code, say(LOCALE, "Something in this address is missing, such as .com or .org."))
