"""What a therapist reads of their own patients: what was sent, scores beside earlier ones, flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from portal.clinic import audit
from portal.clinic.access import Permission, require
from portal.clinic.errors import NotFound
from portal.clinic.intake import queries
from portal.clinic.intake.forms import ABOUT_YOU, PACKET, find_form
from portal.clinic.intake.queries import Placed
from portal.clinic.intake.service.consent import signed_view
from portal.clinic.intake.service.flags import flag_view, is_up
from portal.clinic.intake.service.packets import Contents, contents
from portal.clinic.intake.tables import FormResponse, RiskFlag
from portal.clinic.intake.values import (
    ClinicalView,
    FormState,
    FormView,
    IntakeMark,
    MeasureTrend,
    Score,
    ScoreView,
    TrendPoint,
)
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork

Sent = tuple[FormResponse, Appointment]
_MEASURES = tuple(form for form in PACKET if form.measure is not None)
_MOST_POINTS = 12


def for_clinician(work: UnitOfWork, appointment_id: str) -> ClinicalView:
    """What was sent for a visit, for its clinician; audited.

    Raises:
        NotFound: no visit in the viewer's own calendar, or it has no forms.
    """
    require(work, Permission.CLINICIAN_RECORDS)
    found = queries.clinic_packets(work, [appointment_id])
    if not found:
        raise NotFound
    placed = found[0]
    inside = contents(work, [placed])[0]
    sent = _sent_to(work, [placed])
    audit.record(work, "intake.read", ("packet", placed.packet.public_id), patient_id=placed.packet.patient_id)
    return ClinicalView(
        packet_id=placed.packet.public_id,
        forms=_forms(inside, sent),
        signature=signed_view(inside.signed or inside.gone),
        scores=_scores(placed, sent),
        trends=_trends(placed, sent),
        flags=tuple(flag_view(flag) for flag in _raised(work, [placed])),
        progress=inside.progress,
        completed_at=placed.packet.completed_at,
    )


def marks(work: UnitOfWork, appointment_ids: Sequence[str]) -> dict[str, IntakeMark]:
    """Forms, scores and flags of visits in the viewer's own calendar, for the rows of a day."""
    require(work, Permission.CLINICIAN_DAY)
    found = queries.clinic_packets(work, appointment_ids)
    if not found:
        return {}
    sent, raised = _sent_to(work, found), _raised(work, found)
    marked: dict[str, IntakeMark] = {}
    for inside in contents(work, found):
        packet = inside.placed.packet
        flag = next((one for one in raised if one.packet_id == packet.id), None)
        parts = inside.progress.forms
        marked[inside.placed.appointment.public_id] = IntakeMark(
            parts_done=len(parts) if packet.completed_at else inside.progress.submitted,
            parts=len(parts),
            completed_at=packet.completed_at,
            scores=_scores(inside.placed, sent),
            flag=flag_view(flag) if flag else None,
            is_consent_signed=inside.signed is not None,
            consent_gone_at=inside.gone[0].withdrawn_at if inside.gone else None,
        )
    return marked


def _sent_to(work: UnitOfWork, many: Sequence[Placed]) -> list[Sent]:
    """What the patients of these visits sent for visits with the viewer, in the order of sending."""
    patients = {placed.packet.patient_id for placed in many}
    own = {placed.clinician.id for placed in many}
    keys = [ABOUT_YOU.key, *(form.key for form in _MEASURES)]
    return [one for one in queries.sent_versions(work, patients, keys) if one[1].clinician_id in own]


def _raised(work: UnitOfWork, many: Sequence[Placed]) -> list[RiskFlag]:
    return [flag for flag in queries.flags(work, [one.packet.id for one in many]) if is_up(flag)]


def _forms(inside: Contents, sent: Sequence[Sent]) -> tuple[FormView, ...]:
    """The newest version of each form that was sent for this visit, and "about you" as it was told last."""
    patient, key = inside.placed.packet.patient_id, inside.placed.packet.id
    newest: dict[str, FormResponse] = {}
    for row, visit in sent:
        own = row.packet_id == key or (row.form_key == ABOUT_YOU.key and visit.patient_id == patient)
        if own:
            newest[row.form_key] = row
    asked = {view.form.key: view for view in inside.forms}
    views = [_sent_view(newest[form.key], asked.get(form.key)) for form in PACKET if form.key in newest]
    return tuple(views)


def _sent_view(row: FormResponse, standing: FormView | None) -> FormView:
    changed = standing is not None and standing.state is FormState.CHANGED
    return FormView(
        form=find_form(row.form_key, row.form_version),
        state=FormState.CHANGED if changed else FormState.SENT,
        version=row.version,
        answers=dict(row.answers),
        saved_at=row.saved_at,
        submitted_at=row.submitted_at,
    )


def _scores(placed: Placed, sent: Sequence[Sent]) -> tuple[ScoreView, ...]:
    found: list[ScoreView] = []
    for form in _MEASURES:
        points = _points(placed, sent, form.key)
        if points and points[-1][0] == placed.packet.id:
            was = points[-2][1].score if len(points) > 1 else None
            name = form.measure.name if form.measure else form.title
            found.append(ScoreView(name, points[-1][1].score, was))
    return tuple(found)


def _trends(placed: Placed, sent: Sequence[Sent]) -> tuple[MeasureTrend, ...]:
    found: list[MeasureTrend] = []
    for form in _MEASURES:
        points = _points(placed, sent, form.key)[-_MOST_POINTS:]
        if points and form.measure is not None:
            found.append(MeasureTrend(form.measure, tuple(point for _, point in points)))
    return tuple(found)


def _points(placed: Placed, sent: Sequence[Sent], form_key: str) -> list[tuple[int, TrendPoint]]:
    """One point for each visit up to this one, in the order of the visits; the last version of a visit counts."""
    newest: dict[int, tuple[datetime, TrendPoint]] = {}
    for row, visit in sent:
        same = visit.patient_id == placed.packet.patient_id and visit.clinician_id == placed.clinician.id
        score = _score(row.score) if row.form_key == form_key else None
        if same and score and row.submitted_at and visit.starts_at <= placed.appointment.starts_at:
            newest[row.packet_id] = (visit.starts_at, TrendPoint(row.submitted_at, score))
    ordered = sorted(newest.items(), key=lambda one: one[1][0])
    return [(packet, point) for packet, (_, point) in ordered]


def _score(kept: Mapping[str, object]) -> Score | None:
    return Score(**kept) if kept else None  # type: ignore[arg-type]
