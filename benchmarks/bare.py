"""A bare Reflex page with the same plugins, one heading, one button with a handler: what a page can weigh at least."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.serving import ROOT, refuse_taken_port, tool_environment

_CONFIG = """import reflex as rx
config = rx.Config(app_name="bare", api_url="http://localhost:{port}", deploy_url="http://localhost:{port}",
    backend_host="127.0.0.1", cors_allowed_origins=["http://localhost:{port}"], state_manager_mode="memory",
    telemetry_enabled=False, show_built_with_reflex=False, plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin])
"""
_APP = """import reflex as rx
class Bare(rx.State):
    count: int = 0
    @rx.event
    async def more(self):
        self.count += 1
def index():
    return rx.el.main(rx.el.h1("Bare"), rx.el.button("Pressed ", Bare.count, on_click=Bare.more))
app = rx.App(theme=None, toaster=None)
app.add_page(index, route="/")
"""
_SERVE = """import uvicorn
from reflex_base import constants
from reflex_base.environment import environment
environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
environment.REFLEX_SKIP_COMPILE.set(True)
environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
uvicorn.run("bare.bare:app", factory=True, host="127.0.0.1", port={port}, log_level="error")
"""


@contextmanager
def bare_page(folder: Path, port: int) -> Iterator[str]:
    """Build it with the packages of this project, serve it, and take it down again."""
    refuse_taken_port(port, "the bare page")
    (folder / "bare").mkdir(parents=True)
    (folder / "rxconfig.py").write_text(_CONFIG.format(port=port))
    (folder / "bare" / "bare.py").write_text(_APP)
    (folder / "bare" / "__init__.py").write_text("")
    (folder / "serve.py").write_text(_SERVE.format(port=port))
    shutil.copytree(ROOT / "reflex.lock", folder / "reflex.lock")
    reflex = Path(sys.executable).parent / "reflex"
    subprocess.run(
        [reflex, "export", "--frontend-only", "--no-zip"],
        cwd=folder,
        env=tool_environment(),
        check=True,
        capture_output=True,
    )
    environment = {**os.environ, "PYTHONPATH": str(folder), "REFLEX_TELEMETRY_ENABLED": "false"}
    with subprocess.Popen([sys.executable, "serve.py"], cwd=folder, env=environment) as server:
        try:
            _wait_for(f"http://localhost:{port}/")
            yield f"http://localhost:{port}/"
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)
