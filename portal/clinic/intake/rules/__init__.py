"""What is true of forms and answers. The law: docs/rules/intake.md."""

from portal.clinic.intake.rules.answering import check, check_group, clean, merged, problem_of
from portal.clinic.intake.rules.consent import fingerprint, normal_text, paragraphs, same_name
from portal.clinic.intake.rules.keeping import (
    RISK,
    TELL_EVERY,
    asks_about_you,
    asks_consent,
    flag_level,
    takes_answers,
    tells,
)
from portal.clinic.intake.rules.progress import form_progress, packet_progress, shown_groups
from portal.clinic.intake.rules.scoring import applies, risk_level, risk_raised, score

__all__ = [
    "RISK",
    "TELL_EVERY",
    "applies",
    "asks_about_you",
    "asks_consent",
    "check",
    "check_group",
    "clean",
    "fingerprint",
    "flag_level",
    "form_progress",
    "merged",
    "normal_text",
    "packet_progress",
    "paragraphs",
    "problem_of",
    "risk_level",
    "risk_raised",
    "same_name",
    "score",
    "shown_groups",
    "takes_answers",
    "tells",
]
