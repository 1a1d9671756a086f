"""Services: the list, and the one that is being changed."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from portal.clinic.access import Permission
from portal.clinic.errors import Invalid
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import OfferCard, OfferDraft
from portal.pages.guard import allow, read, transact
from portal.texts.catalogue import LOCALE, say
from portal.texts.formats import decimals, lasting, money

_NUMBERS = (
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


class ServicesState(rx.State):
    """Every service; `editing` is the one in the form while it is open."""

    services: rx.Field[list[ServiceCard]] = rx.field(default_factory=list)
    editing: rx.Field[ServiceCard] = rx.field(default_factory=ServiceCard)
    is_open: rx.Field[bool] = rx.field(False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    said: rx.Field[str] = rx.field("")
    currency: rx.Field[str] = rx.field("")
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def load(self) -> None:
        """Fill the page."""
        self.currency = (await read(practice.profile)).currency
        self.services = [_card(offer) for offer in await read(practice.all_offers)]
        self.is_open, self.said, self.loaded = False, "", True

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def edit(self, public_id: str) -> None:
        """Open the form for a service, or for a new one."""
        found = next((card for card in self.services if card.public_id == public_id), ServiceCard())
        self.editing, self.is_open, self.errors, self.said = found, True, {}, ""

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def close(self) -> None:
        """Put the form away without saving."""
        self.is_open = False

    @rx.event
    @allow(Permission.MANAGE_PRACTICE)
    async def save(self, sent: dict[str, str]) -> None:
        """Save the form; what cannot be taken is named beside its field, and what was typed stays."""
        if not self.is_open:  # the server has forgotten which service it was: it would become a new one
            return
        draft, problems = _draft(sent, self.currency)
        if not problems:
            try:
                await transact(practice.save_offer, self.editing.public_id, draft)
            except Invalid as problem:
                problems = {_field(name): _words(code) for name, code in problem.fields.items()}
        self.errors = problems
        if problems:
            return
        self.services = [_card(offer) for offer in await read(practice.all_offers)]
        self.is_open, self.said = False, say(LOCALE, "{name} is saved.", name=draft.name)


def _draft(sent: dict[str, str], currency: str) -> tuple[OfferDraft, dict[str, str]]:
    problems: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for name in _NUMBERS:
        text = sent.get(name, "").strip()
        if text.isascii() and text.isdigit() and len(text) < 7:
            numbers[name] = int(text)
        else:
            problems[name] = say(LOCALE, "Write a whole number.")
            numbers[name] = 0
    price = _minor(sent.get("price", ""), currency)
    if price is None:
        problems["price"] = say(LOCALE, "Write an amount, such as 65.00.")
    return (
        OfferDraft(
            name=sent.get("name", ""),
            summary=sent.get("summary", ""),
            price_minor=price or 0,
            pay_later="pay_later" in sent,
            is_active="is_active" in sent,
            **numbers,
        ),
        problems,
    )


def _minor(text: str, currency: str) -> int | None:
    whole, _, part = text.strip().replace(",", ".").partition(".")
    places = decimals(currency)
    if not (whole.isascii() and whole.isdigit() and len(whole) < 8) or len(part) > places:
        return None
    if part and not (part.isascii() and part.isdigit()):
        return None
    return int(whole) * 10**places + int((part or "0").ljust(places, "0") if places else 0)


def _card(offer: OfferCard) -> ServiceCard:
    places = decimals(offer.currency)
    typed = f"{offer.price_minor / 10**places:.{places}f}"
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
        price=typed,
        pay_later=offer.pay_later,
        is_active=offer.is_active,
        **{name: str(getattr(offer, name)) for name in _NUMBERS},
    )


def _field(name: str) -> str:
    return "price" if name == "price_minor" else name


def _words(code: str) -> str:
    if code == "missing":
        return say(LOCALE, "This must not be empty.")
    return say(LOCALE, "This number is too small or too large.")
