"""Interval algebra, against sets of seconds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.clinic.scheduling.rules.intervals import Span, covers, normal, without
from tests.clinic.scheduling.strategies import is_normal

rough = st.lists(st.builds(lambda at, long: (at, at + long), st.integers(0, 40), st.integers(-1, 6)), max_size=12)
normals = rough.map(normal)


def seconds(spans: list[Span]) -> set[int]:
    return {second for start, end in spans for second in range(start, end)}


@given(rough)
def test_normal_keeps_the_time_and_puts_it_into_order(spans: list[Span]) -> None:
    assert seconds(normal(spans)) == seconds(spans)
    assert is_normal(normal(spans))


@given(normals, normals)
def test_without_takes_away_exactly_what_is_taken(spans: list[Span], taken: list[Span]) -> None:
    left = without(spans, taken)
    assert seconds(left) == seconds(spans) - seconds(taken)
    assert is_normal(left)


@given(normals, normals, st.integers(0, 9), st.integers(0, 9))
def test_without_takes_spans_that_grew_into_each_other(spans: list[Span], taken: list[Span], a: int, b: int) -> None:
    grown = [(start - a, end + b) for start, end in taken]
    left = without(spans, grown)
    assert seconds(left) == seconds(spans) - seconds(grown)
    assert is_normal(left)


@given(normals, st.integers(-2, 62), st.integers(1, 20))
def test_covers_is_all_of_it(spans: list[Span], start: int, length: int) -> None:
    wanted, held = set(range(start, start + length)), seconds(spans)
    assert covers(spans, start, start + length) == (wanted <= held)


def test_touching_spans_become_one_and_empty_ones_vanish() -> None:
    assert normal([(5, 9), (1, 5), (7, 7), (9, 3)]) == [(1, 9)]
