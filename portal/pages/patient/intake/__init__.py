"""The forms before a visit, one group of questions at a time."""
