"""What a patient sees: the next visit first, everything else findable again."""
