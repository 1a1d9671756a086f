"""Runs the benchmarks whose figures are named, or all of them."""

from __future__ import annotations

import importlib
import sys

FIGURES = {
    "slots_30_days": "slots",
    "bookings_per_second": "bookings",
    "cold_start": "start",
    "booking_page_weight": "booking_page",
    "booking_page_usable": "booking_page",
    "join_first_frame": "join",
}
"""Which module measures it; what it needs is made once for all its figures."""


def main() -> int:
    """Each in its turn."""
    wanted = sys.argv[1:] or list(FIGURES)
    if unknown := [name for name in wanted if name not in FIGURES]:
        print(f"unknown: {', '.join(unknown)}. There are: {', '.join(FIGURES)}", file=sys.stderr)
        return 2
    for module in dict.fromkeys(FIGURES[name] for name in wanted):
        importlib.import_module(f"benchmarks.{module}").run(*(name for name in wanted if FIGURES[name] == module))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
