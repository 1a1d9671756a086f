"""The measures, in their published words.

PHQ-9: Kroenke, Spitzer and Williams, J Gen Intern Med 2001;16:606-613. GAD-7: Spitzer, Kroenke, Williams and Löwe,
Arch Intern Med 2006;166:1092-1097. Both may be reproduced, translated, displayed and distributed without permission.
"""

from __future__ import annotations

from portal.clinic.intake.values import Band, Form, Group, Measure, Option, Question, QuestionKind

_LEAD = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"

_HOW_OFTEN = (
    Option("0", "Not at all", 0),
    Option("1", "Several days", 1),
    Option("2", "More than half the days", 2),
    Option("3", "Nearly every day", 3),
)

_PHQ9_ITEMS = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless "
    "that you have been moving around a lot more than usual",
    "Thoughts that you would be better off dead or of hurting yourself in some way",
)

_GAD7_ITEMS = (
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
)

_DIFFICULTY = Group(
    "difficulty",
    "How difficult it is",
    (
        Question(
            "difficulty",
            "If you checked off any problems, how difficult have these problems made it for you to do your work, take "
            "care of things at home, or get along with other people?",
            QuestionKind.CHOICE,
            required=False,
            options=(
                Option("0", "Not difficult at all"),
                Option("1", "Somewhat difficult"),
                Option("2", "Very difficult"),
                Option("3", "Extremely difficult"),
            ),
            longest=1,
            only_if_any=True,
        ),
    ),
)


def _item(number: int, text: str) -> Question:
    return Question(f"q{number}", text, QuestionKind.CHOICE, options=_HOW_OFTEN, longest=1)


def _pages(items: tuple[str, ...], sizes: tuple[int, ...]) -> tuple[Group, ...]:
    """The items divided into pages of these sizes, and the question about difficulty after them."""
    questions = [_item(number, text) for number, text in enumerate(items, 1)]
    pages: list[Group] = []
    for size in sizes:
        page, questions = tuple(questions[:size]), questions[size:]
        pages.append(Group(f"items_{len(pages) + 1}", "The last 2 weeks", page, _LEAD))
    return (*pages, _DIFFICULTY)


PHQ9 = Form(
    "phq9",
    "1",
    "How you have been",
    _pages(_PHQ9_ITEMS, (3, 3, 3)),
    seconds=20,
    measure=Measure(
        "PHQ-9",
        tuple(f"q{number}" for number in range(1, 10)),
        (
            Band("minimal", "minimal", 0, 4),
            Band("mild", "mild", 5, 9),
            Band("moderate", "moderate", 10, 14),
            Band("moderately_severe", "moderately severe", 15, 19),
            Band("severe", "severe", 20, 27),
        ),
        risk_item="q9",
    ),
    source="PHQ-9. Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues.",
)

GAD7 = Form(
    "gad7",
    "1",
    "Worry and unease",
    _pages(_GAD7_ITEMS, (4, 3)),
    seconds=20,
    measure=Measure(
        "GAD-7",
        tuple(f"q{number}" for number in range(1, 8)),
        (
            Band("minimal", "minimal", 0, 4),
            Band("mild", "mild", 5, 9),
            Band("moderate", "moderate", 10, 14),
            Band("severe", "severe", 15, 21),
        ),
    ),
    source="GAD-7. Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues.",
)
