"""What anybody may see: who works here, free times, booking, paying, signing in, help."""
