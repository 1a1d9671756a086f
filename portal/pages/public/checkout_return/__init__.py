"""Back from the card page."""
