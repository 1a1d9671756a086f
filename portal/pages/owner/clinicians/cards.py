"""What the therapists page shows; times of day as people type them (HH:MM)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from babel.dates import get_day_names

from portal.clinic.people.values import Invitation, Joining
from portal.clinic.practice.values import ClinicianCard
from portal.clinic.scheduling.values import Outlook, OverrideKind, OverrideView, Standing, WeeklyHours
from portal.texts.catalogue import LOCALE, say, say_n
from portal.texts.formats import day_full, moment_short, zone_words

_END_OF_DAY = 24 * 60


@dataclass(frozen=True)
class TherapistCard:
    """A therapist in the list and in the form; needs and languages separated by commas.

    `joining` is `invited`, `ran_out` or empty; `email` is known here only until they have joined.
    """

    public_id: str = ""
    name: str = ""
    title: str = ""
    quote: str = ""
    about: str = ""
    portrait: str = ""
    needs: str = ""
    languages: str = ""
    zone: str = ""
    zone_words: str = ""
    is_active: bool = True
    given: str = ""
    joining: str = ""
    joining_words: str = ""
    email: str = ""


@dataclass(frozen=True)
class GivenCard:
    """A service and whether the therapist gives it."""

    public_id: str
    name: str
    is_given: bool


@dataclass(frozen=True)
class SpanCard:
    """Hours of one weekday; `day` names it for screen readers."""

    key: str
    day: str
    start: str
    end: str


@dataclass(frozen=True)
class WeekdayCard:
    """A weekday with its hours; none means that it is free."""

    number: str
    name: str
    spans: list[SpanCard] = field(default_factory=list[SpanCard])


@dataclass(frozen=True)
class OverrideCard:
    """A date that differs, or several alike in a row; `ids` separated by commas."""

    ids: str
    date: str
    what: str
    note: str


def minutes_of(text: str) -> int | None:
    """`09:30` as 570; None when it is no time. `24:00` ends a day."""
    hour, colon, minute = text.strip().partition(":")
    if not colon or not (hour + minute).isascii() or not (hour + minute).isdigit() or len(minute) != 2:
        return None
    total = int(hour[:3]) * 60 + int(minute)
    return total if int(minute) < 60 and 0 <= total <= _END_OF_DAY else None


def end_of(text: str) -> int | None:
    """The same for an end: 00:00 is the end of the day, for a time field knows no 24:00."""
    return minutes_of(text) or (_END_OF_DAY if minutes_of(text) == 0 else None)


def typed(minute: int) -> str:
    """570 as `09:30`; the end of the day as `00:00`."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def day_name(weekday: int) -> str:
    """Monday is 0."""
    return str(get_day_names("wide", locale=LOCALE)[weekday])


def therapist_card(one: ClinicianCard, invitation: Invitation | None) -> TherapistCard:
    """A therapist in words."""
    waiting = invitation is not None and invitation.state is not Joining.JOINED
    return TherapistCard(
        public_id=one.public_id,
        name=one.name,
        title=one.title,
        quote=one.quote,
        about=one.about,
        portrait=one.portrait,
        needs=", ".join(one.needs),
        languages=", ".join(one.languages),
        zone=one.zone,
        zone_words=zone_words(one.zone),
        is_active=one.is_active,
        given=" · ".join(offer.name for offer in one.offers),
        joining=invitation.state.value if invitation and waiting else "",
        joining_words=_joining_words(invitation, one.zone) if invitation and waiting else "",
        email=invitation.email if invitation and waiting else "",
    )


def _joining_words(invitation: Invitation, zone: str) -> str:
    if not invitation.has_left and invitation.problem == "not_set_up":
        return say(LOCALE, "The letter waits: no mail server is set up yet. It goes out as soon as there is one.")
    if not invitation.has_left and invitation.problem:
        return say(LOCALE, "The letter could not be sent so far. Look at the address, and send it again.")
    sent, ends = moment_short(invitation.sent_at, zone), moment_short(invitation.ends_at, zone)
    if invitation.state is Joining.RAN_OUT:
        return say(LOCALE, "Invited on {sent}. The link ran out on {ends}. Send it again.", sent=sent, ends=ends)
    return say(LOCALE, "Invited on {sent}. The link works until {ends}.", sent=sent, ends=ends)


def week_cards(hours: Sequence[WeeklyHours]) -> list[WeekdayCard]:
    """Weekly hours as seven rows of a form."""
    return [
        WeekdayCard(
            str(weekday),
            day_name(weekday),
            [
                SpanCard(f"{weekday}-{place}", day_name(weekday), typed(one.start_minute), typed(one.end_minute))
                for place, one in enumerate(hours)
                if one.weekday == weekday
            ],
        )
        for weekday in range(7)
    ]


def read_week(sent: dict[str, str], week: Sequence[WeekdayCard]) -> tuple[list[WeeklyHours], list[WeekdayCard], str]:
    """The form's rows as hours, the rows as typed, and what is wrong with them in words."""
    hours: list[WeeklyHours] = []
    kept: list[WeekdayCard] = []
    unreadable: list[str] = []
    for day in week:
        spans: list[SpanCard] = []
        for row in day.spans:
            start, end = sent.get(f"start-{row.key}", row.start), sent.get(f"end-{row.key}", row.end)
            spans.append(SpanCard(row.key, day.name, start, end))
            begin, until = minutes_of(start), end_of(end)
            if begin is None or until is None:
                unreadable.append(day.name)
            else:
                hours.append(WeeklyHours(int(day.number), begin, until))
        kept.append(WeekdayCard(day.number, day.name, spans))
    if unreadable:
        words = say(LOCALE, "{day}: write times like 09:00. Nothing was saved yet.", day=unreadable[0])
        return hours, kept, words
    return hours, kept, ""


def hours_words(fields: dict[str, str]) -> str:
    """What is wrong with a week, by its first day."""
    weekday, code = next(iter(fields.items()))
    day = day_name(int(weekday))
    if code == "hours_overlap":
        return say(LOCALE, "{day}: two spans overlap. Nothing was saved yet, and what you typed is here.", day=day)
    return say(LOCALE, "{day}: hours must end after they begin. Nothing was saved yet.", day=day)


def override_cards(found: Sequence[OverrideView]) -> list[OverrideCard]:
    """Overrides in words; dates in a row that say the same stand together."""
    runs: list[list[OverrideView]] = []
    for one in sorted(found, key=lambda one: (one.kind, one.start_minute, one.end_minute, one.note, one.on)):
        if runs and _goes_on(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_override_card(run) for run in sorted(runs, key=lambda run: (run[0].on, run[0].start_minute))]


def _goes_on(before: OverrideView, one: OverrideView) -> bool:
    def alike(one: OverrideView) -> tuple[object, ...]:
        return one.kind, one.start_minute, one.end_minute, one.note

    return alike(before) == alike(one) and one.on == before.on + timedelta(days=1)


def _override_card(run: Sequence[OverrideView]) -> OverrideCard:
    one = run[0]
    span = say(LOCALE, "{start} to {end}", start=typed(one.start_minute), end=typed(one.end_minute))
    if one.kind is OverrideKind.HOURS:
        what = say(LOCALE, "works {span}", span=span)
    else:
        what = say(LOCALE, "off {span}", span=span) if one.end_minute else say(LOCALE, "off all day")
    dates = day_full(one.on)
    if len(run) > 1:
        dates = say(LOCALE, "{first} to {last}", first=day_full(one.on), last=day_full(run[-1].on))
    return OverrideCard(",".join(each.public_id for each in run), dates, what, one.note)


def day_words(fields: dict[str, str]) -> str:
    """What is wrong with a date that differs."""
    words = {
        "hours_reversed": say(LOCALE, "The hours must end after they begin. Nothing was saved yet."),
        "date_past": say(LOCALE, "This date has passed. Nothing was saved yet."),
        "date_far": say(LOCALE, "This date is more than two years away. Nothing was saved yet."),
        "date_twice": say(LOCALE, "This stands in the list already."),
        "date_reversed": say(LOCALE, "The last day lies before the first. Nothing was saved yet."),
        "date_many": say(LOCALE, "At most 92 days at once. Nothing was saved yet."),
    }
    return words[next(iter(fields.values()))]


def standing_words(visits: Sequence[Standing], name: str, zone: str, most: int = 6) -> str:
    """Which booked visits lie outside the hours now; empty when none does."""
    if not visits:
        return ""
    times = ", ".join(moment_short(visit.starts_at, zone) for visit in visits[:most])
    if len(visits) > most:
        times = say(LOCALE, "{times} and {n} more", times=times, n=len(visits) - most)
    stay = say_n(
        LOCALE, "{n} visit outside these hours stays booked", "{n} visits outside these hours stay booked", len(visits)
    )
    told = say(
        LOCALE, "Nothing is cancelled and nobody is told. {name} agrees other times with the patients.", name=name
    )
    return f"{stay}: {times} ({zone_words(zone)}). {told}"


def outlook_words(found: Outlook, zone: str) -> list[str]:
    """What patients can book now, in one or two sentences."""
    nothing = {
        "no_service": say(LOCALE, "No free times: no service that can be booked is ticked under the profile."),
        "no_hours": say(LOCALE, "No free times: there are no weekly hours yet."),
        "full": say(LOCALE, "No free time in the next {days} days.", days=found.days),
    }
    if found.why_none:
        lines = [nothing[found.why_none]]
    else:
        count = say_n(LOCALE, "{n} free time", "{n} free times", found.free)
        times = ", ".join(moment_short(at, zone) for at in found.next)
        lines = [
            say(
                LOCALE,
                "{count} for {service} in the next {days} days.",
                count=count,
                service=found.service,
                days=found.days,
            ),
            say(LOCALE, "Next: {times} ({zone}).", times=times, zone=zone_words(zone)),
        ]
    if not found.is_shown:
        lines.append(say(LOCALE, "Patients do not see them yet: “Shown to patients” is not ticked."))
    return lines


def read_override(sent: dict[str, str]) -> tuple[OverrideView, date | None] | None:
    """The form of a date that differs, and its last day if there are several; None when it cannot be read."""
    try:
        on = date.fromisoformat(sent.get("on", ""))
        until = date.fromisoformat(sent["until"]) if sent.get("until") else None
    except ValueError:
        return None
    kind = OverrideKind.HOURS if sent.get("kind") == "hours" else OverrideKind.OFF
    begin, end = sent.get("start", ""), sent.get("end", "")
    if kind is OverrideKind.OFF and not begin and not end:
        return OverrideView("", on, kind, note=sent.get("note", "")), until
    start, stop = minutes_of(begin), end_of(end)
    if start is None or stop is None:
        return None
    return OverrideView("", on, kind, start, stop, sent.get("note", "")), until
