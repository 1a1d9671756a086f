"""Free times of one therapist."""
