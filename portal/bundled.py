"""Scripts and styles that lie beside a Python module and go into the bundle.

Reflex's own `rx.asset(shared=True)` does the same, but finds its caller by reading the whole stack with its sources:
1.3 seconds of every start for the files of this house.
"""

from __future__ import annotations

import sys
import uuid
from contextlib import suppress
from pathlib import Path

_EXTERNAL = Path(__file__).resolve().parent.parent / "assets" / "external"


def bundled(module: str, name: str) -> str:
    """The import path of the file `name` beside the module `module` (its `__name__`).

    The file is published under `/external/` as it is written: no secrets, no remarks that one would not print. Files
    that import each other are named in one module, so that they stand in one folder.
    """
    source = Path(sys.modules[module].__file__ or "").resolve().parent / name
    if not source.is_file():
        raise FileNotFoundError(source)
    place = Path(*module.split("."), name)
    _link(_EXTERNAL / place, source)
    return f"$/public/external/{place.as_posix()}"


def _link(at: Path, source: Path) -> None:
    with suppress(OSError):
        if at.readlink() == source:
            return
    at.parent.mkdir(parents=True, exist_ok=True)
    fresh = at.with_name(f".{uuid.uuid4().hex}")  # several processes may do this at once: each replaces it whole
    fresh.symlink_to(source)
    fresh.replace(at)
