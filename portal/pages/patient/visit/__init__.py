"""One visit, and the way to cancel it."""
