"""The verbs of an operator, as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import Settings
from portal.storage.keys import load_keyring
from portal.storage.work import SYSTEM, Database, UnitOfWork
from tests.support.sources import ROOT

OWNER = ("--name", "Ruth Lindqvist", "--email", "Ruth@Practice.Example", "--password", "a long walk by the sea")


@pytest.fixture
def portal(tmp_path: Path):
    """Runs a verb with a data folder of its own."""
    names = {name.upper() for name in Settings.model_fields}
    clean = {name: value for name, value in os.environ.items() if name not in names}

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "portal.cli", *words],
            cwd=ROOT,
            env=clean | {"DATA_DIR": str(tmp_path / "data")} | variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_an_owner_is_made_with_database_and_keys(portal, tmp_path):
    from portal.clinic.people import service

    done = portal("create-owner", *OWNER)
    assert done.returncode == 0, done.stderr
    assert "can sign in at http://localhost:3000/sign-in/" in done.stdout
    keys = tmp_path / "data.keys.json"
    assert keys.stat().st_mode & 0o777 == 0o600
    database = Database(f"sqlite:///{tmp_path / 'data' / 'quietroom.sqlite3'}", load_keyring(keys))

    def known(work: UnitOfWork) -> bool:
        return service.credentials(work, "ruth@practice.example") is not None

    assert database.run_read(SYSTEM, known)
    database.close()


def test_one_mailbox_is_one_account(portal):
    assert portal("create-owner", *OWNER).returncode == 0
    again = portal("create-owner", *OWNER)
    assert again.returncode == 1
    assert "already an account" in again.stderr


def test_a_weak_password_is_refused_in_words(portal):
    done = portal("create-owner", *OWNER[:-1], "short")
    assert done.returncode == 1
    assert "password: 12 characters or more" in done.stderr


def test_migrating_twice_says_nothing_the_second_time(portal):
    assert "from nothing to" in portal("migrate").stdout
    assert portal("migrate").stdout == ""


def test_a_lost_key_file_is_told_and_nothing_is_made(portal, tmp_path):
    portal("migrate")
    keys = tmp_path / "data.keys.json"
    keys.unlink()
    done = portal("migrate")
    assert done.returncode == 1
    assert "Put it back" in done.stderr
    assert not keys.exists()


def test_unsafe_values_are_refused_one_line_each(portal):
    done = portal("serve", PUBLIC_URL="http://quiet.practice", STRIPE_API_KEY="sk_live_1", LIVEKIT_API_SECRET="secret")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 4
    assert "STRIPE_WEBHOOK_SECRET" in done.stderr
    assert "sk_live_1" not in done.stderr


def test_a_value_that_cannot_be_read_is_named_without_being_repeated(portal):
    done = portal("serve", PORT="my-secret-port")
    assert done.returncode == 1
    assert done.stderr.startswith("PORT: ")
    assert "my-secret-port" not in done.stderr


def test_a_demo_key_in_the_environment_of_a_practice_is_refused(portal):
    done = portal("serve", DEMO="true")
    assert "`portal demo` alone" in done.stderr
