"""Words that several screens of a therapist share: what is paid, filled in, scored, flagged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.clinic.billing.values import PaidStatus
from portal.clinic.intake.values import FlagView, IntakeMark, ScoreView
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits.values import DayEntry, VisitState
from portal.components.cards import Score, squares
from portal.texts import LOCALE, say
from portal.texts import formats as f

TO_PAY = frozenset({PaidStatus.UNPAID, PaidStatus.PAYS_LATER})


@dataclass(frozen=True)
class Bit:
    """An icon and a word of a row."""

    kind: str
    icon: str
    label: str


def called_words(one: DayEntry) -> str:
    """What a patient wants to be called, where their name does not say it."""
    return say(LOCALE, "called {name}", name=one.patient_called) if one.patient_called else ""


def paid_bit(one: DayEntry, zone: str) -> Bit:
    """How the money of a visit stands."""
    paid = one.paid
    if one.status is AppointmentStatus.CANCELLED:
        at = f.clock(one.cancelled_at, zone) if one.cancelled_at else ""
        return Bit("caution", "close", say(LOCALE, "Cancelled, {time}", time=at))
    if paid.status in TO_PAY:
        return Bit("caution", "clock", say(LOCALE, "To pay: {amount}", amount=f.money(paid.due_minor, paid.currency)))
    if paid.status is PaidStatus.PAID:
        return Bit("positive", "check", say(LOCALE, "Paid"))
    return Bit("plain", "card", say(LOCALE, "Refunded {amount}", amount=f.money(paid.refunded_minor, paid.currency)))


def forms_bit(one: DayEntry, zone: str) -> Bit | None:
    """How far the forms of a visit to come are."""
    mark = one.intake
    if mark is None or one.status is not AppointmentStatus.CONFIRMED or not mark.parts:
        return None
    if mark.completed_at is None:
        done = {"done": mark.parts_done, "all": mark.parts}
        return Bit("caution", "file", say(LOCALE, "Forms {done} of {all}", **done))
    same_day = f.day_of(mark.completed_at, zone) == f.day_of(one.starts_at, zone)
    at = f.clock(mark.completed_at, zone) if same_day else f.day_brief(f.day_of(mark.completed_at, zone))
    return Bit("positive", "check", say(LOCALE, "Forms done {when}", when=at))


def consent_bit(one: DayEntry, zone: str, *, unsigned: bool = False) -> Bit | None:
    """That the consent to video is taken back; with `unsigned`, also that none is signed. Of visits to come alone."""
    mark = one.intake
    if mark is None or one.status is not AppointmentStatus.CONFIRMED or one.state is VisitState.FINISHED:
        return None
    if mark.consent_gone_at is None:
        open_ = unsigned and not mark.is_consent_signed
        return Bit("caution", "file", say(LOCALE, "Consent not signed")) if open_ else None
    same_day = f.day_of(mark.consent_gone_at, zone) == f.day_of(one.starts_at, zone)
    at = f.clock(mark.consent_gone_at, zone) if same_day else f.moment_short(mark.consent_gone_at, zone)
    return Bit("caution", "alert", say(LOCALE, "Consent taken back {when}", when=at))


def score_cards(mark: IntakeMark | None) -> list[Score]:
    """The scores of a row, one for each measure that was sent."""
    return [score_card(one) for one in (mark.scores if mark else ()) if one.score.total is not None]


def score_card(one: ScoreView) -> Score:
    """A score with its place on the scale and what it was before."""
    was = one.was.total if one.was and one.was.is_complete else None
    return Score(
        measure=one.measure,
        value="" if one.score.total is None else str(one.score.total),
        word=say(LOCALE, one.score.word),
        squares=squares(one.score.level, one.score.levels),
        was="" if was is None else str(was),
    )


def flag_words(flag: FlagView) -> str:
    """What was answered to the question that needs a look."""
    answer = say(LOCALE, flag.words).lower()
    if flag.changed_at:
        return say(LOCALE, "Question 9: {answer}, changed before sending", answer=answer)
    return say(LOCALE, "Question 9: {answer}", answer=answer)


def day_inside(on: date, today: date) -> str:
    """A day in the middle of a sentence."""
    near = {0: say(LOCALE, "today"), 1: say(LOCALE, "tomorrow"), -1: say(LOCALE, "yesterday")}
    return near.get((on - today).days, f.day_short(on))
