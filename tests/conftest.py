"""What every test may ask for: databases on both engines, a clock, and the real parts of this machine."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["TZ"] = "UTC"
time.tzset()

from portal.storage.keys import Keyring, new_keyring  # noqa: E402
from portal.storage.work import Database  # noqa: E402
from tests.support import roll  # noqa: E402
from tests.support.browser import Chromium  # noqa: E402
from tests.support.databases import Clock, PostgresShelf, SqliteShelf  # noqa: E402
from tests.support.mail import MailSink  # noqa: E402
from tests.support.ports import free_port, wait_for_port  # noqa: E402
from tests.support.practice import Practice  # noqa: E402
from tools import parts  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is quick and says most comes first; whole servers and browsers come last."""
    items.sort(key=roll.weight)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    roll.call(item)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if roll.was_called():
        terminalreporter.section("real parts")
        terminalreporter.write_line("\n".join(roll.table()))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return new_keyring()


@pytest.fixture(scope="session")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteShelf:
    return SqliteShelf(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_shelf() -> Iterator[PostgresShelf]:
    shelf = PostgresShelf()
    yield shelf
    shelf.close()


@pytest.fixture
def sqlite_url(sqlite_shelf: SqliteShelf, tmp_path: Path) -> str:
    """A new SQLite database at the newest migration."""
    return sqlite_shelf.fresh(tmp_path)


@pytest.fixture
def postgres_url(postgres_shelf: PostgresShelf) -> Iterator[str]:
    """A new PostgreSQL database at the newest migration."""
    with postgres_shelf.fresh() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def database(database_url: str, keyring: Keyring, clock: Clock) -> Iterator[Database]:
    """An open database on each engine in turn, at the time of `clock`."""
    opened = Database(database_url, keyring, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str, keyring: Keyring, clock: Clock) -> Iterator[Database]:
    """An open SQLite database, where the engine does not matter."""
    opened = Database(sqlite_url, keyring, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    """A Chromium with made-up camera and microphone; `chromium.visitor()` opens a context of its own."""
    with Chromium.started(parts.chromium()) as browser:
        yield browser


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The demo's practice as it is served, for browser tests: one for the whole run, so each brings its own patient."""
    running = Practice(tmp_path_factory.mktemp("practice"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def smtp_server() -> Iterator[MailSink]:
    """A mail server on loopback that keeps what it gets."""
    with MailSink() as sink:
        yield sink


@pytest.fixture(scope="session")
def stripe_mock_url() -> Iterator[str]:
    """Stripe's mock of its own API: it judges parameters, and keeps no state."""
    http, https = free_port(), free_port()
    command = [parts.stripe_mock(), "-http-addr", f"127.0.0.1:{http}", "-https-addr", f"127.0.0.1:{https}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        wait_for_port(http)
        yield f"http://127.0.0.1:{http}"
        child.terminate()
