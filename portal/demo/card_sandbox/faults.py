"""What may go wrong on purpose, between the processor and the practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.demo.card_sandbox.refusals import bad_param

DELIVERY_FAULTS = frozenset({"duplicate", "reorder", "delay", "drop", "forge", "old"})
ANSWER_FAULTS = frozenset({"", "429", "500", "timeout"})


@dataclass(frozen=True)
class Faults:
    """The faults that are switched on.

    deliveries: any of `duplicate` (three copies), `reorder` (newest first), `delay` (by `delay_seconds`),
        `drop` (never sent; the event is still listed), `forge` (a false copy under a wrong signature goes
        ahead), `old` (signed with a time ten minutes back).
    answer: what becomes of the next `answer_count` API requests whose path begins with `answer_path`: `429`
        and `500` before anything is done, `timeout` after it was done and kept (the answer is held
        `hold_seconds`).
    refunds_pend: refunds stay `pending` until the control endpoint settles them.
    """

    deliveries: frozenset[str] = frozenset()
    delay_seconds: float = 2.0
    answer: str = ""
    answer_count: int = 1
    answer_path: str = "/v1/"
    hold_seconds: float = 60.0
    refunds_pend: bool = False


_TYPES: dict[str, type | tuple[type, ...]] = {
    "deliveries": list,
    "delay_seconds": (int, float),
    "answer": str,
    "answer_count": int,
    "answer_path": str,
    "hold_seconds": (int, float),
    "refunds_pend": bool,
}


def faults_from(wanted: Mapping[str, Any]) -> Faults:
    """The faults that a control request asks for; everything that it does not name is off."""
    for name, value in wanted.items():
        if name not in _TYPES or not isinstance(value, _TYPES[name]):
            raise bad_param(name, f"Not a fault, or not its type: {name}")
    values = {**wanted, "deliveries": frozenset(wanted.get("deliveries", ()))}
    if not values["deliveries"] <= DELIVERY_FAULTS:
        raise bad_param("deliveries", f"Only: {', '.join(sorted(DELIVERY_FAULTS))}")
    if values.get("answer", "") not in ANSWER_FAULTS:
        raise bad_param("answer", "Only: 429, 500, timeout")
    return Faults(**values)


def faults_as_json(faults: Faults) -> dict[str, object]:
    """The same shape that `faults_from` takes."""
    return {**{name: getattr(faults, name) for name in _TYPES}, "deliveries": sorted(faults.deliveries)}
