"""What the page of one therapist's free times shows, as strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal.clinic.practice.values import ClinicianCard, OfferCard
from portal.clinic.scheduling.values import Slot
from portal.components.cards import Option, SlotDay, SlotTime
from portal.pages.public.times import clock_words, first_days, nearest_days
from portal.texts import LOCALE, say
from portal.texts import formats as f


@dataclass(frozen=True)
class Wanted:
    """What the visitor asked to see: whose times, for which service, in which zone, how many days."""

    slug: str = ""
    service: str = ""
    zone: str = ""
    days: int = 0


@dataclass(frozen=True)
class BookView:
    """The page. `stage`: empty while it loads, `times`, `closed` (no service) or `missing` (nobody by that name)."""

    stage: str = ""
    slug: str = ""
    name: str = ""
    title: str = ""
    portrait: str = ""
    quote: str = ""
    service: str = ""
    services: list[Option] = field(default_factory=list[Option])
    now: str = ""
    days: list[SlotDay] = field(default_factory=list[SlotDay])
    more: bool = False
    until: str = ""
    notes: list[str] = field(default_factory=list[str])
    held: str = ""


@dataclass(frozen=True)
class GoneView:
    """A time that somebody else got: which, what is free near it, and who else is free at that very time."""

    when: str = ""
    too_late: bool = False
    days: list[SlotDay] = field(default_factory=list[SlotDay])
    others: list[SlotTime] = field(default_factory=list[SlotTime])


@dataclass(frozen=True)
class Free:
    """What can be booked, and the slot that this visitor holds already."""

    slots: list[Slot]
    held: str
    now: datetime


def stranger() -> BookView:
    """Nobody by that name works here."""
    return BookView(stage="missing")


def closed(card: ClinicianCard) -> BookView:
    """A therapist who offers nothing that can be booked now."""
    return BookView(stage="closed", slug=card.slug, name=card.name, title=card.title, portrait=card.portrait)


def times_view(card: ClinicianCard, offer: OfferCard, free: Free, wanted: Wanted) -> BookView:
    """A therapist with the first days that have times."""
    days, last = first_days(free.slots, wanted.zone, free.now, wanted.days)
    more = last is not None and f.day_of(free.slots[-1].starts_at, wanted.zone) > last
    return BookView(
        stage="times",
        slug=card.slug,
        name=card.name,
        title=card.title,
        portrait=card.portrait,
        quote=say(LOCALE, "“{words}”", words=card.quote) if card.quote else "",
        service=offer.public_id,
        services=[service_row(one) for one in card.offers],
        now=f.clock(free.now, wanted.zone),
        days=days,
        more=more,
        until=f.day_long(f.day_of(free.now + timedelta(days=offer.window_days), wanted.zone)),
        notes=_notes(card, wanted.zone, f.day_of(free.now, wanted.zone), last),
        held=free.held,
    )


def gone_view(free: Free, at: datetime, offer: OfferCard, zone: str, others: list[SlotTime]) -> GoneView:
    """What to say to somebody who was a moment too late."""
    too_late = at < free.now + timedelta(minutes=offer.notice_minutes)
    return GoneView(f.moment(at, zone), too_late, nearest_days(free.slots, at, zone, free.now), others)


def other_time(card: ClinicianCard, slot: Slot, zone: str) -> SlotTime:
    """The same time with somebody else."""
    return SlotTime(slot.slot_id, f.moment_short(slot.starts_at, zone), card.name)


def service_row(offer: OfferCard) -> Option:
    """`First visit`, with length, price and what it is for beneath."""
    length, price = f.lasting(offer.minutes), f.money(offer.price_minor, offer.currency)
    terms = say(LOCALE, "{length} by video, {price}.", length=length, price=price)
    return Option(offer.public_id, offer.name, f"{terms} {offer.summary}".strip())


def _notes(card: ClinicianCard, zone: str, first: date, last: date | None) -> list[str]:
    """What to know about the clocks, here and where the therapist works."""
    if last is None:
        return []
    here = clock_words(zone, first, last)
    there = clock_words(card.zone, first, last) if card.zone != zone else ""
    return [words for words in dict.fromkeys((here, there)) if words]
