"""One patient with an account; nobody's tries of another test are remembered."""

from __future__ import annotations

import pytest
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from portal.clinic.people import passwords
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.endpoints import account
from portal.storage.work import SYSTEM
from tests.endpoints.account.door import EMAIL, PASSWORD, Door
from tests.endpoints.conftest import Desk
from tests.support.databases import Clock


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_limiter", MovingWindowRateLimiter(MemoryStorage()))


@pytest.fixture
def door(desk: Desk, clock: Clock) -> Door:
    desk.database.clock = clock
    return Door(desk)


@pytest.fixture(scope="session")
def password_hash() -> str:
    return passwords.hash_now(PASSWORD)


@pytest.fixture
def rosa(door: Door, password_hash: str) -> int:
    return door.desk.database.run(SYSTEM, people.sign_up, SignUp("Rosa Whitfield", EMAIL), password_hash)
