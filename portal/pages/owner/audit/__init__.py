"""The audit trail: who read or wrote what, and when."""
