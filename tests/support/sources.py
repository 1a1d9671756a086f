"""The sources, read as trees, for tests about how the house is built."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "portal"


def modules(*rooms: str) -> list[Path]:
    """Every Python file of the product, or of the named rooms of it."""
    starts = [PORTAL / room for room in rooms] or [PORTAL]
    return sorted(path for start in starts for path in start.rglob("*.py"))


def at(path: Path, node: ast.AST | int = 0) -> str:
    """Where something stands, for the words of a failing test."""
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    return f"{path.relative_to(ROOT)}:{line}"


@functools.cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(), str(path))


def imported(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Each module that a file names in an import; `from a import b` gives `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def dotted(node: ast.expr) -> str:
    """`rx.event` for an attribute, `allow` for a name, the callee for a call; empty for anything else."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def states() -> Iterator[tuple[Path, ast.ClassDef]]:
    """Every class that holds what a page shows: those that name rx.State, or end in State, as their base."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and any(dotted(base).endswith("State") for base in node.bases):
                yield path, node
