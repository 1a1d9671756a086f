"""Brings the demo's database to the newest schema and its invented practice to today."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from portal.demo.plan import DemoPlan
    from portal.demo.seed import SignIns
    from portal.settings import Settings

Say = Callable[[str], None]
R = TypeVar("R")


def prepare_database(here: Settings, plan: DemoPlan, say: Say) -> SignIns:
    """Answers with who may sign in. Takes seconds the first time, little after that."""
    from portal.demo.card_sandbox.till import SandboxConfig, Till
    from portal.demo.seed import roll_forward
    from portal.demo.seed.till import SandboxRegister
    from portal.storage.keys import open_keyring
    from portal.storage.migrate import current, newest, upgrade
    from portal.storage.work import Database

    before = current(here.database)
    keyring = open_keyring(here.keys_at, data_exists=bool(before))
    if before != newest():
        _timed(say, "database: migrated", lambda: upgrade(here.database))
    database = Database(here.database, keyring)
    till = Till(SandboxConfig(plan.parts_address, plan.stripe_key, plan.webhook_secret, "", plan.cards_at))
    register = SandboxRegister(till)
    try:
        return _timed(
            say,
            "practice: brought to today",
            lambda: roll_forward(database, register, lambda words: say(f"practice: {words}")),
        )
    finally:
        till.store.close()
        database.close()


def _timed(say: Say, done: str, work: Callable[[], R]) -> R:
    started = time.monotonic()
    answer = work()
    say(f"{done} ({time.monotonic() - started:.1f} s)")
    return answer
