"""The audit trail: every read and write of health data, append-only, written with the act it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, col, select

from portal.clinic.access import Permission, require
from portal.storage import rows
from portal.storage.columns import BigKey, instant_field, key_field
from portal.storage.work import UnitOfWork


class AuditEntry(SQLModel, table=True):
    """One act. `detail` holds ids, codes and counts, never what was said."""

    id: int = key_field()
    at: datetime = instant_field(index=True)
    actor_kind: str = Field(max_length=12)
    actor_id: int | None = Field(default=None, sa_type=BigKey, index=True)  # type: ignore[call-overload]
    actor_roles: str = Field(default="", max_length=40)
    action: str = Field(max_length=48, index=True)
    outcome: str = Field(default="allowed", max_length=8)  # allowed | refused
    subject_kind: str = Field(default="", max_length=24)
    subject_ref: str = Field(default="", max_length=40)
    patient_id: int | None = Field(default=None, sa_type=BigKey, index=True)  # type: ignore[call-overload]
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


@dataclass(frozen=True)
class TrailFilter:
    """What the owner looks for; empty means all. `actions` are prefixes such as `note.`; instants are aware."""

    since: datetime | None = None
    until: datetime | None = None
    actor_id: int | None = None
    patient_id: int | None = None
    actions: tuple[str, ...] = ()
    outcome: str = ""
    before: tuple[datetime, int] | None = None  # the oldest entry shown so far: its instant and id


@dataclass(frozen=True)
class TrailRow:
    """One entry as the owner reads it; actor and patient by row id, to be named by people."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_roles: str
    action: str
    outcome: str
    subject_kind: str
    subject_ref: str
    patient_id: int | None
    detail: dict[str, Any]


def trail(work: UnitOfWork, wanted: TrailFilter, most: int = 50) -> tuple[list[TrailRow], int]:
    """The newest entries that fit, and how many fit in all; looking is itself recorded."""
    require(work, Permission.READ_AUDIT)
    conditions = _conditions(wanted)
    count = work.db.exec(select(sa.func.count()).select_from(AuditEntry).where(*conditions)).one()
    if wanted.before is not None:
        at, last = wanted.before
        older = sa.and_(col(AuditEntry.at) == at, col(AuditEntry.id) < last)
        conditions.append(sa.or_(col(AuditEntry.at) < at, older))
    newest = (col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    entries = work.db.exec(select(AuditEntry).where(*conditions).order_by(*newest).limit(most)).all()
    names = TrailRow.__dataclass_fields__
    found = [TrailRow(**{name: getattr(row, name) for name in names}) for row in entries]
    if wanted.before is None:
        record(work, "audit.read", ("audit", "trail"), detail={"count": count})
    return found, count


def subjects(work: UnitOfWork, action: str) -> set[str]:
    """What an act was done to, ever, by public id; for the services that record it."""
    return set(work.db.exec(select(AuditEntry.subject_ref).where(AuditEntry.action == action)).all())


def refuse(work: UnitOfWork, kind: str) -> None:
    """Leave a trace that a signed-in person asked for what is not theirs: of what kind, never which."""
    if work.viewer.person_id is not None:
        record(work, "access.refused", (kind[:24], ""), refused=True)


def _conditions(wanted: TrailFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        found.append(col(AuditEntry.at) < wanted.until)
    if wanted.actor_id is not None:
        found.append(col(AuditEntry.actor_id) == wanted.actor_id)
    if wanted.patient_id is not None:
        found.append(col(AuditEntry.patient_id) == wanted.patient_id)
    if wanted.actions:
        begins = [col(AuditEntry.action).startswith(prefix, autoescape=True) for prefix in wanted.actions]
        found.append(sa.or_(*begins))
    if wanted.outcome:
        found.append(col(AuditEntry.outcome) == wanted.outcome)
    return found


def record(
    work: UnitOfWork,
    action: str,
    subject: tuple[str, str],
    *,
    patient_id: int | None = None,
    detail: dict[str, str | int | bool] | None = None,
    refused: bool = False,
) -> None:
    """Append one entry in the transaction of the act.

    Args:
        work: the unit of work of the act; its viewer is the actor.
        action: dotted and stable, such as `intake.read` or `note.sign`.
        subject: kind and public id of what was touched.
        patient_id: the person whose data it is.
        detail: ids, codes and counts only.
        refused: the act was refused.
    """
    viewer = work.viewer
    entry = {
        "at": work.now,
        "actor_kind": viewer.kind.value,
        "actor_id": viewer.person_id,
        "actor_roles": ",".join(sorted(viewer.roles)),
        "action": action,
        "outcome": "refused" if refused else "allowed",
        "subject_kind": subject[0],
        "subject_ref": subject[1],
        "patient_id": patient_id,
        "detail": dict(detail or {}),
    }
    rows.write(work.db, AuditEntry, entry)
