"""The therapist’s day."""
