"""Scores, for staff: the chip with its place on the scale, and the movement over time with its table."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import when
from portal.texts import t

_TREND: Final = bundled(__name__, "trend.jsx")


def score_chip(score: Any) -> rx.Component:
    """A `Score` (or its Var): measure and number, the meter, the word, the last value."""
    squares = score.squares

    def square(on: Any) -> rx.Component:
        filled = rx.cond(on, "true", "false") if isinstance(on, rx.Var) else str(on).lower()
        return rx.el.i(custom_attrs={"data-on": filled})

    drawn = rx.foreach(squares, square) if isinstance(squares, rx.Var) else rx.fragment(*map(square, squares))
    words = when(score.was, t("{word}, was {was}", word=score.word, was=score.was), score.word)
    return rx.el.p(
        rx.el.b(score.measure, " ", score.value),
        rx.el.span(drawn, class_name="meter", aria_hidden="true"),
        rx.el.span(words),
        class_name="score",
    )


class _TrendChart(rx.Component):
    library = _TREND
    tag = "TrendChart"

    trend: rx.Var[Any]
    date_word: rx.Var[str]


def trend_chart(trend: Any) -> rx.Component:
    """A `Trend` (or its Var): lines over named bands, and the same numbers as a table under them."""
    return _TrendChart.create(trend=trend, date_word=t("Date"))
