"""The therapy room on a page of its own, bundled with the packages of the product's front end."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from reflex.vars.base import LiteralVar

from portal.components.therapy_room.labels import labels
from portal.serving import ROOT, build, tool_environment
from portal.settings import settings

HERE = Path(__file__).parent / "page"
MODULES = ROOT / ".web" / "node_modules"
LINES = [
    {"number": "116 123", "name": "Samaritans", "note": "Day and night"},
    {"number": "999", "name": "Emergency", "note": "Ask for an ambulance"},
]
HOME = {"patient": "/visits/", "clinician": "/day/visit/?id={visit}"}


def bundle(folder: Path) -> Path:
    """Bundle the page into `folder` and answer with where its files are."""
    if not (MODULES / "livekit-client").is_dir():
        build(settings())
    source, out = folder / "source", folder / "built"
    shutil.copytree(HERE, source)
    (source / "sentences.js").write_text(_sentences())
    environment = tool_environment() | {"MODULES": str(MODULES), "ROOT": str(ROOT), "OUT": str(out)}
    (source / "node_modules").symlink_to(MODULES)
    done = subprocess.run(
        ["node", str(MODULES / "vite" / "bin" / "vite.js"), "build", str(source)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def _sentences() -> str:
    """The very expression that a page of the product hands to the component."""
    return "\n".join([
        "const _t = (english) => english;",
        f"export const labels = {LiteralVar.create(labels())!s};",
        f"export const crisisLines = {json.dumps(LINES)};",
        f"export const home = {json.dumps(HOME)};",
    ])  # fmt: skip
