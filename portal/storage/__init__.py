"""Where bytes live: engine, unit of work, encrypted columns."""
