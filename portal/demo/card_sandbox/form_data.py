"""Reads what stripe-python sends: pairs such as `line_items[0][price_data][currency]=gbp`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from portal.demo.card_sandbox.refusals import bad_param

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST = 8


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The pairs as dicts and lists. Values stay text: their types are the parameter check's business."""
    root: dict[str, Any] = {}
    for key, value in pairs:
        match = _KEY.match(key)
        parts = [match[1], *_PART.findall(match[2])] if match else []
        if not parts or len(parts) > _DEEPEST:
            raise bad_param(key, f"Invalid parameter name: {key}", "parameter_invalid_name")
        _place(root, parts, value, key)
    return {name: _with_lists(value) for name, value in root.items()}


def _place(root: dict[str, Any], parts: list[str], value: str, key: str) -> None:
    here = root
    for part in parts[:-1]:
        below = here.setdefault(part or str(len(here)), {})
        if not isinstance(below, dict):
            raise bad_param(key, f"Invalid object: {key}")
        here = below
    here[parts[-1] or str(len(here))] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(below) for name, below in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
