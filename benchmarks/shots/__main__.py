"""Pictures of every screen and state, at 360 and 1280 px, light and dark, into docs/screens/.

`python -m benchmarks.shots [--axe] [--raw FOLDER] [NAME ...]`: all pictures, or those of the scenes that are named. A
scene that fails is named with the reason, the others go on, and the exit code is 1. `--axe` lets axe-core look at every
picture's page, and `--raw` keeps the PNGs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.shots import booking, call, demo, patient, plain, public, staff
from benchmarks.shots.camera import Camera
from benchmarks.shots.scenes import SCENES, Scene, Stage
from portal.demo.seed import SignIns
from portal.serving import ROOT
from tests.support.browser import Chromium
from tests.support.practice import Practice
from tools import parts

SCREENS = ROOT / "docs" / "screens"
ROOMS = (public, booking, patient, staff, call, demo)  # their scenes are played in this order


def main() -> int:
    """Take the pictures; returns how the program ends."""
    asked = _asked()
    order = [room.__name__ for room in ROOMS]
    scenes = sorted([*plain.scenes(), *SCENES], key=lambda scene: order.index(scene.room))
    wanted = [scene for scene in scenes if not asked.names or set(asked.names) & set(scene.names)]
    if unknown := set(asked.names) - {name for scene in scenes for name in scene.names}:
        print("no such picture: " + ", ".join(sorted(unknown)))
        return 2
    with _practice() as (practice, sign_ins), Chromium.started(parts.chromium()) as chromium:
        camera = Camera(chromium.browser, asked.into, asked.raw, asked.axe)
        stage = Stage(chromium, practice, sign_ins, camera)
        failures = [failure for scene in wanted for failure in _played(stage, scene)]
    if not asked.names and not failures:
        _forget_others(asked.into, camera.taken)
    print(f"{len(camera.taken)} screens, {camera.bytes / 1e6:.1f} MB in {asked.into}")
    for line in [*failures, *camera.problems]:
        print(f"  {line}")
    return 1 if failures or camera.problems else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shots", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--axe", action="store_true")
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--into", type=Path, default=SCREENS)
    return parser.parse_args()


def _played(stage: Stage, scene: Scene) -> list[str]:
    """Play a scene; what is missing of it, with the reason."""
    began = time.monotonic()
    reason = "it ended without this picture"
    try:
        scene.play(stage)
    except Exception as problem:  # a scene that fails must not take the others along
        reason = _in_short(problem)
    missing = [name for name in scene.names if name not in stage.camera.taken]
    print(
        f"{', '.join(scene.names)}: {time.monotonic() - began:.0f} s" + (f" FAILED: {reason}" if missing else ""),
        flush=True,
    )
    stage.tidy()
    return [f"{name}: {reason}" for name in missing]


def _in_short(problem: Exception) -> str:
    """What went wrong and what was waited for."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()] or [type(problem).__name__]
    return "; ".join([lines[0], *[line for line in lines[1:] if "waiting for" in line][:1]])


def _forget_others(folder: Path, taken: set[str]) -> None:
    """Pictures of screens that are no more."""
    for file in folder.glob("*.*"):
        if file.suffix in {".png", ".webp"} and file.stem.rsplit("-", 2)[0] not in taken:
            file.unlink()


@contextmanager
def _practice() -> Iterator[tuple[Practice, SignIns]]:
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(Path(folder) / "practice")
        try:
            yield practice, practice.start()
        finally:
            practice.stop()


if __name__ == "__main__":
    sys.exit(main())
