"""What the money page shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LineCard:
    """One ledger line in words."""

    key: str
    when: str
    what: str
    account: str
    amount: str


@dataclass(frozen=True)
class BalanceCard:
    """An account, what it means, and where it stands."""

    account: str
    meaning: str
    amount: str
