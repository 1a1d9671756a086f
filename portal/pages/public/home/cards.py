"""What the public home shows, as strings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.clinic.practice.values import ClinicianCard, OfferCard, PracticeProfile
from portal.clinic.scheduling.values import Slot
from portal.components.cards import Option, SlotTime
from portal.pages.public.holding import book_address
from portal.pages.public.times import part_of, short_time
from portal.texts import LOCALE, say, say_n
from portal.texts import formats as f

MOST_TIMES = 3
DAYS_AHEAD = 30
_SOON = 7


@dataclass(frozen=True)
class Sieve:
    """What the visitor narrowed the list to; `key` changes when the fields are to show it anew."""

    need: str = ""
    language: str = ""
    part: str = ""
    key: str = ""


@dataclass(frozen=True)
class TherapistCard:
    """One therapist with the next free times."""

    slug: str
    name: str
    title: str
    portrait: str
    needs: str
    quote: str
    facts: str
    next_words: str
    href: str
    times: list[SlotTime] = field(default_factory=list[SlotTime])


@dataclass(frozen=True)
class FeeCard:
    """One service, what it costs, and until when cancelling costs nothing."""

    name: str
    summary: str
    terms: str
    price: str


@dataclass(frozen=True)
class HomeView:
    """Everything on the home that comes from the practice."""

    tagline: str = ""
    about: str = ""
    found: str = ""
    is_open: bool = True  # somebody works here at all
    therapists: list[TherapistCard] = field(default_factory=list[TherapistCard])
    needs: list[Option] = field(default_factory=list[Option])
    languages: list[Option] = field(default_factory=list[Option])
    fees: list[FeeCard] = field(default_factory=list[FeeCard])


@dataclass(frozen=True)
class Reading:
    """How the visitor reads times: in which zone, at which instant, which part of the day."""

    zone: str
    now: datetime
    part: str = ""


def home_view(
    profile: PracticeProfile,
    clinicians: Sequence[ClinicianCard],
    offers: Sequence[OfferCard],
    therapists: list[TherapistCard],
) -> HomeView:
    """The whole page."""
    return HomeView(
        tagline=profile.tagline,
        about=profile.about,
        is_open=bool(clinicians),
        found=say_n(LOCALE, "{n} therapist", "{n} therapists", len(therapists)),
        therapists=therapists,
        needs=_options(say(LOCALE, "Anything"), (need for card in clinicians for need in card.needs)),
        languages=_options(say(LOCALE, "Any language"), (words for card in clinicians for words in card.languages)),
        fees=[fee_card(offer) for offer in offers],
    )


def fits(card: ClinicianCard, sieve: Sieve) -> bool:
    """Whether a therapist is among those that the visitor asked for."""
    return (not sieve.need or sieve.need in card.needs) and (not sieve.language or sieve.language in card.languages)


def therapist_card(card: ClinicianCard, slots: Sequence[Slot], reading: Reading) -> TherapistCard:
    """A therapist as the list shows them."""
    wanted = [slot for slot in slots if reading.part in {"", part_of(slot.starts_at, reading.zone)}]
    return TherapistCard(
        slug=card.slug,
        name=card.name,
        title=card.title,
        portrait=card.portrait,
        needs=_sentence(card.needs),
        quote=say(LOCALE, "“{words}”", words=card.quote) if card.quote else "",
        facts=_facts(card),
        next_words=next_words(wanted, reading),
        href=book_address(card.slug),
        times=[short_time(slot, reading.zone, reading.now) for slot in wanted[:MOST_TIMES]],
    )


def next_words(slots: Sequence[Slot], reading: Reading) -> str:
    """When somebody is free next."""
    if not slots:
        return _nothing(reading.part)
    first, zone = slots[0].starts_at, reading.zone
    on, time = f.day_of(first, zone), f.clock(first, zone)
    days = (on - f.day_of(reading.now, zone)).days
    if days == 0:
        return say(LOCALE, "Next free today at {time}", time=time)
    if days == 1:
        return say(LOCALE, "Next free tomorrow at {time}", time=time)
    if days > _SOON and not reading.part:
        return say(LOCALE, "Nothing free before {day}.", day=f.day_long(on))
    return say(LOCALE, "Next free {day} at {time}", day=f.day_long(on), time=time)


def _nothing(part: str) -> str:
    words = {
        "morning": say(LOCALE, "No free morning in the next {n} days.", n=DAYS_AHEAD),
        "afternoon": say(LOCALE, "No free afternoon in the next {n} days.", n=DAYS_AHEAD),
        "evening": say(LOCALE, "No free evening in the next {n} days.", n=DAYS_AHEAD),
    }
    return words.get(part, say(LOCALE, "Nothing free in the next {n} days.", n=DAYS_AHEAD))


def fee_card(offer: OfferCard) -> FeeCard:
    """A service with its price and terms."""
    free_until = f.minutes_words(offer.free_cancel_hours * 60)
    terms = say(
        LOCALE,
        "{length} · costs nothing if you cancel at least {time} before",
        length=f.lasting(offer.minutes),
        time=free_until,
    )
    return FeeCard(offer.name, offer.summary, terms, f.money(offer.price_minor, offer.currency))


def _facts(card: ClinicianCard) -> str:
    languages = ", ".join(card.languages)
    if not card.offers:
        return languages
    offer = card.offers[0]
    price, length = f.money(offer.price_minor, offer.currency), f.lasting(offer.minutes)
    costs = say(LOCALE, "{price} for {length}", price=price, length=length)
    return say(LOCALE, "{languages} · {costs}", languages=languages, costs=costs) if languages else costs


def _sentence(needs: Sequence[str]) -> str:
    """`Low mood, grief, life with a long illness.`: abbreviations keep their capitals."""
    later = [need if need[1:2].isupper() else need[:1].lower() + need[1:] for need in needs[1:]]
    return f"{', '.join([*needs[:1], *later])}." if needs else ""


def _options(everything: str, words: Iterable[str]) -> list[Option]:
    return [Option("", everything), *(Option(word, word) for word in sorted(set(words), key=str.casefold))]
