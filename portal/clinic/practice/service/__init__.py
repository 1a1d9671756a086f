"""What may be done about the practice: anybody reads what is public, the owner changes it."""

from portal.clinic.practice.service.managing import (
    CURRENCIES,
    add_clinician,
    all_clinicians,
    all_offers,
    save_clinician,
    save_crisis_lines,
    save_offer,
    update_profile,
)
from portal.clinic.practice.service.reading import clinician, clinicians, crisis_lines, offers, profile

__all__ = [
    "CURRENCIES",
    "add_clinician",
    "all_clinicians",
    "all_offers",
    "clinician",
    "clinicians",
    "crisis_lines",
    "offers",
    "profile",
    "save_clinician",
    "save_crisis_lines",
    "save_offer",
    "update_profile",
]
