"""Whom we call: one vendor a file, each behind a small Protocol, each with a local twin."""
