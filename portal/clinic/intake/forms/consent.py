"""Consent to telehealth: the form that asks for a signature, and the words that a practice begins with."""

from __future__ import annotations

from portal.clinic.intake.values import ConsentWords, Form, Group, Question, QuestionKind

TELEHEALTH_WORDS = ConsentWords(
    "telehealth",
    "1",
    "Consent to visits by video",
    """\
This page says what a visit by video is, what it can and cannot do, and what you agree to when you sign. Ask
us about anything that is not clear before you sign.

## What a visit by video is

You and your therapist see and hear each other over the internet, each from your own place. The visit is as
private as a visit in our rooms. Nobody else takes part unless you and your therapist agree on it. We make no
recording of sound or picture, and we ask you to make none.

## What is good about it, and what is not

You save the way to us and can be where you feel safe. On the other side the line can fail, the picture can
freeze, and your therapist may miss something that would be seen in a room. Sometimes video is not the right
way to help. Your therapist will then tell you, and help you to find another.

## If the line fails

We try again for some minutes. If that does not work, your therapist rings the number that you gave us.

## If you are in danger

We are not an emergency service, and nobody watches this portal day and night. At the beginning of each visit
your therapist may ask where you are. If we fear that you or somebody else is in danger, we may send help to
that place and ring the person whom you named.

## Your part

Please choose a place where nobody listens in. Do not drive during a visit. Tell your therapist when you are
somewhere else than usual.

## Your privacy

The video travels encrypted through a server that the practice chose. What we write about you is kept
encrypted, and each reading of it is recorded. We tell others only what you allow us to, or what the law
obliges us to tell.

## What it costs

A visit by video costs what the booking says. The rule for cancelling is shown before you book, and again
before you cancel.

## Your choice

You need not agree. You can take your consent back at any time and without a reason, by telling us. It then
holds for all visits to come. You can ask for a visit in person instead, where we offer it, or for the address
of someone who does.
""",
)

CONSENT_TELEHEALTH = Form(
    "consent_telehealth",
    "1",
    "Consent to visits by video",
    (
        Group(
            "sign",
            "Consent to visits by video",
            (
                Question("agree", "I have read this and agree to visits by video", QuestionKind.TICK, longest=3),
                Question(
                    "typed_name",
                    "Your full name, as your signature",
                    QuestionKind.TEXT,
                    longest=120,
                    autocomplete="name",
                    is_name=True,
                ),
            ),
        ),
    ),
    seconds=150,
)
