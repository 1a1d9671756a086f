"""The video room, from the therapist’s side."""
