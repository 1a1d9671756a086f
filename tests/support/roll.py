"""Which real parts a run has, which tests need which, and the table that says so at the end."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tools import parts


@dataclass(frozen=True)
class Part:
    """A real counterpart: the marker and the fixtures by which tests ask for it, and how its version is found."""

    name: str
    marker: str
    fixtures: frozenset[str]
    version: Callable[[], str | None]


def _part(name: str, marker: str, version: Callable[[], str | None], *fixtures: str) -> Part:
    return Part(name, marker, frozenset(fixtures), functools.cache(version))


PARTS = (
    _part(
        "livekit-server",
        "livekit",
        lambda: parts.said_version(parts.livekit_server()),
        "livekit",
        "livekit_server",
        "practice",
    ),
    _part("Chromium", "browser", lambda: parts.said_version(parts.chromium()), "chromium"),
    _part("PostgreSQL", "postgres", parts.postgres_version, "postgres_url"),
    _part(
        "stripe-python over HTTP", "stripe_http", lambda: parts.package_version("stripe"), "card_sandbox", "practice"
    ),
    _part("stripe-mock", "stripe_mock", parts.stripe_mock_version, "stripe_mock_url"),
    _part("SMTP", "smtp", lambda: f"aiosmtplib {parts.package_version('aiosmtplib')}", "smtp_server", "practice"),
)

_WHOLE = {"demo", "served", "e2e"}

_used: Counter[str] = Counter()
_skipped: Counter[str] = Counter()


def needs(item: pytest.Item) -> list[Part]:
    """The parts that a test asks for, by marker or by fixture."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return [part for part in PARTS if item.get_closest_marker(part.marker) or part.fixtures & fixtures]


def weight(item: pytest.Item) -> int:
    """How late a test runs: the house, the rest, real parts, browsers, the whole practice."""
    asked = {part.name for part in needs(item)}
    folder = item.path.parent.name
    if folder in _WHOLE or "practice" in getattr(item, "fixturenames", ()):
        return 4
    if "Chromium" in asked:
        return 3
    return 0 if folder == "house" else 1 + bool(asked)


def call(item: pytest.Item) -> None:
    """Counts the parts of a test; skips it when one is missing, or fails it where every part is required."""
    asked = needs(item)
    missing = [part for part in asked if part.version() is None]
    for part in missing:
        _skipped[part.name] += 1
    if missing:
        names = ", ".join(part.name for part in missing)
        if os.environ.get("REQUIRE_PARTS") == "1":
            pytest.fail(f"{names} is required here and missing", pytrace=False)
        pytest.skip(f"{names} is missing")
    _used.update(part.name for part in asked)


def was_called() -> bool:
    """Whether any test asked for a part."""
    return bool(_used or _skipped)


def table() -> list[str]:
    """One line for each part that a test asked for."""
    width = max(len(part.name) for part in PARTS)
    asked = [part for part in PARTS if _used[part.name] or _skipped[part.name]]
    return [f"{part.name:<{width}}  {_state(part)}" for part in asked]


def _state(part: Part) -> str:
    found = part.version()
    if found is None:
        return f"missing: skipped {_tests(_skipped[part.name])}"
    return f"{found}  took part in {_tests(_used[part.name])}"


def _tests(count: int) -> str:
    return f"{count} test" if count == 1 else f"{count} tests"
