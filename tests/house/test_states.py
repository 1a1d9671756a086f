"""What a State may be: handlers with a policy, few Vars, and none that would carry a row to the browser."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from tests.support.sources import ROOT, at, dotted, states

LONGEST_HANDLER = 15
MOST_VARS = 12


def handlers():
    for path, state in states():
        for node in state.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield path, node


def is_var(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(dotted(decorator) == "rx.var" for decorator in node.decorator_list)


def test_every_handler_is_an_event_with_a_policy():
    wrong = [
        at(path, node)
        for path, node in handlers()
        if not is_var(node) and [dotted(decorator) for decorator in node.decorator_list] != ["rx.event", "allow"]
    ]
    assert wrong == []


def test_every_handler_leaves_the_loop_free():
    assert [at(path, node) for path, node in handlers() if not is_var(node) and isinstance(node, ast.FunctionDef)] == []


def test_a_handler_reads_like_one_sentence():
    def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        body = node.body[1:] if ast.get_docstring(node) else node.body
        return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0

    assert {at(path, node): lines(node) for path, node in handlers() if lines(node) > LONGEST_HANDLER} == {}


def test_a_state_holds_little():
    counts = {
        f"{at(path, state)} {state.name}": sum(isinstance(node, ast.AnnAssign) for node in state.body)
        for path, state in states()
    }
    assert {name: count for name, count in counts.items() if count > MOST_VARS} == {}


def test_a_computed_var_is_not_computed_into_the_bundle():
    wrong = []
    for path, node in handlers():
        for decorator in node.decorator_list:
            if dotted(decorator) == "rx.var":
                given = {word.arg for word in decorator.keywords} if isinstance(decorator, ast.Call) else set()
                if not given & {"initial_value", "backend"}:
                    wrong.append(at(path, node))
    assert wrong == []


VARS = """
import dataclasses, enum, json, typing
import portal.portal
import reflex as rx

PLAIN = {str, int, float, bool, type(None)}
PLACES = {list, dict, tuple, set, typing.Union, __import__("types").UnionType}

def wrong(kind, inside):
    if kind in PLAIN or isinstance(kind, type) and issubclass(kind, enum.Enum):
        return []
    origin = typing.get_origin(kind)
    if origin in PLACES or kind in PLACES:
        return [bad for part in typing.get_args(kind) if part is not ... for bad in wrong(part, inside)]
    if dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen:
        if kind in inside:
            return []
        hints = typing.get_type_hints(kind)
        return [bad for part in dataclasses.fields(kind) for bad in wrong(hints[part.name], inside | {kind})]
    return [repr(kind)]

def walk(state):
    yield state
    for child in state.get_substates():
        yield from walk(child)

found = {}
for state in walk(rx.State):
    if state.__module__.startswith("portal."):
        for name, var in {**state.base_vars, **state.computed_vars}.items():
            if name not in ("is_hydrated", "router") and (bad := wrong(var._var_type, frozenset())):
                found[f"{state.__name__}.{name}"] = bad
print(json.dumps(found))
"""


def test_a_var_is_made_of_plain_values_and_frozen_cards():
    done = subprocess.run([sys.executable, "-c", VARS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {}
