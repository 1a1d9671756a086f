"""The forms before a visit as the page shows them, and where in them somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal import routes
from portal.clinic.errors import NotFound
from portal.clinic.intake import rules
from portal.clinic.intake.forms import CONSENT_TELEHEALTH
from portal.clinic.intake.values import (
    ConsentView,
    ConsentWords,
    Form,
    FormState,
    FormView,
    PacketView,
    QuestionKind,
    SignatureView,
)
from portal.pages.patient import words
from portal.texts import LOCALE, say
from portal.texts import formats as f

DONE = "done"
SENT = "sent"
CONSENT = CONSENT_TELEHEALTH.key
CONSENT_PAGE = f"{CONSENT}.{CONSENT_TELEHEALTH.groups[0].key}"


@dataclass(frozen=True)
class PacketCard:
    """Whose forms these are. `id` is empty when the address names none of theirs."""

    id: str = ""
    therapist: str = ""
    moment: str = ""
    zone: str = ""
    name: str = ""


@dataclass(frozen=True)
class WayCard:
    """Where in the packet this page is. `state` is that of the form: open, sent or changed."""

    form: str = ""
    title: str = ""
    part: int = 0
    parts: int = 0
    segments: tuple[str, ...] = ()
    state: str = ""
    sent_at: str = ""
    may_change: bool = True
    is_last_page: bool = False


@dataclass(frozen=True)
class SavedCard:
    """When the answers of this form were saved last, ready to read."""

    said: str = ""


@dataclass(frozen=True)
class TriedCard:
    """How often this page was not taken as it stood, and the name that is not the account's, to be asked about."""

    count: int = 0
    doubt: str = ""


@dataclass(frozen=True)
class Said:
    """An answer as it was given, beside its question."""

    question: str
    answer: str


@dataclass(frozen=True)
class Piece:
    """A paragraph or a heading of a text to sign."""

    text: str
    is_heading: bool


@dataclass(frozen=True)
class ConsentCard:
    """A text to sign, and, once it is signed, by whom and when."""

    pieces: tuple[Piece, ...] = ()
    title: str = ""
    version: str = ""
    fingerprint: str = ""
    marks: str = ""
    copy: str = ""
    minutes: int = 0
    signature_id: str = ""
    signed_name: str = ""
    signed_at: str = ""


def packet_card(view: PacketView, name: str, zone: str) -> PacketCard:
    """The packet's heading."""
    return PacketCard(
        id=view.public_id,
        therapist=words.short_name(view.clinician_name),
        moment=f.moment(view.starts_at, zone),
        zone=f.zone_words(zone, at=view.starts_at),
        name=name,
    )


def way_card(view: PacketView, at: str, now: datetime, zone: str) -> WayCard:
    """The way through the packet, seen from the page `at`."""
    form_key, _, page = at.partition(".")
    keys = [one.form.key for one in view.forms]
    here = keys.index(form_key) if form_key in keys else len(keys)
    sent = {progress.key for progress in view.progress.forms if progress.is_submitted}
    drawn = tuple("done" if key in sent else "here" if i == here else "" for i, key in enumerate(keys))
    if here == len(keys):
        return WayCard(form=DONE, parts=len(keys), segments=drawn)
    form = view.forms[here]
    return WayCard(
        form=form_key,
        title=form.form.title,
        part=here + 1,
        parts=len(keys),
        segments=drawn,
        state=form.state.value,
        sent_at=words.said_at(form.submitted_at, now, zone) if form.submitted_at else "",
        may_change=view.is_open or form.form.measure is None,
        is_last_page=is_last_page(form.form, form.answers, page),
    )


def is_last_page(form: Form, answers: dict[str, str], page: str) -> bool:
    """Whether the form is sent from this page."""
    return rules.shown_groups(form, answers)[-1].key == page


def saved_card(at: datetime | None, now: datetime, zone: str) -> SavedCard:
    """`Saved at 09:47`, or with the day when that was another one."""
    if at is None:
        return SavedCard()
    if f.day_of(at, zone) == f.day_of(now, zone):
        return SavedCard(say(LOCALE, "Saved at {time}", time=f.clock(at, zone)))
    return SavedCard(say(LOCALE, "Saved {at}", at=words.said_at(at, now, zone)))


def consent_card(text: ConsentView, signature: SignatureView | None, zone: str) -> ConsentCard:
    """The text under which a name stands, or is to be put."""
    shown = signature.text if signature else text
    source = ConsentWords("", shown.version, shown.title, shown.body)
    pieces = tuple(Piece(one.text, one.is_heading) for one in rules.paragraphs(source))
    paper = f"consent/{signature.public_id}" if signature else f"consent-text/{shown.public_id}"
    return ConsentCard(
        pieces=pieces,
        title=shown.title,
        version=version_words(shown, zone),
        fingerprint=shown.fingerprint,
        marks=fingerprint_words(shown.fingerprint),
        copy=f"/api/documents/{paper}.pdf",
        minutes=max(1, round(len(shown.body.split()) / 200)),
        signature_id=signature.public_id if signature else "",
        signed_name=signature.typed_name if signature else "",
        signed_at=signed_words(signature.signed_at, zone) if signature else "",
    )


def version_words(text: ConsentView, zone: str) -> str:
    """`Version 1, of 2 February 2026`."""
    return say(
        LOCALE,
        "Version {version}, of {day}",
        version=text.version,
        day=f.day_plain(f.day_of(text.created_at, zone)),
    )


def signed_words(at: datetime, zone: str) -> str:
    """`Tuesday 17 March 2026 at 09:44, London time`."""
    day, time = f.day_full(f.day_of(at, zone)), f.clock(at, zone)
    return say(LOCALE, "{day} at {time}, {zone}", day=day, time=time, zone=f.zone_words(zone, at=at))


def fingerprint_words(fingerprint: str) -> str:
    """Its first sixteen signs in groups of four."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, 16, 4))


def said(view: FormView) -> list[Said]:
    """What was answered, in the order of the questions; what was left empty is not there."""
    found: list[Said] = []
    for question in view.form.questions:
        answer = view.answers.get(question.key, "")
        if question.kind is QuestionKind.CHOICE:
            answer = next((option.label for option in question.options if option.value == answer), "")
        elif question.kind is QuestionKind.DATE:
            answer = _date_words(answer)
        if answer:
            found.append(Said(question.text, answer))
    return found


def _date_words(answer: str) -> str:
    try:
        return f.day_plain(datetime.fromisoformat(answer).date())
    except ValueError:
        return answer


def problem_words(code: str) -> str:
    """What is to be done about an answer, by the code of its problem."""
    said = {
        "missing": say(LOCALE, "This one is still open."),
        "not_ticked": say(LOCALE, "Tick this when you have read the text."),
        "signature_missing": say(LOCALE, "Type your name to sign."),
        "signature_short": say(LOCALE, "Type your full name, as you would sign it."),
        "too_long": say(LOCALE, "This is longer than we can keep. Please make it a little shorter."),
        "date_unreadable": say(LOCALE, "Give day, month and year, such as 28 02 1991."),
        "date_impossible": say(LOCALE, "There is no such day. Look at it once more."),
        "date_future": say(LOCALE, "This day is still to come. Look at the year."),
        "date_too_old": say(LOCALE, "This is very long ago. Look at the year."),
        "phone_unreadable": say(LOCALE, "A number has digits, and + at the beginning for other countries."),
        "phone_short": say(LOCALE, "Some digits are missing."),
    }
    return said.get(code, say(LOCALE, "We cannot take this as it is. Look at it once more."))


def address(packet_id: str, at: str) -> str:
    """The page of a packet."""
    return f"{routes.PATIENT_INTAKE}?packet={packet_id}&at={at}"


def entry(view: PacketView, form_key: str) -> str:
    """Where somebody goes on: in the form they asked for, else in the first that is not sent."""
    wanted = form_key or view.progress.next_form
    form = next((one for one in view.forms if one.form.key == wanted), None)
    if form is None:
        return DONE
    if form_key and form.state is FormState.SENT:
        return f"{form_key}.{SENT}"
    return first_open(form)


def first_open(view: FormView) -> str:
    """The first page that needs an answer, else the first after all that was answered."""
    form, answers = view.form, view.answers
    if form.key == CONSENT:
        return CONSENT_PAGE
    pages = rules.shown_groups(form, answers)
    reached = max((i for i, one in enumerate(pages) if any(answers.get(q.key) for q in one.questions)), default=-1)
    for i, page in enumerate(pages):
        missing = any(question.required and not answers.get(question.key) for question in page.questions)
        if missing or i > reached:
            return f"{form.key}.{page.key}"
    return f"{form.key}.{pages[-1].key}"


def after(view: FormView, page: str) -> str | None:
    """The next page of the form; None after its last."""
    pages = [one.key for one in rules.shown_groups(view.form, view.answers)]
    later = pages[pages.index(page) + 1 :] if page in pages else []
    return f"{view.form.key}.{later[0]}" if later else None


def before(view: PacketView, at: str) -> str | None:
    """The page before; None before the first."""
    form_key, _, page = at.partition(".")
    form = form_of(view, form_key)
    pages = [one.key for one in rules.shown_groups(form.form, form.answers)]
    if page in pages[1:]:
        return f"{form_key}.{pages[pages.index(page) - 1]}"
    keys = [one.form.key for one in view.forms]
    here = keys.index(form_key)
    if here == 0:
        return None
    earlier = view.forms[here - 1]
    return f"{earlier.form.key}.{SENT}" if earlier.state is FormState.SENT else first_open(earlier)


def form_of(view: PacketView, form_key: str) -> FormView:
    """One form of the packet.

    Raises:
        NotFound: the packet does not ask it.
    """
    found = next((one for one in view.forms if one.form.key == form_key), None)
    if found is None:
        raise NotFound
    return found
