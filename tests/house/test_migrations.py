"""The migrations make exactly what the tables say."""

from __future__ import annotations

from alembic import command

from portal.clinic.people import service as people
from portal.storage.migrate import alembic_config, current, newest, upgrade
from portal.storage.work import Role
from tests.support.people import make_person


def test_the_newest_schema_is_what_the_tables_say(database_url):
    command.check(alembic_config(database_url))


def test_migrating_twice_changes_nothing(database_url):
    upgrade(database_url)
    assert current(database_url) == newest()


def test_a_practice_of_the_version_before_keeps_what_it_has(database, database_url):
    """From the first tables on, with somebody in them."""
    ada = make_person(database, "Ada Lindqvist", Role.OWNER)
    config = alembic_config(database_url)
    command.downgrade(config, "0002")
    assert current(database_url) == "0002"
    upgrade(database_url)
    command.check(config)
    assert database.run(ada.viewer, people.me).name == "Ada Lindqvist"
