"""Flags: raised while an answer is saved, and up until they were talked about. The law: docs/rules/intake.md."""

from __future__ import annotations

from collections.abc import Sequence

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.errors import NotFound
from portal.clinic.intake import queries, rules
from portal.clinic.intake.forms import PHQ9, find_form
from portal.clinic.intake.queries import SENT
from portal.clinic.intake.tables import FormResponse, Packet, RiskFlag
from portal.clinic.intake.values import FlagView, Form
from portal.storage.work import UnitOfWork


def follow(work: UnitOfWork, packet: Packet, versions: Sequence[FormResponse]) -> None:
    """Let the flag of a packet follow what was answered; `versions` are those of one form, oldest first."""
    level = _gravest(versions)
    flag = next((one for one in queries.flags(work, [packet.id]) if one.kind == rules.RISK), None)
    before = int(flag.value or 0) if flag is not None and is_up(flag) else 0
    if flag is not None and before and level < before:
        _lower(work, flag, packet, level)
        return
    if level == 0 or (flag is not None and level == before and flag.cleared_at is None):
        return
    if flag is None:
        flag = RiskFlag(packet_id=packet.id, kind=rules.RISK, raised_at=work.now)
        work.db.add(flag)
    # New, raised again, or graver than what was seen: it is to be looked at (again).
    flag.value, flag.cleared_at, flag.seen_at, flag.seen_by = str(level), None, None, None
    flag.raised_at = work.now
    _tell(work, "intake.flag", flag, packet)


def acknowledge_flag(work: UnitOfWork, flag_id: str) -> None:
    """The therapist has seen it; again changes nothing.

    Raises:
        NotFound: no flag in the viewer's own calendar.
    """
    require(work, Permission.CLINICIAN_RECORDS)
    found = queries.clinic_flag(work, flag_id)
    if found is None:
        raise NotFound
    flag, packet = found
    if flag.seen_at is None:
        flag.seen_at, flag.seen_by = work.now, work.viewer.person_id
        standing = _standing(work, packet) if flag.cleared_at is not None else 0
        if standing:  # a lighter answer stands, and stays in sight
            flag.value, flag.cleared_at = str(standing), None
        _tell(work, "intake.flag_seen", flag, packet)


def flag_view(flag: RiskFlag) -> FlagView:
    """A flag as a value."""
    level = int(flag.value or 0)
    return FlagView(flag.public_id, flag.kind, level, _words(level), flag.raised_at, flag.seen_at, flag.cleared_at)


def is_up(flag: RiskFlag) -> bool:
    """Whether the therapist is to see it: the answer stands, or nobody has talked about it yet."""
    return flag.cleared_at is None or flag.seen_at is None


def is_measure_of_risk(form: Form) -> bool:
    """Whether a form has an item that may raise a flag."""
    return form.measure is not None and form.measure.risk_item is not None


def _lower(work: UnitOfWork, flag: RiskFlag, packet: Packet, level: int) -> None:
    """A lighter answer before sending. Until it was talked about, the graver one is what counts."""
    if flag.seen_at is not None and level:
        flag.value = str(level)
    elif flag.cleared_at is None:
        flag.cleared_at = work.now
        _tell(work, "intake.flag_lowered", flag, packet)


def _standing(work: UnitOfWork, packet: Packet) -> int:
    """How grave what was answered is now, sent or not."""
    rows = [row for row in queries.responses(work, [packet.id]) if row.form_key == PHQ9.key]
    return _gravest(rows) if rows else 0


def _gravest(versions: Sequence[FormResponse]) -> int:
    """Of the versions of one form, oldest first."""
    sent = [_level(row) for row in versions if row.status == SENT]
    return rules.flag_level(sent, _level(versions[-1]) if versions[-1].status != SENT else 0)


def _level(row: FormResponse) -> int:
    return rules.risk_level(find_form(row.form_key, row.form_version), row.answers) or 0


def _words(level: int) -> str:
    """The answer that the patient gave, in its own words."""
    item = next(one for one in PHQ9.questions if PHQ9.measure and one.key == PHQ9.measure.risk_item)
    return next((option.label for option in item.options if option.score == level), "")


def _tell(work: UnitOfWork, action: str, flag: RiskFlag, packet: Packet) -> None:
    audit.record(work, action, ("flag", flag.public_id), patient_id=packet.patient_id)
