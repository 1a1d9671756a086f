"""Who calls us: HTTP that is not a page."""
