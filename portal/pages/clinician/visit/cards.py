"""A visit in words: who, when, how it stands, what needs a look, what was signed and paid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from portal import routes
from portal.clinic.intake.rules import same_name
from portal.clinic.intake.values import ClinicalView, SignatureView
from portal.clinic.records.values import NoteStatus
from portal.clinic.scheduling.values import AppointmentStatus
from portal.clinic.visits import rules
from portal.clinic.visits.values import DayEntry, Progress, RoomState, SafetySheet, VisitPage, VisitState
from portal.components.cards import HelpLine, Score, Trend
from portal.pages.clinician.answers import (
    AnswerTable,
    FactCard,
    Reading,
    about_answers,
    about_facts,
    answer_tables,
    trend_card,
)
from portal.pages.clinician.frame import first_name
from portal.pages.clinician.words import Bit, called_words, consent_bit, forms_bit, paid_bit, score_cards
from portal.texts import LOCALE, say
from portal.texts import formats as f


@dataclass(frozen=True)
class HeadCard:
    """The upper edge of the page. `act`: admit, back, enter, early, held or nothing."""

    visit: str = ""
    name: str = ""
    first_name: str = ""
    details: str = ""
    bits: list[Bit] = field(default_factory=list[Bit])
    act: str = ""
    act_href: str = ""
    opens: str = ""
    may_finish: bool = False
    may_miss: bool = False
    may_phone: bool = False
    cancelled: bool = False
    waits: bool = False
    has_safety: bool = False


@dataclass(frozen=True)
class RiskCard:
    """The answer that needs a look; empty when there is none."""

    flag: str = ""
    answer: str = ""
    when: str = ""
    before: str = ""
    seen: str = ""
    changed: bool = False


@dataclass(frozen=True)
class EarlierCard:
    """One visit before this one."""

    day: str
    href: str
    about: str
    scores: list[Score]
    note: str


@dataclass(frozen=True)
class PaperCard:
    """A document of the visit."""

    label: str
    href: str


@dataclass(frozen=True)
class BodyCard:
    """What was told and signed; `has_forms` is False where the visit has none."""

    risk: RiskCard = RiskCard()
    forms: str = ""
    has_forms: bool = False
    has_trend: bool = False
    trend: Trend = field(default_factory=lambda: Trend("", "", [], [], []))
    tables: list[AnswerTable] = field(default_factory=list[AnswerTable])
    about: list[FactCard] = field(default_factory=list[FactCard])
    earlier: list[EarlierCard] = field(default_factory=list[EarlierCard])
    consent: list[FactCard] = field(default_factory=list[FactCard])
    consent_gone: str = ""
    papers: list[PaperCard] = field(default_factory=list[PaperCard])


@dataclass(frozen=True)
class SafetyCard:
    """The safety sheet; `opened` is empty while it is closed."""

    opened: str = ""
    facts: list[FactCard] = field(default_factory=list[FactCard])
    lines: list[HelpLine] = field(default_factory=list[HelpLine])


def head_card(one: DayEntry, zone: str, now: datetime, about: str) -> HeadCard:
    """Who comes when, and what can be done now. `about`: what is known of the person (age, pronouns)."""
    act, standing = _act(one), _standing(one, zone, now)
    visit = f.zone_words(zone, at=one.starts_at)
    when = say(
        LOCALE,
        "{day}, {times}, {zone}",
        day=f.day_long(f.day_of(one.starts_at, zone)),
        times=f.clock_range(one.starts_at, one.ends_at, zone),
        zone=visit,
    )
    number = say(LOCALE, "visit {n}", n=one.number) if one.number else ""
    opens = rules.opens_at(Progress(one.starts_at, one.ends_at))
    return HeadCard(
        visit=one.appointment_id,
        name=one.patient_name,
        first_name=one.patient_called or first_name(one.patient_name),
        details=" · ".join(part for part in (called_words(one), about, one.offer_name, number, when) if part),
        bits=[bit for bit in (paid_bit(one, zone), consent_bit(one, zone, unsigned=True), standing) if bit],
        act=act,
        act_href=f"{routes.DAY_ROOM}?visit={one.appointment_id}",
        opens=f.clock(opens, zone) if act == "early" else "",
        may_finish=one.state is VisitState.ADMITTED,
        may_miss=one.may_miss,
        may_phone=one.may_phone,
        cancelled=one.status is AppointmentStatus.CANCELLED,
        waits=one.is_waiting,
        has_safety=one.cancelled_at is None and f.day_of(one.ends_at, zone) >= f.day_of(now, zone),
    )


def about_words(told: ClinicalView | None, today: date) -> str:
    """`34, she/her`: what the patient told of themselves."""
    about = about_answers(told)
    born = about.get("birth_date", "")
    age = str(_age(date.fromisoformat(born), today)) if born else ""
    return ", ".join(part for part in (age, about.get("pronouns", "")) if part)


def body_card(page: VisitPage, at: Reading) -> BodyCard:
    """Everything below the upper edge."""
    told = page.clinical
    forms = forms_bit(page.entry, at.zone)
    if told is None:
        return BodyCard(earlier=_earlier(page, at), papers=_papers(page.entry))
    trend = trend_card(told.trends, at)
    return BodyCard(
        risk=_risk(told, page.before, at),
        forms=forms.label if forms and forms.kind == "caution" else "",
        has_forms=True,
        has_trend=len(trend.dates) > 1,
        trend=trend,
        tables=answer_tables(told, page.before, at),
        about=about_facts(told),
        earlier=_earlier(page, at),
        consent=_consent(told.signature, page.entry.patient_name, at) if told.signature else [],
        consent_gone=_gone(told.signature, at),
        papers=_papers(page.entry),
    )


def safety_card(sheet: SafetySheet, at: Reading, lines: list[HelpLine]) -> SafetyCard:
    """Where they are and whom to call."""
    told = (
        FactCard(say(LOCALE, "Wants to be called"), sheet.called),
        FactCard(_said(sheet.place_at, at), sheet.place),
        FactCard(say(LOCALE, "Phone"), sheet.phone, _dial(sheet.phone)),
        FactCard(say(LOCALE, "Whom they asked us to call"), sheet.contact_name),
        FactCard(say(LOCALE, "Their number"), sheet.contact_phone, _dial(sheet.contact_phone)),
        FactCard(say(LOCALE, "Question 9"), say(LOCALE, sheet.flag) if sheet.flag else ""),
    )
    return SafetyCard(opened=sheet.name, facts=[one for one in told if one.value], lines=lines)


def _said(place_at: datetime | None, at: Reading) -> str:
    if place_at is None:
        return say(LOCALE, "Where they usually are; not said for today")
    if f.day_of(place_at, at.zone) == at.today:
        return say(LOCALE, "Where they are today, said at {time}", time=f.clock(place_at, at.zone))
    return say(LOCALE, "Where they were, said on {when}", when=f.moment_short(place_at, at.zone))


def _dial(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def _act(one: DayEntry) -> str:
    gone = one.intake is not None and one.intake.consent_gone_at is not None
    if gone and one.room is not RoomState.FINISHED:
        return "held"
    if one.is_waiting:
        return "admit"
    ways = {RoomState.ADMITTED: "back", RoomState.OPEN: "enter", RoomState.WAITING: "admit", RoomState.EARLY: "early"}
    return ways.get(one.room, "")


def _standing(one: DayEntry, zone: str, now: datetime) -> Bit | None:
    if one.is_waiting:
        return Bit("now", "knock", say(LOCALE, "In the waiting room"))
    if one.state is VisitState.FINISHED and one.finished_at:
        at = f.clock(one.finished_at, zone)
        ended = say(LOCALE, "By phone, ended {time}", time=at) if one.by_phone else say(LOCALE, "Ended {time}", time=at)
        return Bit("plain", "phone" if one.by_phone else "check", ended)
    if one.state is VisitState.NO_SHOW:
        return Bit("caution", "close", say(LOCALE, "Did not come"))
    if one.state is VisitState.ADMITTED and one.admitted_at:
        minutes = max(0, int((now - one.admitted_at).total_seconds()) // 60)
        inside = say(LOCALE, "In the room, {n} min", n=minutes)
        return Bit("now", "video", inside if one.patient_present else say(LOCALE, "Let in, not in the room now"))
    return None


def _risk(told: ClinicalView, before: ClinicalView | None, at: Reading) -> RiskCard:
    if not told.flags:
        return RiskCard()
    flag = told.flags[0]
    return RiskCard(
        flag=flag.public_id,
        answer=say(LOCALE, flag.words).lower(),
        when=f.moment_short(flag.raised_at, at.zone),
        before=_risk_before(before, at),
        seen=f.moment_short(flag.seen_at, at.zone) if flag.seen_at else "",
        changed=flag.changed_at is not None,
    )


def _risk_before(before: ClinicalView | None, at: Reading) -> str:
    for form in before.forms if before else ():
        item = form.form.measure.risk_item if form.form.measure else None
        asked = next((one for one in form.form.questions if one.key == item), None)
        label = next((o.label for o in asked.options if o.value == form.answers.get(asked.key)), "") if asked else ""
        if label and form.submitted_at:
            day = f.day_brief(f.day_of(form.submitted_at, at.zone))
            return say(LOCALE, "On {day} it was “{answer}”.", day=day, answer=say(LOCALE, label).lower())
    return ""


def _earlier(page: VisitPage, at: Reading) -> list[EarlierCard]:
    notes = {
        NoteStatus.SIGNED: say(LOCALE, "Note signed"),
        NoteStatus.DRAFT: say(LOCALE, "Note is a draft"),
        NoteStatus.NONE: say(LOCALE, "No note"),
    }
    return [
        EarlierCard(
            day=f.moment_short(one.starts_at, at.zone),
            href=f"{routes.DAY_VISIT}?id={one.appointment_id}",
            about=say(LOCALE, "Did not come") if one.state is VisitState.NO_SHOW else one.offer_name,
            scores=score_cards(one.intake),
            note="" if one.state is VisitState.NO_SHOW else notes[one.note.status],
        )
        for one in page.earlier
    ]


def _consent(signature: SignatureView, name: str, at: Reading) -> list[FactCard]:
    other = not same_name(signature.typed_name, name)
    text = say(LOCALE, "{title}, version {version}", title=signature.text.title, version=signature.text.version)
    return [
        FactCard(say(LOCALE, "Text"), text),
        FactCard(say(LOCALE, "Signed as"), signature.typed_name),
        *([FactCard(say(LOCALE, "Name of the account"), name)] if other else []),
        FactCard(say(LOCALE, "Signed at"), f.stamp(signature.signed_at, at.zone)),
        FactCard(say(LOCALE, "Fingerprint"), signature.text.fingerprint[:16]),
    ]


def _gone(signature: SignatureView | None, at: Reading) -> str:
    if signature is None or signature.withdrawn_at is None:
        return ""
    return say(LOCALE, "Taken back {when}.", when=f.stamp(signature.withdrawn_at, at.zone))


def _papers(one: DayEntry) -> list[PaperCard]:
    paid = one.paid
    kinds = (
        ("invoice", say(LOCALE, "Invoice"), paid.invoice_id),
        ("receipt", say(LOCALE, "Receipt"), paid.receipt_id),
        ("credit", say(LOCALE, "Credit note"), paid.credit_id),
    )
    return [PaperCard(label, f"/api/documents/{kind}/{number}.pdf") for kind, label, number in kinds if number]


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
