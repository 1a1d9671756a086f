"""What a measure comes to, and whether an answer needs somebody at once. The law: docs/rules/intake.md."""

from __future__ import annotations

from portal.clinic.intake.values import Answers, Form, Question, Score


def score(form: Form, answers: Answers) -> Score | None:
    """The sum and its band once every item is answered; None for a form that is no measure."""
    measure = form.measure
    if measure is None:
        return None
    points = [found for item in measure.items if (found := _points(form, item, answers)) is not None]
    levels, highest = len(measure.bands), measure.bands[-1].most
    if len(points) < len(measure.items):
        return Score(measure.name, len(points), len(measure.items), highest=highest, levels=levels)
    total = sum(points)
    level, band = next((at, one) for at, one in enumerate(measure.bands, 1) if one.least <= total <= one.most)
    return Score(measure.name, len(points), len(points), total, highest, band.key, band.word, level, levels)


def risk_level(form: Form, answers: Answers) -> int | None:
    """The points of the item that asks about self-harm, whatever else is answered; None when it is not."""
    item = form.measure.risk_item if form.measure else None
    return _points(form, item, answers) if item else None


def risk_raised(form: Form, answers: Answers) -> bool:
    """Whether help must be shown and the therapist told: that item was answered above zero."""
    return (risk_level(form, answers) or 0) > 0


def applies(form: Form, question: Question, answers: Answers) -> bool:
    """Whether a question is asked, the answers being as they are."""
    if not question.only_if_any or form.measure is None:
        return True
    return any(_points(form, item, answers) for item in form.measure.items)


def _points(form: Form, item: str, answers: Answers) -> int | None:
    question = next(one for one in form.questions if one.key == item)
    return next((option.score for option in question.options if option.value == answers.get(item)), None)
