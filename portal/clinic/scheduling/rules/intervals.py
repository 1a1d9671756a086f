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
    since = until = 0  # the span that still grows
    for start, end in sorted(spans):
        if start > until or since == until:
            if since < until:
                merged.append((since, until))
            since, until = start, end
        elif end > until:
            until = end
    return [*merged, (since, until)] if since < until else merged


def without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """The time of `spans` that is not in `taken`. `spans` normal, `taken` in order; the answer is normal."""
    left: list[Span] = []
    at, most = 0, len(taken)
    for start, end in spans:
        cursor = start
        while at < most:
            since, until = taken[at]
            if since >= end:
                break
            if since > cursor:
                left.append((cursor, since))
            cursor = max(cursor, until)
            if until >= end:  # what reaches further is looked at again for the next span
                break
            at += 1
        if cursor < end:
            left.append((cursor, end))
    return left


def covers(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one span of a normal list holds all of [start, end)."""
    at = bisect_right(spans, start, key=_start) - 1
    return at >= 0 and spans[at][1] >= end


def _start(span: Span) -> int:
    return span[0]
