"""What may be done about time, by verb; rooms above import from here."""

from portal.clinic.scheduling.service.appointments import (
    appointment,
    cancel,
    cancel_terms,
    confirm,
    cost_of,
    held_for_payment,
    mine,
    place_late,
    terms_of,
    view_of,
)
from portal.clinic.scheduling.service.hold import (
    adopt_hold,
    current_hold,
    expire_holds,
    extend_hold,
    free,
    hold,
    release_hold,
    renew_for_card_page,
)
from portal.clinic.scheduling.service.hours import (
    add_override,
    overrides,
    remove_override,
    save_weekly_hours,
    weekly_hours,
)
from portal.clinic.scheduling.service.opening import next_free, open_slots, outlook, readiness

__all__ = [
    "add_override",
    "adopt_hold",
    "appointment",
    "cancel",
    "cancel_terms",
    "confirm",
    "cost_of",
    "current_hold",
    "expire_holds",
    "extend_hold",
    "free",
    "held_for_payment",
    "hold",
    "mine",
    "next_free",
    "open_slots",
    "outlook",
    "overrides",
    "place_late",
    "readiness",
    "release_hold",
    "remove_override",
    "renew_for_card_page",
    "save_weekly_hours",
    "terms_of",
    "view_of",
    "weekly_hours",
]
