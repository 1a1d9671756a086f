"""What lets it run with nothing else there; only the command line and tests import it."""
