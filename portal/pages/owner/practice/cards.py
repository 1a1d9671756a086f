"""What the practice page says of a practice that is new."""

from __future__ import annotations

from dataclasses import dataclass

from portal.clinic.scheduling.values import Readiness
from portal.routes import PRACTICE_CLINICIANS, PRACTICE_SERVICES
from portal.texts.catalogue import LOCALE, say


@dataclass(frozen=True)
class StepCard:
    """One thing that patients need before they can book; `way` leads to where it is done."""

    what: str
    detail: str
    way: str
    href: str
    is_done: bool


def steps(ready: Readiness, *, pays: bool | None = None) -> list[StepCard]:
    """What is done and what is missing; nothing once patients can book.

    `pays`: where no cards are taken, whether a service may be paid later; None where cards are taken.
    """
    if ready.is_open and pays is not False:
        return []
    write, see = say(LOCALE, "Write it below"), say(LOCALE, "Open therapists")
    new_service, new_clinician = f"{PRACTICE_SERVICES}?new=1", f"{PRACTICE_CLINICIANS}?new=1"
    found = (
        (
            say(LOCALE, "The practice’s profile"),
            say(LOCALE, "A name and a phone number"),
            write,
            "#f-name",
            ready.profile,
        ),
        (
            say(LOCALE, "A service"),
            say(LOCALE, "How long it takes and what it costs"),
            say(LOCALE, "Add a service"),
            new_service,
            ready.service,
        ),
        (
            say(LOCALE, "A therapist"),
            say(LOCALE, "They are invited by mail"),
            say(LOCALE, "Add a therapist"),
            new_clinician,
            ready.clinician,
        ),
        (
            say(LOCALE, "Weekly hours"),
            say(LOCALE, "Of a therapist who gives the service"),
            see,
            PRACTICE_CLINICIANS,
            ready.hours,
        ),
        (
            say(LOCALE, "Shown to patients"),
            say(LOCALE, "Ticked in the therapist’s profile, so that the first page offers times"),
            see,
            PRACTICE_CLINICIANS,
            ready.shown,
        ),
    )
    paid = (
        say(LOCALE, "A way to pay"),
        say(LOCALE, "No card account is set up, so a service must allow to be paid after the visit"),
        say(LOCALE, "Open services"),
        PRACTICE_SERVICES,
        bool(pays),
    )
    return [StepCard(*one) for one in (*found, *([] if pays is None else [paid]))]
