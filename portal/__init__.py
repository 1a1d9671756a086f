"""Quietroom: a virtual clinic that a small practice runs on its own machine."""
