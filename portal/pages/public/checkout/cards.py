"""What the checkout shows, as strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.clinic.practice.values import ClinicianCard
from portal.clinic.scheduling.rules.cancelling import fee_of
from portal.clinic.scheduling.values import HoldView
from portal.components.cards import Option
from portal.pages.public.holding import book_address
from portal.texts import LOCALE, say
from portal.texts import formats as f

CARD, LATER = "card", "later"


@dataclass(frozen=True)
class TermRow:
    """One line of what cancelling costs; `**` marks what is strong."""

    when: str
    cost: str


@dataclass(frozen=True)
class HeldCard:
    """The time that is kept, and all that is said about it before it is booked."""

    slot_id: str = ""
    slug: str = ""
    until: str = ""
    told: str = ""
    can_extend: bool = False
    moment: str = ""
    brief: str = ""
    name: str = ""
    portrait: str = ""
    day: str = ""
    zone: str = ""
    what: str = ""
    price: str = ""
    terms: list[TermRow] = field(default_factory=list[TermRow])
    ways: list[Option] = field(default_factory=list[Option])
    times_href: str = ""


@dataclass(frozen=True)
class CheckoutView:
    """Where the visitor stands.

    `stage`: empty while it loads; `about` (who is coming), `pay`, `staff` (no account for visits), `clash` (has a
    visit then), `none` (no time is kept). `over`: the hold ran out.
    """

    stage: str = ""
    over: bool = False
    held: HeldCard = HeldCard()


def held_card(held: HoldView, zone: str, now: datetime, *, takes_cards: bool) -> HeldCard:
    """A held time as strings."""
    offer, card = held.offer, held.clinician
    return HeldCard(
        slot_id=held.slot_id,
        slug=card.slug,
        until=held.held_until.isoformat(),
        told=now.isoformat(),
        can_extend=held.can_extend,
        moment=f.moment(held.starts_at, zone),
        brief=f.moment_short(held.starts_at, zone),
        name=card.name,
        portrait=card.portrait,
        day=whole_time(held.starts_at, held.ends_at, zone),
        zone=zone_line(held.starts_at, zone, card),
        what=say(LOCALE, "{service}, {length}", service=offer.name, length=f.lasting(offer.minutes)),
        price=f.money(held.price_minor, held.currency),
        terms=terms(held, zone, now),
        ways=_ways(takes_cards=takes_cards, pay_later=offer.pay_later) if held.price_minor else [_free()],
        times_href=book_address(card.slug, offer.public_id),
    )


def whole_time(start: datetime, end: datetime, zone: str) -> str:
    """`Thursday 19 March 2026, 10:30 to 11:20`: the hours stay on one line."""
    hours = f.clock_range(start, end, zone).replace(" ", "\u00a0")
    return say(LOCALE, "{day}, {time}", day=f.day_full(f.day_of(start, zone)), time=hours)


def zone_line(at: datetime, zone: str, card: ClinicianCard) -> str:
    """`London time.`, and what the therapist's clock shows when that differs."""
    here = say(LOCALE, "{zone}.", zone=f.zone_words(zone, at=at))
    if f.moment(at, zone) == f.moment(at, card.zone):
        return here
    time, city = f.clock(at, card.zone), f.zone_city(card.zone)
    there = say(LOCALE, "It is {time} in {city}, where {name} works.", time=time, city=city, name=card.name)
    return f"{here} {there}"


def terms(held: HoldView, zone: str, now: datetime) -> list[TermRow]:
    """What cancelling costs, from now until the visit."""
    offer = held.offer
    free_until = held.starts_at - timedelta(hours=offer.free_cancel_hours)
    late = fee_of(held.price_minor, offer.late_fee_percent)
    absent = fee_of(held.price_minor, offer.no_show_percent)
    still_free = free_until > now
    rows = [TermRow(say(LOCALE, "until **{moment}**", moment=f.moment(free_until, zone)), _cost(0, held.currency))]
    after = say(LOCALE, "after that") if still_free else say(LOCALE, "from now until it begins")
    rows = [*(rows if still_free else []), TermRow(after, _cost(late, held.currency))]
    return [*rows, TermRow(say(LOCALE, "not at all, and don’t come"), _cost(absent, held.currency))]


def _cost(minor: int, currency: str) -> str:
    return f.money(minor, currency) if minor else say(LOCALE, "nothing")


def _ways(*, takes_cards: bool, pay_later: bool) -> list[Option]:
    now = Option(
        CARD,
        say(LOCALE, "Now, by card"),
        say(LOCALE, "On a separate card page. You come straight back here. We never see your card number."),
    )
    by_card = say(LOCALE, "You find the invoice among your papers, and can pay it there by card.")
    by_invoice = say(LOCALE, "You find the invoice among your papers.")
    later = Option(LATER, say(LOCALE, "After the visit"), by_card if takes_cards else by_invoice)
    return [*([now] if takes_cards else []), *([later] if pay_later else [])]


def _free() -> Option:
    return Option(LATER, say(LOCALE, "There is nothing to pay"), say(LOCALE, "This visit is free of charge."))
