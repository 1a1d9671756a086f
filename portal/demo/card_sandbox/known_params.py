"""Holds a request against stripe-python's own typed dicts, so that the sandbox cannot know a parameter more.

Refused are unknown names at every depth, missing ones that are required, values of another type, and values
outside an enumeration. What passes comes back with its types: integers and booleans instead of text.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from stripe import RequestOptions

from portal.demo.card_sandbox.refusals import Refused, bad_param

_OPTIONS = frozenset(RequestOptions.__annotations__)
_NAMES_OF_THE_LIBRARY = {"StripeContext": object, "Mapping": Mapping}
_WRAPPERS = (Required, NotRequired, Annotated)


def checked(params: Mapping[str, Any], spec: type) -> dict[str, Any]:
    """The parameters with their types, or the refusal that Stripe would answer with."""
    return _typed_dict(params, spec, "")


@functools.cache
def _hints(spec: type) -> dict[str, Any]:
    hints = get_type_hints(spec, include_extras=True, localns=_NAMES_OF_THE_LIBRARY)
    return {name: hint for name, hint in hints.items() if name not in _OPTIONS}


def _typed_dict(value: Any, spec: type, path: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise bad_param(path, f"Invalid object: {path}")
    hints = _hints(spec)
    found: dict[str, Any] = {}
    for name, inner in value.items():
        inner_path = f"{path}[{name}]" if path else str(name)
        if name not in hints:
            raise bad_param(inner_path, f"Received unknown parameter: {inner_path}", "parameter_unknown")
        found[name] = _value(inner, hints[name], inner_path)
    for name in getattr(spec, "__required_keys__", ()):
        if name in hints and name not in found:
            inner_path = f"{path}[{name}]" if path else name
            raise bad_param(inner_path, f"Missing required param: {inner_path}.", "parameter_missing")
    return found


def _value(value: Any, hint: Any, path: str) -> Any:
    hint = _bare(hint)
    origin = get_origin(hint)
    arguments = get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(value, arguments, path)
    if origin is Literal:
        return _literal(value, arguments, path)
    if origin is list:
        return _list(value, arguments[0], path)
    if origin in (dict, Mapping) or getattr(origin, "__name__", "") == "UntypedStripeObject":
        return _text_map(value, arguments[-1], path)
    return _typed_dict(value, hint, path) if _is_typed_dict(hint) else _plain(value, hint, path)


def _is_typed_dict(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, dict) and hasattr(hint, "__required_keys__")


def _bare(hint: Any) -> Any:
    while True:
        origin = get_origin(hint)
        if origin not in _WRAPPERS:
            return hint
        hint = get_args(hint)[0]


def _one_of(value: Any, options: tuple[Any, ...], path: str) -> Any:
    bare = [_bare(option) for option in options if option is not type(None)]
    if any(get_origin(option) is Literal for option in bare):
        bare = [option for option in bare if option is not str]  # "Literal[…] | str" is Stripe's open enumeration
    worst: Refused | None = None
    for option in bare:
        try:
            return _value(value, option, path)
        except Refused as refusal:
            if worst is None or refusal.param != path:
                worst = refusal
    raise worst or bad_param(path, f"Invalid value: {path}")


def _literal(value: Any, allowed: tuple[Any, ...], path: str) -> Any:
    if value not in allowed:
        wanted = ", ".join(str(name) for name in allowed)
        raise bad_param(path, f"Invalid {path}: must be one of {wanted}")
    return value


def _list(value: Any, hint: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise bad_param(path, f"Invalid array: {path}")
    return [_value(inner, hint, f"{path}[{number}]") for number, inner in enumerate(value)]


def _text_map(value: Any, hint: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise bad_param(path, f"Invalid object: {path}")
    return {name: _value(inner, hint, f"{path}[{name}]") for name, inner in value.items()}


def _plain(value: Any, hint: Any, path: str) -> Any:
    if not isinstance(value, str):
        raise bad_param(path, f"Invalid value: {path}")
    try:
        if hint is bool:
            return {"true": True, "false": False}[value]
        if hint in (int, float, Decimal):
            return hint(value)
    except (KeyError, ValueError, InvalidOperation) as wrong:
        raise bad_param(path, f"Invalid {hint.__name__}: {value}", "parameter_invalid_type") from wrong
    return value
