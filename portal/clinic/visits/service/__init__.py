"""What may be done about visits, by verb; rooms above import from here."""

from portal.clinic.visits.service.day import day, open_day, waiting
from portal.clinic.visits.service.page import visit_entry, visit_page
from portal.clinic.visits.service.presence import (
    observe,
    record_presence,
    room_closed,
    rooms_to_tend,
    take_event,
)
from portal.clinic.visits.service.rooms import (
    admit,
    ensure_visit,
    finish,
    knock,
    leave_waiting,
    mark_no_show,
    room_status,
    seat,
)
from portal.clinic.visits.service.safety import open_safety, say_place, whereabouts

__all__ = [
    "admit",
    "day",
    "ensure_visit",
    "finish",
    "knock",
    "leave_waiting",
    "mark_no_show",
    "observe",
    "open_day",
    "open_safety",
    "record_presence",
    "room_closed",
    "room_status",
    "rooms_to_tend",
    "say_place",
    "seat",
    "take_event",
    "visit_entry",
    "visit_page",
    "waiting",
    "whereabouts",
]
