"""The therapists: what the public reads, their weekly hours, their days off."""
