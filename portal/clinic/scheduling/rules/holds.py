"""How long a time is kept for somebody. The law: docs/rules/holds.md."""

from __future__ import annotations

from datetime import datetime, timedelta

HOLD_LASTS = timedelta(minutes=15)
EXTENSION = timedelta(minutes=10)
MOST_EXTENSIONS = 1
MOST_RENEWALS = 1
MOST_PER_ADDRESS = 3
LONGEST = HOLD_LASTS * (1 + MOST_RENEWALS) + EXTENSION * MOST_EXTENSIONS


def held_until(now: datetime) -> datetime:
    """The end of a hold that begins now."""
    return now + HOLD_LASTS


def is_live(until: datetime | None, now: datetime) -> bool:
    """Whether a hold still keeps its time; at its very end it does not."""
    return until is not None and now < until


def may_extend(extended: int) -> bool:
    """Whether the visitor may still ask for longer."""
    return extended < MOST_EXTENSIONS


def extended_until(held_until: datetime) -> datetime:
    """The end of the hold after the visitor asked for longer: nothing of what was left is lost."""
    return held_until + EXTENSION


def renewed_until(now: datetime, held_until: datetime, renewed: int) -> datetime:
    """The end of the hold after a card page was opened: full again the first time, unchanged from then on."""
    if renewed >= MOST_RENEWALS:
        return held_until
    return max(held_until, now + HOLD_LASTS)


def may_hold_more(live_holds_of_address: int) -> bool:
    """Whether one more hold may begin from a network address, own holds let go before."""
    return live_holds_of_address < MOST_PER_ADDRESS
