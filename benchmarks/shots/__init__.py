"""Pictures of every screen and state, taken from the running demo practice."""
