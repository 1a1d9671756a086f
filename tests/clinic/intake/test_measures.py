"""Scores by the published cut-offs, nothing guessed, and the one answer that cannot wait."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clinic.intake import rules
from portal.clinic.intake.forms import ABOUT_YOU, GAD7, PACKET, PHQ9, find_form
from portal.clinic.intake.values import Form

MEASURES = [PHQ9, GAD7]


def answered(form: Form, points: list[int]) -> dict[str, str]:
    assert form.measure is not None
    return {item: str(point) for item, point in zip(form.measure.items, points, strict=False)}


def spread(form: Form, total: int) -> dict[str, str]:
    """Answers that sum up to `total`."""
    assert form.measure is not None
    points: list[int] = []
    for _ in form.measure.items:
        points.append(min(3, total - sum(points)))
    return answered(form, points)


class TestScore:
    @pytest.mark.parametrize(
        ("form", "total", "word", "level"),
        [
            (PHQ9, 0, "minimal", 1),
            (PHQ9, 4, "minimal", 1),
            (PHQ9, 5, "mild", 2),
            (PHQ9, 9, "mild", 2),
            (PHQ9, 10, "moderate", 3),
            (PHQ9, 14, "moderate", 3),
            (PHQ9, 15, "moderately severe", 4),
            (PHQ9, 19, "moderately severe", 4),
            (PHQ9, 20, "severe", 5),
            (PHQ9, 27, "severe", 5),
            (GAD7, 0, "minimal", 1),
            (GAD7, 4, "minimal", 1),
            (GAD7, 5, "mild", 2),
            (GAD7, 9, "mild", 2),
            (GAD7, 10, "moderate", 3),
            (GAD7, 14, "moderate", 3),
            (GAD7, 15, "severe", 4),
            (GAD7, 21, "severe", 4),
        ],
    )
    def test_bands_are_the_published_ones(self, form: Form, total: int, word: str, level: int) -> None:
        found = rules.score(form, spread(form, total))
        assert found is not None
        assert (found.total, found.word, found.level) == (total, word, level)
        assert found.is_complete

    @given(st.sampled_from(MEASURES), st.data())
    def test_is_the_sum_once_all_is_answered(self, form: Form, data: st.DataObject) -> None:
        assert form.measure is not None
        points = data.draw(
            st.lists(st.integers(0, 3), min_size=len(form.measure.items), max_size=len(form.measure.items))
        )
        found = rules.score(form, answered(form, points))
        assert found is not None
        assert found.total == sum(points)
        band = form.measure.bands[found.level - 1]
        assert band.least <= found.total <= band.most
        assert found.levels == len(form.measure.bands)

    @given(st.sampled_from(MEASURES), st.data())
    def test_nothing_is_guessed_for_what_was_left_out(self, form: Form, data: st.DataObject) -> None:
        assert form.measure is not None
        answers = spread(form, data.draw(st.integers(0, 21)))
        for item in data.draw(st.sets(st.sampled_from(form.measure.items), min_size=1)):
            answers[item] = data.draw(st.sampled_from(["", "4", "-1", "03", "x", "\uff13"]))
        found = rules.score(form, answers)
        assert found is not None
        assert (found.total, found.band, found.word, found.level) == (None, "", "", 0)
        assert not found.is_complete

    def test_each_item_counts_by_its_own_options(self) -> None:
        first, *rest = PHQ9.groups[0].questions
        turned = tuple(replace(option, score=3 - (option.score or 0)) for option in first.options)
        group = replace(PHQ9.groups[0], questions=(replace(first, options=turned), *rest))
        found = rules.score(replace(PHQ9, groups=(group, *PHQ9.groups[1:])), spread(PHQ9, 0))
        assert found is not None
        assert (found.total, found.highest) == (3, 27)

    def test_difficulty_does_not_count(self) -> None:
        answers = {**spread(PHQ9, 27), "difficulty": "3"}
        found = rules.score(PHQ9, answers)
        assert found is not None
        assert found.total == 27

    def test_other_forms_have_none(self) -> None:
        assert rules.score(ABOUT_YOU, {}) is None
        assert rules.risk_level(ABOUT_YOU, {"q9": "3"}) is None


class TestRisk:
    @pytest.mark.parametrize(("answer", "raised"), [("0", False), ("1", True), ("2", True), ("3", True), ("", False)])
    def test_item_nine_above_zero_raises_it_whatever_else_is_answered(self, answer: str, raised: bool) -> None:
        assert rules.risk_raised(PHQ9, {"q9": answer}) is raised
        assert rules.risk_raised(PHQ9, {**spread(PHQ9, 24), "q9": answer}) is raised

    def test_no_answer_is_not_the_answer_zero(self) -> None:
        assert rules.risk_level(PHQ9, {}) is None
        assert rules.risk_level(PHQ9, {"q9": "0"}) == 0

    def test_gad7_has_no_such_item(self) -> None:
        assert not rules.risk_raised(GAD7, spread(GAD7, 21))


class TestForms:
    def test_items_are_as_many_as_published_and_stand_three_or_four_a_page(self) -> None:
        assert [len(group.questions) for group in PHQ9.groups] == [3, 3, 3, 1]
        assert [len(group.questions) for group in GAD7.groups] == [4, 3, 1]

    @pytest.mark.parametrize("form", MEASURES)
    def test_bands_cover_the_range_without_gap(self, form: Form) -> None:
        assert form.measure is not None
        covered = [total for band in form.measure.bands for total in range(band.least, band.most + 1)]
        assert covered == list(range(3 * len(form.measure.items) + 1))

    @pytest.mark.parametrize("form", PACKET, ids=lambda form: form.key)
    def test_keys_are_said_once_and_lengths_fit_the_options(self, form: Form) -> None:
        keys = [question.key for question in form.questions]
        assert len(keys) == len(set(keys))
        for question in form.questions:
            assert all(len(option.value) <= question.longest for option in question.options)
            values = [option.value for option in question.options]
            assert len(values) == len(set(values))

    def test_a_form_is_found_in_the_version_it_was_answered_in(self) -> None:
        assert find_form("phq9") is find_form("phq9", "1") is PHQ9
        with pytest.raises(Exception, match="not_found"):
            find_form("phq9", "0")
        with pytest.raises(Exception, match="not_found"):
            find_form("phq10")
