"""The note of a visit: draft, signed, added to."""
