"""The endpoints of a practice of their own, in this process, with a real video server beside it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from portal import settings as settings_room
from portal import wiring
from portal.callers import session_cookie
from portal.clinic.people import service as people
from portal.demo.livekit_server import Doors, LivekitServer
from portal.endpoints.api import api
from portal.storage.keys import save_keyring
from portal.storage.work import SYSTEM, Database
from tests.support.patience import SECONDS
from tests.support.people import Who
from tests.support.ports import free_port, wait_for_port

TOOLS = Path(__file__).parents[2] / ".tools"


@pytest.fixture(scope="session")
def hook_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def livekit_server(tmp_path_factory: pytest.TempPathFactory, hook_port: int) -> Iterator[LivekitServer]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        udp = probe.getsockname()[1]
    doors = Doors(free_port(), udp, f"http://127.0.0.1:{hook_port}/webhooks/livekit")
    server = LivekitServer(doors, tmp_path_factory.mktemp("livekit"), TOOLS)
    server.start()
    assert server.wait(SECONDS), server.detail
    yield server
    server.stop()


class Desk:
    """What callers see of the endpoints: each request with its cookie, from this origin's pages."""

    def __init__(self, parts: wiring.Parts) -> None:
        self.parts = parts
        self.app = api()

    @property
    def database(self) -> Database:
        return self.parts.database

    def cookie(self, who: Who) -> dict[str, str]:
        """A session of this person."""
        token = self.database.run(SYSTEM, people.open_session, who.id)
        return {"cookie": f"{session_cookie(self.parts.settings)}={token}"}

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3000") as client:
                return await client.request(method, path, **more)

        return asyncio.run(go())


@pytest.fixture
def practice_parts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[wiring.Parts]:
    """The process's parts, on SQLite; with a video server when the test asks for one."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    save_keyring(request.getfixturevalue("keyring"), tmp_path / "data.keys.json")
    monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("sqlite_url"))
    if "livekit_server" in request.fixturenames:
        account = request.getfixturevalue("livekit_server").account
        monkeypatch.setenv("LIVEKIT_URL", account.url)
        monkeypatch.setenv("LIVEKIT_API_URL", account.api_url)
        monkeypatch.setenv("LIVEKIT_API_KEY", account.key)
        monkeypatch.setenv("LIVEKIT_API_SECRET", account.secret)
    settings_room.settings.cache_clear()
    wiring.parts.cache_clear()
    made = wiring.parts()
    yield made
    made.database.close()
    settings_room.settings.cache_clear()
    wiring.parts.cache_clear()


@pytest.fixture
def desk(practice_parts: wiring.Parts) -> Desk:
    return Desk(practice_parts)


@pytest.fixture
def listening(desk: Desk, hook_port: int) -> Iterator[None]:
    """The endpoints on the port that the video server tells its news to."""
    server = uvicorn.Server(uvicorn.Config(desk.app, host="127.0.0.1", port=hook_port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for_port(hook_port)
    yield
    server.should_exit = True
    thread.join(10)
