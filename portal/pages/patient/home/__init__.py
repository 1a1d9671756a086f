"""The patient's home."""
