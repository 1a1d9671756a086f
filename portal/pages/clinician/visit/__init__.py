"""One visit, as its therapist prepares and writes it up."""
