"""What a clinician writes down: notes and amendments."""
