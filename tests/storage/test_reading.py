"""What would be lost in silence fails aloud."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from portal.clinic import audit
from portal.clinic.audit import AuditEntry
from portal.clinic.practice.tables import Practice
from portal.storage.reading import WroteWhileReading
from portal.storage.work import SYSTEM, Database, UnitOfWork


def tell(work: UnitOfWork) -> None:
    audit.record(work, "note.read", ("note", "n"))


def tell_at_once(work: UnitOfWork) -> None:
    tell(work)
    work.db.flush()


def rename(work: UnitOfWork) -> None:
    work.db.exec(select(Practice)).one().name = "Other"


def touch(work: UnitOfWork) -> str:
    row = work.db.exec(select(Practice)).one()
    row.name = str(row.name)
    return row.name


def found(work: UnitOfWork) -> None:
    work.db.add(Practice(name="Linden Row"))


@pytest.mark.parametrize("service", [tell, tell_at_once, rename])
def test_a_service_that_writes_is_not_run_for_reading(database: Database, service) -> None:
    database.run(SYSTEM, found)
    with pytest.raises(WroteWhileReading):
        database.run_read(SYSTEM, service)
    with Session(database.engine) as db:
        assert db.exec(select(AuditEntry)).all() == []
        assert db.exec(select(Practice)).one().name == "Linden Row"


def test_reading_reads(database: Database) -> None:
    database.run(SYSTEM, found)
    assert database.run_read(SYSTEM, touch) == "Linden Row"
