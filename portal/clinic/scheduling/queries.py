"""All SQL about time. What a patient or a clinician may see is decided by `visible_to`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.practice.tables import Clinician, ClinicianOffer, Offer
from portal.clinic.scheduling.rules.intervals import Span, normal
from portal.clinic.scheduling.tables import Appointment, DayOverride, Occupancy, Seat, WorkingHours
from portal.clinic.scheduling.values import Override, OverrideKind, WeeklyHours
from portal.storage.columns import Instant, WholeSecond
from portal.storage.work import UnitOfWork, Viewer


def lock_clinician_row(work: UnitOfWork, clinician_id: int) -> None:
    """Lock a clinician until the transaction ends: what happens to one calendar comes one by one."""
    work.db.exec(select(Clinician.id).where(Clinician.id == clinician_id).with_for_update()).one()


def lock_given(work: UnitOfWork, clinician_id: str, offer_id: str) -> tuple[Clinician, Offer] | None:
    """A clinician, locked, and a service that they give; by public ids."""
    return work.db.exec(_GIVEN, params={"clinician": clinician_id, "offer": offer_id}).first()


# Statements that every booking runs are built once: building one takes as long as running it.
_GIVEN = (
    select(Clinician, Offer)
    .join(ClinicianOffer, col(ClinicianOffer.clinician_id) == col(Clinician.id))
    .join(Offer, col(Offer.id) == col(ClinicianOffer.offer_id))
    .where(col(Clinician.public_id) == sa.bindparam("clinician"), col(Offer.public_id) == sa.bindparam("offer"))
    .with_for_update(of=Clinician)
)
_HOURS = sa.select(
    col(WorkingHours.clinician_id),
    col(WorkingHours.weekday),
    col(WorkingHours.start_minute),
    col(WorkingHours.end_minute),
).where(col(WorkingHours.clinician_id).in_(sa.bindparam("ids", expanding=True)))


def weekly_hours(work: UnitOfWork, clinician_ids: Iterable[int]) -> dict[int, list[WeeklyHours]]:
    """Weekly habits by clinician."""
    found: dict[int, list[WeeklyHours]] = defaultdict(list)
    for clinician_id, *hours in work.db.connection().execute(_HOURS, {"ids": list(clinician_ids)}).all():
        found[clinician_id].append(WeeklyHours(*hours))
    return found


_OVERRIDES = sa.select(
    col(DayOverride.clinician_id),
    col(DayOverride.on),
    col(DayOverride.kind),
    col(DayOverride.start_minute),
    col(DayOverride.end_minute),
).where(
    col(DayOverride.clinician_id).in_(sa.bindparam("ids", expanding=True)),
    col(DayOverride.on).between(sa.bindparam("first"), sa.bindparam("last")),
)


def overrides(work: UnitOfWork, clinician_ids: Iterable[int], first: date, last: date) -> dict[int, list[Override]]:
    """Dates that differ from the habit, both ends included, by clinician."""
    asked = {"ids": list(clinician_ids), "first": first, "last": last}
    found: dict[int, list[Override]] = defaultdict(list)
    for clinician_id, on, kind, start, end in work.db.connection().execute(_OVERRIDES, asked).all():
        found[clinician_id].append(Override(on, OverrideKind(kind), start, end))
    return found


def hour_rows(work: UnitOfWork, clinician_id: int) -> list[WorkingHours]:
    """The rows of a weekly habit, by weekday and start."""
    wanted = select(WorkingHours).where(WorkingHours.clinician_id == clinician_id)
    return list(work.db.exec(wanted.order_by(col(WorkingHours.weekday), col(WorkingHours.start_minute))))


def override_rows(work: UnitOfWork, clinician_id: int, *conditions: sa.ColumnElement[bool]) -> list[DayOverride]:
    """The rows of a clinician's dates that differ, by date and start."""
    wanted = select(DayOverride).where(DayOverride.clinician_id == clinician_id, *conditions)
    return list(work.db.exec(wanted.order_by(col(DayOverride.on), col(DayOverride.start_minute))))


def busy(work: UnitOfWork, clinician_ids: Sequence[int], start: datetime, end: datetime) -> dict[int, list[Span]]:
    """When each clinician is occupied in a span, buffers included: normal; holds that have run out do not count."""
    work.db.flush()
    start, end = start.replace(microsecond=0), end.replace(microsecond=0) + timedelta(seconds=1)
    asked = {"ids": list(clinician_ids), "start": start, "end": end, "now": work.now}
    found: dict[int, list[Span]] = defaultdict(list)
    for clinician_id, since, until in work.db.connection().execute(_BUSY, asked):
        found[clinician_id] = normal(zip(map(int, since.split(",")), map(int, until.split(",")), strict=True))
    return found


def _listed(instant: datetime) -> sa.ColumnElement[str]:
    """All seconds of a column in one text: thousands of rows of a busy month take longer than all that follows."""
    return sa.func.aggregate_strings(sa.cast(sa.type_coerce(col(instant), sa.BigInteger), sa.String), ",")


_RUN_OUT = sa.select(col(Appointment.id)).where(
    col(Appointment.status) == "held", col(Appointment.held_until) <= sa.bindparam("now", type_=Instant)
)
_BUSY = (
    sa.select(col(Occupancy.clinician_id), _listed(Occupancy.blocked_from), _listed(Occupancy.blocked_to))
    .where(
        col(Occupancy.clinician_id).in_(sa.bindparam("ids", expanding=True)),
        col(Occupancy.is_active),
        col(Occupancy.blocked_from) < sa.bindparam("end", type_=WholeSecond),
        col(Occupancy.blocked_to) > sa.bindparam("start", type_=WholeSecond),
        col(Occupancy.appointment_id).not_in(_RUN_OUT),
    )
    .group_by(col(Occupancy.clinician_id))
)


def stale_holds(work: UnitOfWork, clinician_id: int | None = None) -> list[Appointment]:
    """Holds that have run out and still occupy their time; those of everybody without what others work on now."""
    if clinician_id is not None:
        return list(work.db.exec(_STALE_OF_ONE, params={"now": work.now, "clinician": clinician_id}))
    return list(work.db.exec(_STALE, params={"now": work.now}))


_RAN_OUT = (
    select(Appointment)
    .where(Appointment.status == "held", col(Appointment.held_until) <= sa.bindparam("now", type_=Instant))
    .order_by(col(Appointment.id))
)
_STALE = _RAN_OUT.with_for_update(skip_locked=True)
_STALE_OF_ONE = _RAN_OUT.where(col(Appointment.clinician_id) == sa.bindparam("clinician")).with_for_update()


def own_holds(work: UnitOfWork) -> list[Appointment]:
    """What this visitor or this person holds, run out or not, newest first."""
    visitor, own = work.viewer.visitor, work.viewer.person_id
    if visitor is None and own is None:
        return []
    rows = work.db.exec(_OWN_HOLDS, params={"visitor": visitor, "person": own})
    # A visitor's cookie never opens a hold that somebody else has signed up with.
    return [row for row in rows if row.patient_id in (None, own)]


def own_and_stale_holds(work: UnitOfWork, clinician_id: int) -> tuple[list[Appointment], list[Appointment]]:
    """`own_holds`, and `stale_holds` of one clinician, at once."""
    visitor, own = work.viewer.visitor, work.viewer.person_id
    asked = {"visitor": visitor, "person": own, "clinician": clinician_id, "now": work.now}
    rows = work.db.exec(_OWN_AND_STALE, params=asked).all()
    theirs = [row for row in rows if (visitor and row.visitor == visitor) or (own and row.patient_id == own)]
    mine = [row for row in theirs if row.patient_id in (None, own)]
    over = [row for row in rows if row.clinician_id == clinician_id and row.held_until and row.held_until <= work.now]
    return mine, over


_IS_OWN = sa.or_(
    col(Appointment.visitor) == sa.bindparam("visitor", type_=sa.String),
    col(Appointment.patient_id) == sa.bindparam("person", type_=sa.BigInteger),
)
_OWN_HOLDS = (
    select(Appointment)
    .where(Appointment.status == "held", _IS_OWN)
    .order_by(col(Appointment.id).desc())
    .with_for_update()
)
_OWN_AND_STALE = (
    select(Appointment)
    .where(
        Appointment.status == "held",
        sa.or_(
            _IS_OWN,
            sa.and_(
                col(Appointment.clinician_id) == sa.bindparam("clinician"),
                col(Appointment.held_until) <= sa.bindparam("now", type_=Instant),
            ),
        ),
    )
    .order_by(col(Appointment.id).desc())
    .with_for_update()
)


def holds_of_address(work: UnitOfWork, address: str) -> int:
    """How many times are held from one network address now."""
    wanted = select(sa.func.count()).where(
        col(Appointment.status) == "held", col(Appointment.address) == address, col(Appointment.held_until) > work.now
    )
    return work.db.exec(wanted).one()


def visible_to(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Whose appointments: a patient's own, a clinician's own, everything for the practice's own jobs."""
    if viewer.is_system:
        return sa.true()
    if viewer.person_id is None:
        return sa.false()
    own_calendar = sa.select(col(Clinician.id)).where(col(Clinician.person_id) == viewer.person_id)
    return sa.or_(col(Appointment.patient_id) == viewer.person_id, col(Appointment.clinician_id).in_(own_calendar))


def appointment_row(work: UnitOfWork, public_id: str, *, lock: bool = False) -> Appointment | None:
    """An appointment that the viewer may know of; anybody else's is as good as none."""
    wanted = select(Appointment).where(Appointment.public_id == public_id, visible_to(work.viewer))
    return work.db.exec(wanted.with_for_update() if lock else wanted).first()


def with_places(work: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> list[tuple[Appointment, Clinician, Offer]]:
    """Appointments the viewer may know of, with clinician and service, by start."""
    wanted = (
        select(Appointment, Clinician, Offer)
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id))
        .join(Offer, col(Offer.id) == col(Appointment.offer_id))
        .where(visible_to(work.viewer), *conditions)
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    return list(work.db.exec(wanted))


def occupancy_of(work: UnitOfWork, appointment_id: int) -> Occupancy:
    """The row that occupies the clinician for an appointment."""
    return work.db.exec(select(Occupancy).where(Occupancy.appointment_id == appointment_id)).one()


def seats_of(work: UnitOfWork, appointment_id: int) -> list[Seat]:
    """Who sits in an appointment."""
    return list(work.db.exec(select(Seat).where(Seat.appointment_id == appointment_id)))


def booked_between(work: UnitOfWork, clinician: Clinician, start: datetime, end: datetime) -> list[Span]:
    """Confirmed visits of a clinician that begin in a span, in seconds and in order; times only, for the owner asks."""
    wanted = (
        select(Appointment.starts_at, Appointment.ends_at)
        .where(
            col(Appointment.clinician_id) == clinician.id,
            col(Appointment.status) == "confirmed",
            col(Appointment.starts_at) >= start,
            col(Appointment.starts_at) < end,
        )
        .order_by(col(Appointment.starts_at))
    )
    return [(int(since.timestamp()), int(until.timestamp())) for since, until in work.db.exec(wanted)]
