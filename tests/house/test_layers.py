"""The arrows between rooms, as pyproject.toml draws them."""

import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT


def test_every_arrow_points_the_right_way():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
