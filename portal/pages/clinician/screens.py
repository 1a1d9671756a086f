"""Which States hold what patients told, so that a screen can put away what the one before it showed."""

from __future__ import annotations

from typing import TypeVar

import reflex as rx

S = TypeVar("S", bound=type[rx.State])

_SCREENS: list[type[rx.State]] = []


def screen(state: S) -> S:
    """Mark a State that is empty unless its screen is shown."""
    _SCREENS.append(state)
    return state


async def put_away_others(shown: rx.State, *beside: type[rx.State]) -> None:
    """Empty every marked State but the one that is shown now, and those that stand beside it."""
    for state in _SCREENS:
        if not isinstance(shown, state) and state not in beside:
            (await shown.get_state(state)).reset()
