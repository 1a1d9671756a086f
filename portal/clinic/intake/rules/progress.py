"""How far a form and a packet are, and how long the rest takes. The law: docs/rules/intake.md."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from portal.clinic.intake.rules.scoring import applies
from portal.clinic.intake.values import Answers, Form, FormProgress, Group, PacketProgress, Question, QuestionKind

_SECONDS = {
    QuestionKind.CHOICE: 8,
    QuestionKind.TICK: 5,
    QuestionKind.TEXT: 10,
    QuestionKind.DATE: 15,
    QuestionKind.PHONE: 15,
    QuestionKind.EMAIL: 15,
    QuestionKind.LONG_TEXT: 40,
}


def shown_groups(form: Form, answers: Answers) -> tuple[Group, ...]:
    """The pages to walk through as the answers are: questions that do not apply and pages left empty are not asked."""
    asked = [
        replace(group, questions=tuple(one for one in group.questions if applies(form, one, answers)))
        for group in form.groups
    ]
    return tuple(group for group in asked if group.questions)


def form_progress(form: Form, answers: Answers, *, is_submitted: bool = False) -> FormProgress:
    """How far a form is. What may be left empty is neither counted nor waited for."""
    required = [question for question in form.questions if question.required]
    left = [] if is_submitted else [question for question in required if not _has(question, answers)]
    return FormProgress(
        key=form.key,
        title=form.title,
        answered=len(required) - len(left),
        total=len(required),
        minutes_left=_minutes(_seconds(form, left, required)),
        is_started=is_submitted or any(_has(question, answers) for question in form.questions),
        is_submitted=is_submitted,
    )


def packet_progress(forms: Sequence[Form], drafts: Mapping[str, Answers], submitted: Collection[str]) -> PacketProgress:
    """How far a packet is. `drafts` and `submitted` go by form key."""
    standing = tuple(
        form_progress(form, drafts.get(form.key, {}), is_submitted=form.key in submitted) for form in forms
    )
    seconds = 0
    for form in forms:
        required = [question for question in form.questions if question.required]
        answers = drafts.get(form.key, {})
        left = [] if form.key in submitted else [one for one in required if not _has(one, answers)]
        seconds += _seconds(form, left, required)
    return PacketProgress(
        forms=standing,
        questions_left=sum(one.total - one.answered for one in standing),
        minutes_left=_minutes(seconds),
        submitted=sum(one.is_submitted for one in standing),
        next_form=next((one.key for one in standing if not one.is_submitted), None),
    )


def _has(question: Question, answers: Answers) -> bool:
    answer = answers.get(question.key, "").strip()
    if question.options:
        return answer in {option.value for option in question.options}
    return bool(answer)


def _seconds(form: Form, left: Sequence[Question], required: Sequence[Question]) -> int:
    reading = form.seconds if left and len(left) == len(required) else 0
    return reading + sum(_SECONDS[question.kind] for question in left)


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)
