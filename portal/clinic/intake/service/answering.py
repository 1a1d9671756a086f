"""Answers: kept as they are given, question by question; sent as a version that nobody changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from portal.clinic import audit
from portal.clinic.access import signed_in
from portal.clinic.errors import Invalid, TooLate
from portal.clinic.intake import queries, rules
from portal.clinic.intake.forms import ABOUT_YOU, CONSENT_TELEHEALTH
from portal.clinic.intake.queries import SENT, Placed
from portal.clinic.intake.service import flags
from portal.clinic.intake.service.packets import by_form, contents, is_open, own, settle, today_of
from portal.clinic.intake.tables import FormResponse, Packet
from portal.clinic.intake.values import Form, FormState, FormView, PacketProgress, Saved
from portal.clinic.people.tables import Person
from portal.storage.work import UnitOfWork

DRAFT = "draft"


def save_answers(work: UnitOfWork, packet_id: str, form_key: str, entered: Mapping[str, object]) -> Saved:
    """Keep answers of one form as they are typed. Of two devices the later save counts, question by question.

    Once the form was sent, a change begins a new version; a save that changes nothing begins none.

    Raises:
        NotFound: no such packet of theirs, or it does not ask this form.
        Invalid: no such question, or nothing that could be an answer to it; `fields` says which.
        TooLate: `packet_closed`: the visit is over or was cancelled.
    """
    placed = own(work, packet_id, lock=True)
    view = _answered_form(work, placed, form_key)
    changes = _cleaned(view.form, entered)
    answers = rules.merged(view.answers, changes)
    if answers != view.answers:
        row = _draft(work, placed.packet, view)
        row.answers, row.saved_at = answers, work.now
        work.db.flush()
        _tell_write(work, row, placed.packet)
        _follow(work, placed.packet, view.form)
    saved_at = work.now if answers != view.answers else view.saved_at or work.now
    return Saved(saved_at, rules.risk_raised(view.form, answers))


def submit_form(work: UnitOfWork, packet_id: str, form_key: str) -> PacketProgress:
    """Send a form: from then on this version is never changed. Sending what was sent changes nothing.

    Raises:
        NotFound: no such packet of theirs, or it does not ask this form.
        Invalid: answers are missing or wrong; `fields` maps questions to codes.
        TooLate: `packet_closed`.
    """
    placed = own(work, packet_id, lock=True)
    view = _answered_form(work, placed, form_key)
    if view.state is not FormState.SENT:
        checked = rules.check(view.form, view.answers, today_of(work))
        if checked.problems:
            raise Invalid(fields=checked.fields)
        _freeze(work, placed.packet, view, checked.answers)
    inside = contents(work, [placed])[0]
    settle(work, inside)
    return inside.progress


def drop_changes(work: UnitOfWork, packet_id: str, form_key: str) -> None:
    """Go back to the version that was sent last; without changes nothing happens.

    Raises:
        NotFound: no such packet of theirs, or it does not ask this form.
    """
    placed = own(work, packet_id, lock=True)
    view = _answered_form(work, placed, form_key)
    if view.state is FormState.CHANGED:
        row = _draft(work, placed.packet, view)
        audit.record(work, "intake.dropped", ("form", row.public_id), patient_id=placed.packet.patient_id)
        work.db.delete(row)
        work.db.flush()
        _follow(work, placed.packet, view.form)


def _answered_form(work: UnitOfWork, placed: Placed, form_key: str) -> FormView:
    view = contents(work, [placed])[0].form(form_key)
    if form_key == CONSENT_TELEHEALTH.key:
        raise Invalid("is_signed_not_saved")
    if not is_open(placed, view.form):
        raise TooLate("packet_closed")
    return view


def _cleaned(form: Form, entered: Mapping[str, object]) -> dict[str, str]:
    """What a draft keeps: anything that is text. Whether it will do is looked at when the form is sent."""
    known = {question.key: question for question in form.questions}
    if not entered.keys() <= known.keys():
        raise Invalid("unknown_question")
    found = {key: rules.clean(known[key], value) for key, value in entered.items()}
    unreadable = [key for key, answer in found.items() if answer is None]
    if unreadable:
        raise Invalid(fields=dict.fromkeys(unreadable, "unreadable"))
    return {key: answer for key, answer in found.items() if answer is not None}


def _draft(work: UnitOfWork, packet: Packet, view: FormView) -> FormResponse:
    """The version that takes answers: the draft that is there, or the next one."""
    versions = by_form(queries.responses(work, [packet.id])).get(view.form.key, [])
    if versions and versions[-1].status == DRAFT:
        return versions[-1]
    row = FormResponse(
        packet_id=packet.id,
        form_key=view.form.key,
        form_version=view.form.version,
        version=len(versions) + 1,
        started_at=work.now,
        saved_at=work.now,
    )
    row.answers = view.answers
    work.db.add(row)
    work.db.flush()
    return row


def _freeze(work: UnitOfWork, packet: Packet, view: FormView, answers: Mapping[str, str]) -> None:
    row = _draft(work, packet, view)
    asked = {question.key for group in rules.shown_groups(view.form, answers) for question in group.questions}
    row.answers = {key: answer for key, answer in answers.items() if key in asked}
    found = rules.score(view.form, row.answers)
    row.score = asdict(found) if found else {}
    row.status, row.submitted_at, row.saved_at = SENT, work.now, work.now
    work.db.flush()
    detail: dict[str, str | int | bool] = {"form": view.form.key, "version": row.version}
    audit.record(work, "intake.submit", ("form", row.public_id), patient_id=packet.patient_id, detail=detail)
    _follow(work, packet, view.form)
    if view.form.key == ABOUT_YOU.key:
        _know(work, row.answers)


def _know(work: UnitOfWork, answers: Mapping[str, str]) -> None:
    """What the account keeps of "about you": the number that is rung, the date of birth, how to call them."""
    person = work.db.get_one(Person, signed_in(work))
    person.phone = answers.get("phone", "")
    person.born = answers.get("birth_date", "")
    person.preferred = answers.get("preferred_name", "")


def _follow(work: UnitOfWork, packet: Packet, form: Form) -> None:
    if flags.is_measure_of_risk(form):
        versions = by_form(queries.responses(work, [packet.id])).get(form.key, [])
        if versions:
            flags.follow(work, packet, versions)


def _tell_write(work: UnitOfWork, row: FormResponse, packet: Packet) -> None:
    last = queries.last_told(work, "intake.write", row.public_id, work.now - rules.TELL_EVERY)
    if rules.tells(last, work.now):
        detail: dict[str, str | int | bool] = {"form": row.form_key, "version": row.version}
        audit.record(work, "intake.write", ("form", row.public_id), patient_id=packet.patient_id, detail=detail)
