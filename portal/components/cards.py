"""What parts are given to show: strings that a State formatted. Nothing here knows Reflex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One answer of a choice or a select."""

    value: str
    label: str
    hint: str = ""
    off: bool = False


@dataclass(frozen=True)
class SlotTime:
    """A free time. With `href` it is a link, else a button that hands its id on."""

    id: str
    time: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class SlotPart:
    """Morning, Afternoon or Evening."""

    name: str
    times: list[SlotTime] = field(default_factory=list[SlotTime])


@dataclass(frozen=True)
class SlotDay:
    """A day as a heading with its times; a day without parts says so in its note."""

    key: str
    title: str
    note: str
    parts: list[SlotPart] = field(default_factory=list[SlotPart])


@dataclass(frozen=True)
class HelpLine:
    """One way to reach a person now."""

    name: str
    number: str
    note: str
    href: str
    icon: str = "phone"


@dataclass(frozen=True)
class Score:
    """A measure, its sum, the word for it, and its place on the scale."""

    measure: str
    value: str
    word: str
    squares: list[bool]
    was: str = ""


@dataclass(frozen=True)
class Band:
    """A severity band: from `start` up to `end`, where the next one begins."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Series:
    """One measure over time: a value (or None) and its word for each date."""

    name: str
    values: list[int | None]
    words: list[str]


@dataclass(frozen=True)
class Trend:
    """Scores over time, oldest first; `summary` tells the movement in one sentence."""

    title: str
    summary: str
    bands: list[Band]
    dates: list[str]
    series: list[Series]
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab of a row of tabs."""

    key: str
    label: str


def squares(level: int, of: int) -> list[bool]:
    """The squares of a score's meter: `level` of them filled."""
    return [i < level for i in range(of)]


def options(*pairs: Sequence[str]) -> list[Option]:
    """Options from (value, label) pairs."""
    return [Option(value=pair[0], label=pair[1]) for pair in pairs]
