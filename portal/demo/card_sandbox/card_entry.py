"""Reads what a person typed on the card page, and says what is missing in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.demo.card_sandbox.cards import TestCard, test_card

TEST_EXPIRY, TEST_CVC = "12 / 34", "123"
_EXPIRY = re.compile(r"^(\d{1,2})\s*[/ -]?\s*(\d{2}|\d{4})$")


@dataclass(frozen=True)
class Entry:
    """The three fields as typed. Nothing of it is kept."""

    number: str = ""
    expiry: str = ""
    cvc: str = ""


def entry_of(form: Mapping[str, object]) -> Entry:
    """The fields of a sent form, cut to a sane length."""
    return Entry(*(str(form.get(name, ""))[:40].strip() for name in ("number", "expiry", "cvc")))


def entry_for(card: TestCard) -> Entry:
    """What a quick-fill button puts into the fields."""
    return Entry(card.spaced, TEST_EXPIRY, TEST_CVC)


def card_in(entry: Entry) -> TestCard | None:
    """The test card with the number that was typed."""
    return test_card(re.sub(r"[\s-]", "", entry.number))


def mistakes(entry: Entry, now: float) -> dict[str, str]:
    """What to put right, by field; empty when it can be tried."""
    found: dict[str, str] = {}
    if not re.fullmatch(r"[\d\s-]{12,}", entry.number):
        found["number"] = "The card number has 16 digits, such as 4242 4242 4242 4242."
    elif card_in(entry) is None:
        found["number"] = "This page takes its four test cards only. Nothing of the number was kept."
    if not _expires_later(entry.expiry, now):
        found["expiry"] = "Month and year that lie ahead, such as 12 / 34."
    if not re.fullmatch(r"\d{3,4}", entry.cvc):
        found["cvc"] = "Three digits, such as 123."
    return found


def _expires_later(text: str, now: float) -> bool:
    match = _EXPIRY.match(text)
    if not match:
        return False
    month, year = int(match[1]), int(match[2]) % 100 + 2000
    today = datetime.fromtimestamp(now, UTC)
    return 1 <= month <= 12 and (year, month) >= (today.year, today.month)
