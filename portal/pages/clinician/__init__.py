"""Pages of a therapist: the day, the visit, the room."""
