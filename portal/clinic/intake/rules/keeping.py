"""Which forms a packet asks, until when, and what a save does beside keeping answers. The law: docs/rules/intake.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

TELL_EVERY = timedelta(minutes=1)
RISK = "self_harm"


def asks_about_you(*, begun_here: bool, known_to_therapist: bool) -> bool:
    """About you is asked once for each therapist; where it was begun it stays."""
    return begun_here or not known_to_therapist


def asks_consent(*, signed_here: bool, in_force: bool) -> bool:
    """A consent that is in force is not asked again."""
    return signed_here or not in_force


def takes_answers(*, is_booked: bool, is_measure: bool) -> bool:
    """A measure tells of the days before its visit, so it ends with it; what describes the person may always change."""
    return is_booked or not is_measure


def flag_level(sent: Iterable[int], draft: int) -> int:
    """How grave the flag is: the gravest of what was ever sent and what stands in the draft; 0 is no flag."""
    return max((*sent, draft), default=0)


def tells(last: datetime | None, now: datetime) -> bool:
    """Whether this save gets an audit entry of its own: the first, then one a minute for each form."""
    return last is None or now - last >= TELL_EVERY
