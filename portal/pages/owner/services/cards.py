"""What the services page shows, and what is read from its form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.clinic.practice.service import BOUNDS, offer_problems
from portal.clinic.practice.values import OfferCard, OfferDraft
from portal.texts.catalogue import LOCALE, say
from portal.texts.formats import decimals, lasting, money

NUMBERS = (
    "minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "notice_minutes",
    "window_days",
    "step_minutes",
    "free_cancel_hours",
    "late_fee_percent",
    "no_show_percent",
)


@dataclass(frozen=True)
class ServiceCard:
    """A service as the list and the form show it; numbers as people type them."""

    public_id: str = ""
    name: str = ""
    summary: str = ""
    lasts: str = ""
    price_words: str = ""
    terms: str = ""
    givers: str = ""
    price: str = ""
    minutes: str = "50"
    buffer_before_minutes: str = "0"
    buffer_after_minutes: str = "10"
    notice_minutes: str = "120"
    window_days: str = "60"
    step_minutes: str = "30"
    free_cancel_hours: str = "24"
    late_fee_percent: str = "50"
    no_show_percent: str = "100"
    pay_later: bool = False
    is_active: bool = True
    no_way_to_pay: bool = False


@dataclass(frozen=True)
class GiverCard:
    """A therapist, and whether they give the service."""

    public_id: str
    name: str
    gives: bool


def service_card(offer: OfferCard, givers: list[str], *, takes_cards: bool) -> ServiceCard:
    """A service in words."""
    places = decimals(offer.currency)
    terms = say(
        LOCALE,
        "Free to cancel until {hours} hours before, then {percent} % is kept.",
        hours=offer.free_cancel_hours,
        percent=offer.late_fee_percent,
    )
    return ServiceCard(
        public_id=offer.public_id,
        name=offer.name,
        summary=offer.summary,
        lasts=lasting(offer.minutes),
        price_words=money(offer.price_minor, offer.currency),
        terms=terms,
        givers=", ".join(givers),
        price=f"{offer.price_minor / 10**places:.{places}f}",
        pay_later=offer.pay_later,
        is_active=offer.is_active,
        no_way_to_pay=offer.is_active and offer.price_minor > 0 and not (offer.pay_later or takes_cards),
        **{name: str(getattr(offer, name)) for name in NUMBERS},
    )


def minor_units(text: str, currency: str) -> int | None:
    """An amount as people write it, in minor units; None when it is none.

    `65`, `65.00`, `65,00`, `£65`, `65 GBP`, `1,250.00` and `1.250,00` are all read. The last sign of the two is the
    decimal one, unless three figures follow it and the currency has not three decimals.
    """
    places = decimals(currency)
    plain = re.sub(rf"\s|{currency}|\u2019|'", "", text, flags=re.IGNORECASE).strip("£€$¥₹")
    if not re.fullmatch(r"[0-9]{1,9}|[0-9][0-9.,]{0,12}", plain):
        return None
    head, sign, tail = re.fullmatch(r"(.*?)(?:([.,])([0-9]*))?", plain).groups("")  # pyright: ignore[reportOptionalMemberAccess]
    if sign and (len(tail) == 3 != places):
        head, tail = head + sign + tail, ""
    grouped = r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3})+"
    if not re.fullmatch(grouped, head) or (tail and sign in head):
        return None
    if len(tail) > places and set(tail[places:]) != {"0"}:
        return None
    whole = int(re.sub(r"[.,]", "", head))
    return whole * 10**places + int(tail[:places].ljust(places, "0") or "0")


def read_service(sent: dict[str, str], currency: str) -> tuple[OfferDraft, dict[str, str]]:
    """The form as a draft, and what is wrong with it, by field and in words."""
    problems: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for name in NUMBERS:
        text = sent.get(name, "").strip()
        if text.isascii() and text.isdigit() and len(text) < 7:
            numbers[name] = int(text)
        else:
            problems[name] = say(LOCALE, "Write a whole number.")
            numbers[name] = BOUNDS[name][0]
    price = minor_units(sent.get("price", ""), currency)
    if price is None:
        problems["price"] = say(LOCALE, "Write an amount, such as {amount}.", amount=_typed(6500, currency))
    draft = OfferDraft(
        name=sent.get("name", ""),
        summary=sent.get("summary", ""),
        price_minor=price or 0,
        pay_later="pay_later" in sent,
        is_active="is_active" in sent,
        **numbers,
    )
    return draft, {**refused(offer_problems(draft), currency), **problems}


def refused(fields: dict[str, str], currency: str) -> dict[str, str]:
    """What the service refused, by field of the form and in words."""
    return {"price" if name == "price_minor" else name: _words(name, code, currency) for name, code in fields.items()}


def _words(name: str, code: str, currency: str) -> str:
    if code == "missing":
        return say(LOCALE, "This must not be empty.")
    low, high = BOUNDS[name]
    if name == "price_minor":
        return say(LOCALE, "At most {amount}.", amount=money(high, currency))
    return say(LOCALE, "From {low} to {high}.", low=low, high=high)


def _typed(minor: int, currency: str) -> str:
    places = decimals(currency)
    return f"{minor / 10**places:.{places}f}"
