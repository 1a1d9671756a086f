"""What can be taken as an answer, and what is wrong with the rest. The law: docs/rules/intake.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from portal.clinic.intake.values import TICKED, Answers, Checked, Form, Group, Problem, Question, QuestionKind
from portal.clinic.people.rules import email_problem

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PHONE = re.compile(r"\+?[0-9 ()./-]+(?:(?:ext\.?|x|#) ?[0-9]{1,6})?", re.IGNORECASE)
_LONGEST_LIFE = 125
_LONGEST_RAW = 20_000
# Signs that turn the direction of text around and can make a name or number read as another one.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check(form: Form, entered: Mapping[str, object], today: date) -> Checked:
    """Look at a whole form before it is submitted. `today` is the patient's own date."""
    return _checked(form.groups, entered, today)


def check_group(group: Group, entered: Mapping[str, object], today: date) -> Checked:
    """Look at one page before going on; answers to other pages are unknown here."""
    return _checked((group,), entered, today)


def clean(question: Question, entered: object) -> str | None:
    """The answer as it is kept, also in a draft: NFC, one kind of line end, nothing invisible that harms.

    None: it cannot be kept, for it is no text or beyond all measure. Whether it will do is `problem_of`.
    """
    if not isinstance(entered, str) or len(entered) > _LONGEST_RAW:
        return None
    lines = question.kind is QuestionKind.LONG_TEXT
    text = entered.replace("\r\n", "\n").replace("\r", "\n")
    kept = unicodedata.normalize("NFC", "".join(_sign(sign, lines=lines) for sign in text))
    return kept if lines else " ".join(kept.split())


def problem_of(question: Question, answer: str, today: date) -> str | None:
    """The code of what is wrong with a clean answer, or None. An empty one is wrong only where one is required."""
    if not answer.strip():
        return _missing(question) if question.required else None
    if len(answer) > question.longest:
        return "too_long"
    find = _CHECKS.get(question.kind)
    return find(question, answer, today) if find else None


def merged(draft: Answers, changes: Answers) -> dict[str, str]:
    """The draft after a save: what was typed last counts, question by question; an emptied answer is gone."""
    return {key: answer for key, answer in {**draft, **changes}.items() if answer}


def _checked(groups: Sequence[Group], entered: Mapping[str, object], today: date) -> Checked:
    known = {question.key: question for group in groups for question in group.questions}
    answers: dict[str, str] = {}
    problems = [Problem(_short(key), "unknown_question") for key in entered if key not in known]
    for key, question in known.items():
        answer = clean(question, entered.get(key, ""))
        problem = "unreadable" if answer is None else problem_of(question, answer, today)
        if problem:
            problems.append(Problem(key, problem))
        if answer:
            answers[key] = answer
    wrong = {problem.question for problem in problems}
    problems += [Problem(key, "missing") for group in groups for key in _absent(group, answers) if key not in wrong]
    return Checked(answers, tuple(problems))


def _absent(group: Group, answers: Answers) -> list[str]:
    """What a page asks for once something on it is answered: a person to ring is of no use without a number."""
    begun = any(answers.get(question.key, "").strip() for question in group.questions)
    return [key for key in group.together if begun and not answers.get(key, "").strip()]


def _missing(question: Question) -> str:
    if question.kind is QuestionKind.TICK:
        return "not_ticked"
    return "signature_missing" if question.is_name else "missing"


def _choice_problem(question: Question, answer: str, _: date) -> str | None:
    return None if answer in {option.value for option in question.options} else "unknown_option"


def _tick_problem(_: Question, answer: str, __: date) -> str | None:
    return None if answer == TICKED else "not_ticked"


def _date_problem(_: Question, answer: str, today: date) -> str | None:
    """All dates asked so far are dates of birth."""
    found = _ISO_DATE.fullmatch(answer)
    if found is None:
        return "date_unreadable"
    try:
        on = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return "date_impossible"
    if on > today:
        return "date_future"
    return "date_too_old" if on.year < today.year - _LONGEST_LIFE else None


def _phone_problem(_: Question, answer: str, __: date) -> str | None:
    digits = sum(sign.isdigit() for sign in answer)
    if not _PHONE.fullmatch(answer):
        return "phone_unreadable"
    if digits < 5:
        return "phone_short"
    return "phone_unreadable" if digits > 21 else None


def _text_problem(question: Question, answer: str, _: date) -> str | None:
    if not question.is_name:
        return None
    letters = sum(unicodedata.category(sign).startswith("L") for sign in answer)
    return None if letters >= 2 else "signature_short"


_CHECKS: dict[QuestionKind, Callable[[Question, str, date], str | None]] = {
    QuestionKind.TEXT: _text_problem,
    QuestionKind.CHOICE: _choice_problem,
    QuestionKind.TICK: _tick_problem,
    QuestionKind.DATE: _date_problem,
    QuestionKind.PHONE: _phone_problem,
    QuestionKind.EMAIL: lambda _, answer, __: email_problem(answer),
}


def _sign(sign: str, *, lines: bool) -> str:
    if sign == "\n":
        return "\n" if lines else " "
    if sign == "\t":
        return " "
    # Cc: control, Cs: half a character, Co and Cn: nobody's. Joiners stay, for words of some scripts need them.
    return "" if sign in _TURNING or unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} else sign


def _short(key: str) -> str:
    return "".join(sign for sign in key[:40] if sign.isalnum() or sign in "_-")
