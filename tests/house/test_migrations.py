"""The migrations make exactly what the tables say."""

from __future__ import annotations

from alembic import command

from portal.storage.migrate import alembic_config, current, newest, upgrade


def test_the_newest_schema_is_what_the_tables_say(database_url):
    command.check(alembic_config(database_url))


def test_migrating_twice_changes_nothing(database_url):
    upgrade(database_url)
    assert current(database_url) == newest()
