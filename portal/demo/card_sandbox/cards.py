"""The cards that the sandbox knows, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TestCard:
    """A card number that means something. `decline` is Stripe's code and decline code."""

    key: str
    number: str
    says: str
    decline: tuple[str, str] | None = None
    asks: bool = False

    @property
    def spaced(self) -> str:
        """The number as people write it."""
        return " ".join(self.number[start : start + 4] for start in range(0, len(self.number), 4))

    @property
    def last4(self) -> str:
        """What a receipt shows."""
        return self.number[-4:]


TEST_CARDS = (
    TestCard("pays", "4242424242424242", "pays"),
    TestCard("declined", "4000000000000002", "is declined", ("card_declined", "generic_decline")),
    TestCard("asks", "4000000000003220", "asks for confirmation first (3-D Secure)", asks=True),
    TestCard("short", "4000000000009995", "has too little money", ("card_declined", "insufficient_funds")),
)
FAILED_CONFIRMATION = ("payment_intent_authentication_failure", "")

_BY_NUMBER = {card.number: card for card in TEST_CARDS}
_BY_KEY = {card.key: card for card in TEST_CARDS}


def test_card(number: str) -> TestCard | None:
    """The card with these digits."""
    return _BY_NUMBER.get(number)


def card_called(key: str) -> TestCard | None:
    """The card that a quick-fill button names."""
    return _BY_KEY.get(key)
