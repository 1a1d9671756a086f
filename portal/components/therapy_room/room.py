"""The therapy room for pages: a React component that waits, calls and comes back by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import reflex as rx

from portal.bundled import bundled
from portal.components.therapy_room.labels import labels

_KIT: Final = "livekit-client@2.23.0"
_HERE: Final = Path(__file__).parent

_FILES: Final = {
    found.name: bundled(__name__, found.name)
    for found in sorted(_HERE.iterdir())
    if found.suffix in {".js", ".jsx", ".css"}
}


class _TherapyRoom(rx.NoSSRComponent):
    library = _FILES["therapy_room.jsx"]
    tag = "TherapyRoom"
    lib_dependencies: list[str] = [_KIT]

    visit_id: rx.Var[str]
    role: rx.Var[str]
    labels: rx.Var[dict[str, str]]
    home: rx.Var[str]
    crisis_lines: rx.Var[list[dict[str, str]]]


def therapy_room(
    role: Literal["patient", "clinician"],
    *,
    home: str,
    visit_id: str = "",
    crisis_lines: Any = (),
) -> rx.Component:
    """The room of the visit in the address (`?visit=`), or of `visit_id`.

    It brings its own h1 and covers the page during the call; put it into a `main` that no State re-mounts.
    `home` is where one goes afterwards: a patient's visits, a clinician's visit page (`{visit}` is the id).
    `crisis_lines` are dicts of name, number, note and perhaps href, shown when the clinic cannot be asked.
    """
    lines = crisis_lines if isinstance(crisis_lines, rx.Var) else list(crisis_lines)
    return _TherapyRoom.create(role=role, home=home, visit_id=visit_id, crisis_lines=lines, labels=labels())
