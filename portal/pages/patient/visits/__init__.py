"""All visits of a patient."""
