"""What may be done about intake, by verb; rooms above import from here."""

from portal.clinic.intake.service.answering import drop_changes, save_answers, submit_form
from portal.clinic.intake.service.clinical import for_clinician, marks
from portal.clinic.intake.service.consent import consent_gone_at, ensure_consent_text, sign_consent, withdraw_consent
from portal.clinic.intake.service.flags import acknowledge_flag
from portal.clinic.intake.service.packets import marks_of_mine, open_packet
from portal.clinic.intake.service.reading import (
    consent_text,
    my_signatures,
    packet_view,
    sent_forms,
    signature,
    told_of_me,
)

__all__ = [
    "acknowledge_flag",
    "consent_gone_at",
    "consent_text",
    "drop_changes",
    "ensure_consent_text",
    "for_clinician",
    "marks",
    "marks_of_mine",
    "my_signatures",
    "open_packet",
    "packet_view",
    "save_answers",
    "sent_forms",
    "sign_consent",
    "signature",
    "submit_form",
    "told_of_me",
    "withdraw_consent",
]
