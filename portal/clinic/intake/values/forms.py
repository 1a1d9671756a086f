"""What goes in and comes out of intake: forms as data (a small cousin of FHIR's Questionnaire), answers, scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Answers = Mapping[str, str]
"""Clean answers by question key: a choice is its option's value, a date ISO 8601, a tick "yes", none "" or absent."""

TICKED = "yes"


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"
    TICK = "tick"


@dataclass(frozen=True)
class Option:
    """One possible answer; `score` only in measures."""

    value: str
    label: str
    score: int | None = None


@dataclass(frozen=True)
class Question:
    """One question. `only_if_any`: it is asked once some item of the measure was answered above zero.

    `autocomplete` is the token of HTML; `longest` counts signs.
    """

    key: str
    text: str
    kind: QuestionKind
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    longest: int = 200
    autocomplete: str = "off"
    only_if_any: bool = False
    is_name: bool = False


@dataclass(frozen=True)
class Group:
    """What stands on one page. `together`: once anything on the page is answered, these questions must be, too."""

    key: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band:
    """A range of a measure's total, both ends included, and the published word for it."""

    key: str
    word: str
    least: int
    most: int


@dataclass(frozen=True)
class Measure:
    """What makes a form a measure: the items that count, the bands of their sum, the item that asks about self-harm."""

    name: str
    items: tuple[str, ...]
    bands: tuple[Band, ...]
    risk_item: str | None = None


@dataclass(frozen=True)
class Form:
    """One form in one version. A changed text is a new version: answers are read with the version they were given to.

    `seconds` is the time that reading takes before the first answer; `source` says where the words come from.
    """

    key: str
    version: str
    title: str
    groups: tuple[Group, ...]
    lead: str = ""
    seconds: int = 0
    measure: Measure | None = None
    source: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for group in self.groups for question in group.questions)


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be taken. `code` is stable; the rooms above put it into words."""

    question: str
    code: str


@dataclass(frozen=True)
class Checked:
    """Answers that were looked at: all that can be kept, cleaned, and what is wrong. A draft keeps wrong ones, too."""

    answers: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def fields(self) -> dict[str, str]:
        """Problems as a map from question to code."""
        return {problem.question: problem.code for problem in self.problems}


@dataclass(frozen=True)
class Score:
    """What a measure comes to. An incomplete one has no total: nothing is guessed for what was left out.

    `level` counts bands from 1, as many as there are squares to fill of `levels`; 0 while incomplete.
    """

    measure: str
    answered: int
    items: int
    total: int | None = None
    highest: int = 0
    band: str = ""
    word: str = ""
    level: int = 0
    levels: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every item was answered."""
        return self.total is not None


@dataclass(frozen=True)
class FormProgress:
    """How far one form is. Only what must be answered counts; `minutes_left` is 0 when nothing is left."""

    key: str
    title: str
    answered: int
    total: int
    minutes_left: int
    is_started: bool = False
    is_submitted: bool = False


@dataclass(frozen=True)
class PacketProgress:
    """How far the packet is; `next_form` is the first that was not submitted, None when all were."""

    forms: tuple[FormProgress, ...]
    questions_left: int
    minutes_left: int
    submitted: int
    next_form: str | None

    @property
    def is_done(self) -> bool:
        """Whether every form was submitted."""
        return self.next_form is None


@dataclass(frozen=True)
class ConsentWords:
    """A text that people sign, in one version. An empty line divides paragraphs, `## ` begins a heading."""

    key: str
    version: str
    title: str
    body: str


@dataclass(frozen=True)
class Paragraph:
    """A piece of a text to sign, as it is shown."""

    text: str
    is_heading: bool = False
