"""Flags: raised while an answer is saved, lowered only before it was sent. The law: docs/rules/intake.md."""

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
    sent = [_level(row) for row in versions if row.status == SENT]
    draft = _level(versions[-1]) if versions[-1].status != SENT else 0
    level = rules.flag_level(sent, draft)
    flag = next((one for one in queries.flags(work, [packet.id]) if one.kind == rules.RISK), None)
    if level == 0:
        if flag is not None and flag.cleared_at is None:
            flag.cleared_at = work.now
            _tell(work, "intake.flag_lowered", flag, packet)
        return
    if flag is None:
        flag = RiskFlag(packet_id=packet.id, kind=rules.RISK, raised_at=work.now)
        work.db.add(flag)
    elif flag.cleared_at is None and int(flag.value or 0) >= level:
        flag.value = str(level)
        return
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
        _tell(work, "intake.flag_seen", flag, packet)


def flag_view(flag: RiskFlag) -> FlagView:
    """A flag as a value."""
    level = int(flag.value or 0)
    return FlagView(flag.public_id, flag.kind, level, _words(level), flag.raised_at, flag.seen_at)


def is_measure_of_risk(form: Form) -> bool:
    """Whether a form has an item that may raise a flag."""
    return form.measure is not None and form.measure.risk_item is not None


def _level(row: FormResponse) -> int:
    return rules.risk_level(find_form(row.form_key, row.form_version), row.answers) or 0


def _words(level: int) -> str:
    """The answer that the patient gave, in its own words."""
    item = next(one for one in PHQ9.questions if PHQ9.measure and one.key == PHQ9.measure.risk_item)
    return next((option.label for option in item.options if option.score == level), "")


def _tell(work: UnitOfWork, action: str, flag: RiskFlag, packet: Packet) -> None:
    audit.record(work, action, ("flag", flag.public_id), patient_id=packet.patient_id)
