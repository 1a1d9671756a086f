"""How people are called in a sentence."""

from __future__ import annotations

_TITLES = frozenset({"dr", "prof"})


def short_name(name: str) -> str:
    """`Dr Okafor` of `Dr Miriam Okafor`, else the first name."""
    parts = name.split()
    if len(parts) > 2 and _is_title(parts[0]):
        return f"{parts[0]} {parts[-1]}"
    return parts[0] if parts and not _is_title(parts[0]) else name


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in _TITLES
