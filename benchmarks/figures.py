"""One figure, one line."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """What a figure is held against, measured in the same run, or a limit that was set."""

    what: str
    value: float


def tell(name: str, value: float, unit: str, reference: Reference, **more: float | str) -> None:
    """Print one figure. `ratio` is value to reference."""
    line = {
        "benchmark": name,
        "value": round(value, 3),
        "unit": unit,
        "reference": reference.what,
        "reference_value": round(reference.value, 3),
        "ratio": round(value / reference.value, 3),
        **more,
    }
    print(json.dumps(line), flush=True)


def median_ms(act: Callable[[], object], times: int, warm: int = 2) -> float:
    """The median duration of an act in milliseconds, after a few that do not count."""
    for _ in range(warm):
        act()
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)
