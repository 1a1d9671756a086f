"""The front end built once, and the whole application served from one port by one process."""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from portal.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
_BUILDS = ROOT / ".built"
_KEPT = 6
_LOCKS = ROOT / "reflex.lock"
_NOT_IN_THE_BUNDLE = {"demo", "jobs", "storage", "gateways", "endpoints", "errands", "__pycache__"}
_SOURCES = {".py", ".js", ".jsx", ".css", ".json", ".svg", ".png", ".woff2", ".ico", ".webmanifest"}
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

_builders: list[subprocess.Popen[str]] = []


def switch_to_built(built: Path) -> None:
    """Tells Reflex to serve what was built: internal switches of the pinned version, set here alone."""
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    environment.REFLEX_WEB_WORKDIR.set(built)


def serve(settings: Settings) -> None:
    """Serves until it is told to stop. The front end must be built."""
    import uvicorn

    refuse_taken_port(settings.port)
    os.environ.setdefault("REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE", "131072")
    switch_to_built(built_folder(settings))
    uvicorn.run(
        "portal.portal:app",
        factory=True,
        host="127.0.0.1",
        port=settings.port,
        timeout_graceful_shutdown=3,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        ws_max_size=131072,
    )


def leave_alone_what_stays() -> None:
    """Spares the collector what was loaded by now: going through all of it stops everybody for a twentieth second."""
    gc.collect()
    gc.freeze()


class Busy(Exception):
    """What is needed is taken; the message says by whom, and what to do."""


@contextlib.contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Holds the data folder for this process. Raises Busy when another one has it."""
    folder = settings.data_dir.resolve()
    folder.mkdir(0o700, parents=True, exist_ok=True)
    holder = folder / "server.pid"
    try:
        with FileLock(folder / "server.lock", timeout=0):
            holder.write_text(str(os.getpid()))
            yield
    except Timeout:
        who = holder.read_text() if holder.exists() else "unknown"
        raise Busy(
            f"Another server (process {who}) is at work on {folder}. Stop it, or choose another DATA_DIR."
        ) from None


def refuse_taken_port(port: int, what: str = "the server") -> None:
    """Raises Busy when somebody listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            other = 8080 if abs(port - 8080) > 10 else 9080
            raise Busy(
                f"Port {port}, needed for {what}, is in use. Stop the other program, or choose another: PORT={other}"
            ) from None


def built_folder(settings: Settings) -> Path:
    """Where the front end of these sources and this port is, or will be: a running server keeps its own."""
    return _folder(settings, _digest(_page_sources()))


def is_built(settings: Settings) -> bool:
    """Whether that front end is there."""
    return built_folder(settings).exists()


def build(settings: Settings, say: Callable[[str], None] = print) -> None:
    """Builds the front end unless it is already there; says how far it is."""
    _BUILDS.mkdir(exist_ok=True)
    with FileLock(_BUILDS / "lock"):
        if is_built(settings):
            return
        sources = _digest(_page_sources())
        _export(settings, say)
        _keep(ROOT / ".web", _folder(settings, sources))


def inline_script_hashes() -> dict[str, tuple[str, ...]]:
    """The sources that the content security policy allows: the inline scripts of each page, by its address."""
    served = ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web") / "build" / "client"
    found: dict[str, tuple[str, ...]] = {}
    for page in sorted(served.rglob("*.html")):
        where = page.relative_to(served).as_posix()
        scripts = _INLINE_SCRIPT.findall(page.read_bytes())
        hashes = ("sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
        found[f"/{where.removesuffix('index.html')}"] = tuple(sorted(set(hashes)))
    return found


def tool_environment() -> dict[str, str]:
    """The environment in which Reflex finds the Node of this virtual environment and calls nobody."""
    here = str(Path(sys.executable).parent)
    return os.environ | {
        "PATH": os.pathsep.join([here, os.environ.get("PATH", "")]),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "NO_UPDATE_NOTIFIER": "1",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_omit_lockfile_registry_resolved": "true",
    }


def stop_building() -> None:
    """Ends a build that another thread waits for; that one raises SystemExit."""
    for child in tuple(_builders):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _export(settings: Settings, say: Callable[[str], None]) -> None:
    command = [str(Path(sys.executable).parent / "reflex"), "export", "--frontend-only", "--no-zip"]
    environment = tool_environment() | {"PORT": str(settings.port)}
    started = time.monotonic()
    heard: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own virtual environment
        command, cwd=ROOT, env=environment, text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as child:  # fmt: skip
        _builders.append(child)
        try:
            for step in _steps(child, heard):
                say(f"front end: {step} ({time.monotonic() - started:.0f} s)")
        except BaseException:
            stop_building()
            raise
        finally:
            _builders.remove(child)
    if child.returncode:
        raise SystemExit("".join(heard[-40:]) + "\nThe front end could not be built; the lines above say why.")
    say(f"front end: built in {time.monotonic() - started:.0f} s")


def _steps(child: subprocess.Popen[str], heard: list[str]) -> Iterator[str]:
    known = {"Initializing": "preparing", "Installing": "installing packages", "Compiling": "compiling pages",
             "Creating Production": "bundling"}  # fmt: skip
    said: set[str] = set()
    for line in child.stdout or ():
        heard.append(line)
        for word, step in known.items():
            if word in line and step not in said:
                said.add(step)
                yield step


def _page_sources() -> Iterator[Path]:
    yield from (ROOT / "rxconfig.py", ROOT / "uv.lock")
    for path in (ROOT / "portal").rglob("*"):
        if path.suffix in _SOURCES and not _NOT_IN_THE_BUNDLE & set(path.relative_to(ROOT / "portal").parts):
            yield path
    yield from (path for path in (ROOT / "assets").rglob("*") if path.is_file() and "external" not in path.parts)


def _digest(paths: Iterator[Path]) -> str:
    whole = hashlib.sha256()
    for path in sorted(set(paths)):
        whole.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _folder(settings: Settings, sources: str) -> Path:
    locks = _digest(iter([_LOCKS / "package.json", _LOCKS / "package-lock.json"]))
    whole = hashlib.sha256(f"{sources} {locks} {settings.bundle_url}".encode()).hexdigest()
    return _BUILDS / whole[:16]


def _keep(web: Path, folder: Path) -> None:
    """Copies what the server needs of a build, whole or not at all, and forgets the oldest builds."""
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(web / "backend", fresh / "backend")
    shutil.copytree(web / "build" / "client", fresh / "build" / "client")
    for manifest in ("routes.json", "reflex.json"):
        if (web / manifest).exists():
            shutil.copy2(web / manifest, fresh / manifest)
    fresh.replace(folder)
    builds = sorted((one for one in _BUILDS.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
    for old in builds[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def serve_when_told(settings: Settings) -> None:
    """Loads everything, then waits for a line on standard input: the demo writes it when the database is ready."""
    import importlib

    switch_to_built(built_folder(settings))
    importlib.import_module("portal.portal")
    if sys.stdin.readline():
        serve(settings)


if __name__ == "__main__":
    from portal import logs
    from portal.settings import settings as _settings

    logs.configure(_settings().log_level)
    serve_when_told(_settings())
