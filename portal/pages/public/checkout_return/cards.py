"""What the page between card and confirmation shows, as strings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReturnView:
    """Where the payment stands: `waiting`, `silent` (no answer), `abandoned`, `refunded`, `twice`, `unknown`."""

    stage: str = "waiting"
    amount: str = ""
    times_href: str = ""
