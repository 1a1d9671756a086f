"""What the practice is and offers: its profile, services, clinicians, crisis lines."""
