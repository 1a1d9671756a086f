"""The patient's own details."""
