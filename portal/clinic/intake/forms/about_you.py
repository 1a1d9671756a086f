"""The form "About you": how to address, reach and find the patient, and what brings them."""

from __future__ import annotations

from portal.clinic.intake.values import Form, Group, Question, QuestionKind

_YOU = Group(
    "you",
    "About you",
    (
        Question("preferred_name", "What should we call you?", QuestionKind.TEXT, longest=80, autocomplete="nickname"),
        Question(
            "pronouns",
            "Your pronouns",
            QuestionKind.TEXT,
            required=False,
            hint="Such as she/her, he/him, they/them",
            longest=40,
        ),
        Question("birth_date", "Your date of birth", QuestionKind.DATE, longest=10, autocomplete="bday"),
        Question(
            "phone",
            "A number we can ring you on",
            QuestionKind.PHONE,
            hint="We ring it if the video line fails",
            longest=40,
            autocomplete="tel",
        ),
    ),
)

_PLACE = Group(
    "place",
    "Where you are",
    (
        Question(
            "usual_place",
            "Where are you usually during visits?",
            QuestionKind.LONG_TEXT,
            hint="The full address. In an emergency we can then send help to the right door.",
            longest=400,
            autocomplete="street-address",
        ),
    ),
)

_SOMEONE = Group(
    "someone",
    "Someone close to you",
    (
        Question(
            "emergency_name", "Who should we ring in an emergency?", QuestionKind.TEXT, required=False, longest=80
        ),
        Question(
            "emergency_relation",
            "Who are they to you?",
            QuestionKind.TEXT,
            required=False,
            hint="Such as partner, sister, friend",
            longest=60,
        ),
        Question("emergency_phone", "Their number", QuestionKind.PHONE, required=False, longest=40),
    ),
    lead="We ring them only if we fear for your safety. You can leave this page empty.",
    together=("emergency_name", "emergency_phone"),
)

_REASON = Group(
    "reason",
    "What brings you",
    (
        Question(
            "reason",
            "What would you like to talk about?",
            QuestionKind.LONG_TEXT,
            required=False,
            hint="A few words are enough. You can also say it in the visit.",
            longest=4000,
        ),
        Question(
            "medication",
            "Medicine that you take",
            QuestionKind.LONG_TEXT,
            required=False,
            hint="Name and amount, if you know them",
            longest=2000,
        ),
    ),
)

ABOUT_YOU = Form("about_you", "1", "About you", (_YOU, _PLACE, _SOMEONE, _REASON))
