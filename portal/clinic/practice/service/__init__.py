"""What may be done about the practice: anybody reads what is public, the owner changes it."""

from portal.clinic.practice.service.inviting import add_clinician, invitations, invite_again
from portal.clinic.practice.service.managing import (
    BOUNDS,
    CURRENCIES,
    all_clinicians,
    all_offers,
    given_offer_ids,
    givers,
    offer_problems,
    save_clinician,
    save_crisis_lines,
    save_offer,
    set_givers,
    set_offered,
    update_profile,
)
from portal.clinic.practice.service.reading import clinician, clinicians, crisis_lines, offers, profile

__all__ = [
    "BOUNDS",
    "CURRENCIES",
    "add_clinician",
    "all_clinicians",
    "all_offers",
    "clinician",
    "clinicians",
    "crisis_lines",
    "given_offer_ids",
    "givers",
    "invitations",
    "invite_again",
    "offer_problems",
    "offers",
    "profile",
    "save_clinician",
    "save_crisis_lines",
    "save_offer",
    "set_givers",
    "set_offered",
    "update_profile",
]
