"""The app does not start with a door that nobody has thought about: a handler or a route without a policy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.clinic.access import Permission
from portal.endpoints.api import api
from portal.endpoints.requests import policy_of
from tests.support.ports import free_port
from tests.support.served import ROOT

OPEN = {
    "/api/sign-up", "/api/sign-in", "/api/sign-out", "/api/reset/request", "/api/reset/finish",
    "/webhooks/stripe", "/webhooks/livekit", "/healthz",
}  # fmt: skip

SERVE = """
import sys
import uvicorn
import reflex as rx
from starlette.routing import Route
from reflex_base.environment import environment
from portal.endpoints import api
environment.REFLEX_SKIP_COMPILE.set(True)
{before}
import portal.portal
{after}
class Stop(uvicorn.Server):
    async def main_loop(self):
        print("SERVED")
server = Stop(uvicorn.Config(portal.portal.app, factory=True, port=int(sys.argv[1]), log_level="error"))
server.run()
sys.exit(0 if server.started else 3)
"""

HANDLER = '''
class OddState(rx.State):
    @rx.event
    async def open_everything(self) -> None:
        """Nobody said who may."""
'''
PLAIN_METHOD = '''
class OddState(rx.State):
    def open_everything(self) -> None:
        """Not even an event, and yet a browser may call it."""
'''
ROUTE = "api._ROUTES.append(Route('/api/odd', api.health))"
UNDECLARED = "api._ROUTES.append(Route('/api/odd', api.guarded(api.health)))"


def start(tmp_path: Path, before: str = "", after: str = "") -> subprocess.CompletedProcess[str]:
    code = SERVE.format(before=before, after=after)
    environment = os.environ | {"DATA_DIR": str(tmp_path / "data"), "DEMO": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(free_port())]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_as_it_is_it_starts(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert "SERVED" in done.stdout, done.stderr


def stays_shut(done: subprocess.CompletedProcess[str], reason: str) -> None:
    assert done.returncode != 0
    assert "SERVED" not in done.stdout
    assert reason in done.stderr


@pytest.mark.parametrize("state", [HANDLER, PLAIN_METHOD], ids=["handler", "plain method"])
def test_a_handler_without_a_policy_keeps_it_shut(tmp_path: Path, state: str) -> None:
    stays_shut(start(tmp_path, after=state), "open_everything")


@pytest.mark.parametrize("route", [ROUTE, UNDECLARED], ids=["bare", "guarded for nobody"])
def test_a_route_without_a_policy_keeps_it_shut(tmp_path: Path, route: str) -> None:
    stays_shut(start(tmp_path, before=route), "routes without a policy: /api/odd")


def test_only_these_routes_are_for_everybody() -> None:
    """Sign-in has its own checks, webhooks their signatures, and the health check says nothing."""
    declared = {route.path: policy_of(route.endpoint) for route in api().routes}  # type: ignore[attr-defined]
    assert all(declared.values())
    assert {path for path, policy in declared.items() if Permission.ANYBODY in policy} == OPEN
    assert Permission.SYSTEM not in {one for policy in declared.values() for one in policy}
