"""Help now."""
