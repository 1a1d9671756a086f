"""What a patient answered, in words: tables of measures beside the time before, facts, how scores moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portal.clinic.intake.forms import ABOUT_YOU
from portal.clinic.intake.values import ClinicalView, FormState, FormView, MeasureTrend, Question, QuestionKind
from portal.components.cards import Band, Series, Trend
from portal.texts import LOCALE, say, say_n
from portal.texts import formats as f

_SHORT = {"moderately_severe": "mod. severe"}
"""Words that have to fit into a band of the chart."""


@dataclass(frozen=True)
class AnswerRow:
    """One question of a measure: what was answered now and the time before."""

    text: str
    value: str
    words: str
    before: str
    kind: str = ""


@dataclass(frozen=True)
class AnswerTable:
    """One measure, its answers and their sum."""

    measure: str
    caption: str
    sent: str
    now: str
    before: str
    rows: list[AnswerRow] = field(default_factory=list[AnswerRow])


@dataclass(frozen=True)
class FactCard:
    """One answer in words; `href` where it can be dialled."""

    term: str
    value: str
    href: str = ""


@dataclass(frozen=True)
class Reading:
    """In which zone and on which day answers are read."""

    zone: str
    today: date


def answer_tables(told: ClinicalView, before: ClinicalView | None, at: Reading) -> list[AnswerTable]:
    """Every measure that was sent for this visit."""
    earlier = {form.form.key: form for form in before.forms} if before else {}
    measured = [form for form in told.forms if form.form.measure is not None]
    return [_table(form, earlier.get(form.form.key), _total(told, form), at) for form in measured]


def about_facts(told: ClinicalView) -> list[FactCard]:
    """What the patient told about themselves, question by question."""
    about = about_answers(told)
    asked = [question for question in ABOUT_YOU.questions if about.get(question.key)]
    return [FactCard(say(LOCALE, one.text), _said(one, about[one.key])) for one in asked]


def about_answers(told: ClinicalView | None) -> dict[str, str]:
    """The answers of "about you", as they were given last."""
    forms = told.forms if told else ()
    return next((form.answers for form in forms if form.form.key == ABOUT_YOU.key), {})


def trend_card(trends: tuple[MeasureTrend, ...], at: Reading) -> Trend:
    """All measures over time in one picture, over the bands of the first."""
    if not trends:
        return Trend("", "", [], [], [])
    days = sorted({f.day_of(point.at, at.zone) for trend in trends for point in trend.points})
    bands = trends[0].measure.bands
    ends = [*(band.least for band in bands[1:]), bands[-1].most]
    note = say(LOCALE, "Bands are those of the {measure}.", measure=trends[0].measure.name)
    return Trend(
        title=say_n(LOCALE, "Scores of {n} day", "Scores over {n} days", len(days)),
        summary=" ".join(_moved(trend, at) for trend in trends),
        bands=[
            Band(one.least, end, say(LOCALE, _SHORT.get(one.key, one.word)))
            for one, end in zip(bands, ends, strict=True)
        ],
        dates=[f.day_brief(day) for day in days],
        series=[_series(trend, days, at) for trend in trends],
        note=note if len(trends) > 1 else "",
    )


def _table(form: FormView, earlier: FormView | None, total: str, at: Reading) -> AnswerTable:
    measure = form.form.measure
    assert measure is not None
    items = [question for question in form.form.questions if question.key in measure.items]
    rows = [_row(number, one, form, earlier) for number, one in enumerate(items, 1)]
    before = _points(earlier) if earlier else None
    rows.append(AnswerRow(say(LOCALE, "Sum"), "", total, "" if before is None else str(before), "sum"))
    rest = [question for question in form.form.questions if question.key not in measure.items]
    rows += [
        AnswerRow(say(LOCALE, one.text), "", _said(one, form.answers[one.key]), "")
        for one in rest
        if form.answers.get(one.key)
    ]
    return AnswerTable(
        measure=measure.name,
        caption=say(LOCALE, "Answers to the {measure}", measure=measure.name),
        sent=_sent(form, at),
        now=_day(form, at),
        before=_day(earlier, at) if earlier else "",
        rows=rows,
    )


def _row(number: int, question: Question, form: FormView, earlier: FormView | None) -> AnswerRow:
    answer = form.answers.get(question.key, "")
    measure = form.form.measure
    hot = measure is not None and question.key == measure.risk_item and answer not in {"", "0"}
    return AnswerRow(
        text=say(LOCALE, "{n}. {question}", n=number, question=say(LOCALE, question.text)),
        value=answer,
        words=_said(question, answer).lower(),
        before=earlier.answers.get(question.key, "") if earlier else "",
        kind="hot" if hot else "",
    )


def _said(question: Question, answer: str) -> str:
    if question.kind is QuestionKind.DATE:
        return f.day_plain(date.fromisoformat(answer))
    label = next((option.label for option in question.options if option.value == answer), answer)
    return say(LOCALE, label) if question.options else label


def _total(told: ClinicalView, form: FormView) -> str:
    name = form.form.measure.name if form.form.measure else ""
    found = next((one.score for one in told.scores if one.measure == name and one.score.is_complete), None)
    return say(LOCALE, "{total} {word}", total=found.total, word=say(LOCALE, found.word)) if found else ""


def _points(form: FormView) -> int | None:
    items = form.form.measure.items if form.form.measure else ()
    given = [form.answers[key] for key in items if form.answers.get(key, "").isdigit()]
    return sum(map(int, given)) if len(given) == len(items) else None


def _day(form: FormView, at: Reading) -> str:
    return f.day_word(f.day_of(form.submitted_at, at.zone), at.today) if form.submitted_at else ""


def _sent(form: FormView, at: Reading) -> str:
    if form.submitted_at is None:
        return ""
    when = f.moment_short(form.submitted_at, at.zone)
    if form.state is FormState.CHANGED:
        return say(LOCALE, "Sent {when}; changed since, not sent again", when=when)
    if form.version > 1:
        return say(LOCALE, "Version {n}, sent {when}", n=form.version, when=when)
    return say(LOCALE, "Sent {when}", when=when)


def _series(trend: MeasureTrend, days: list[date], at: Reading) -> Series:
    by_day = {f.day_of(point.at, at.zone): point.score for point in trend.points}
    found = [by_day.get(day) for day in days]
    return Series(
        name=trend.measure.name,
        values=[one.total if one else None for one in found],
        words=[say(LOCALE, one.word) if one else "" for one in found],
    )


def _moved(trend: MeasureTrend, at: Reading) -> str:
    first, last = trend.points[0], trend.points[-1]
    values = {
        "measure": trend.measure.name,
        "first": str(first.score.total),
        "last": str(last.score.total),
        "on": f.day_brief(f.day_of(first.at, at.zone)),
        "now": f.day_brief(f.day_of(last.at, at.zone)),
    }
    if len(trend.points) == 1:
        return say(LOCALE, "{measure} was {last} on {now}.", **values)
    return say(LOCALE, "{measure} was {first} on {on} and is {last} on {now}.", **values)
