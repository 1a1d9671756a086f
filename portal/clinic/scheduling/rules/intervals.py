"""Interval algebra over half-open spans of whole seconds since 1970.

A list of spans is "in order" when starts and ends both rise or stay. It is "normal" when, besides, each span lasts
longer than nothing and none touches or overlaps the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def normal(spans: Iterable[Span]) -> list[Span]:
    """The same time as a normal list, whatever the order; empty and reversed spans vanish."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """The time of `spans` that is not in `taken`. `spans` normal, `taken` in order; the answer is normal."""
    left: list[Span] = []
    at, most = 0, len(taken)
    for start, end in spans:
        while at < most and taken[at][1] <= start:
            at += 1
        cursor, look = start, at
        while look < most and taken[look][0] < end:
            since, until = taken[look]
            if since > cursor:
                left.append((cursor, since))
            cursor = max(cursor, until)
            look += 1
        if cursor < end:
            left.append((cursor, end))
    return left


def covers(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one span of a normal list holds all of [start, end)."""
    at = bisect_right(spans, start, key=_start) - 1
    return at >= 0 and spans[at][1] >= end


def _start(span: Span) -> int:
    return span[0]
