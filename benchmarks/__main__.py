"""Runs the benchmarks that are named, or all of them."""

from __future__ import annotations

import importlib
import sys

NAMES = ("slots", "bookings", "start", "booking_page", "join")


def main() -> int:
    """Each in its turn."""
    wanted = sys.argv[1:] or NAMES
    if unknown := [name for name in wanted if name not in NAMES]:
        print(f"unknown: {', '.join(unknown)}. There are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in wanted:
        importlib.import_module(f"benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
