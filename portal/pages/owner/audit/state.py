"""The audit trail, filtered, page by page. The filters stand in the address, so that they outlive a reload."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import reflex as rx

from portal.clinic import audit
from portal.clinic.access import Permission
from portal.clinic.audit import TrailFilter, TrailRow
from portal.clinic.people import service as people
from portal.clinic.practice import service as practice
from portal.components.cards import Option
from portal.pages.guard import allow, read, transact
from portal.pages.owner.audit.cards import (
    KINDS,
    AuditFilter,
    EntryCard,
    action_words,
    detail_words,
    kind_words,
    subject_words,
)
from portal.routes import PRACTICE_AUDIT
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE, say, say_n
from portal.texts.formats import stamp, zone_words


class AuditState(rx.State):
    """Entries that fit the filters, newest first."""

    entries: rx.Field[list[EntryCard]] = rx.field(default_factory=list)
    people: rx.Field[list[Option]] = rx.field(default_factory=list)
    kinds: rx.Field[list[Option]] = rx.field(default_factory=list)
    chosen: rx.Field[AuditFilter] = rx.field(default_factory=AuditFilter)
    filters_key: rx.Field[str] = rx.field("")
    sentence: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")
    more: rx.Field[bool] = rx.field(False)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def load(self) -> None:
        """Fill the page with what fits the filters in the address, newest first."""
        query = self.router.url.query_parameters
        self.chosen = AuditFilter(**{name: query.get(name, "")[:40] for name in AuditFilter.__dataclass_fields__})
        self.filters_key, self.problem = urlencode(_given(self.chosen)), ""
        self.people = [Option("", say(LOCALE, "Everybody")), *await read(_people)]
        self.kinds = [Option("", say(LOCALE, "Everything")), *(Option(*pair) for pair in kind_words().items())]
        wanted = await read(_trail_filter, self.chosen)
        if wanted is None:
            self.problem = say(LOCALE, "One of the filters cannot be read, so it was left out. Choose it again.")
            wanted = TrailFilter()
        self.entries, self.sentence, self.more = await transact(_entries, wanted)
        self.loaded = True

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def search(self, sent: dict[str, str]) -> object:
        """Show what fits the filters: they go into the address, and the page is filled from there."""
        known = AuditFilter.__dataclass_fields__
        asked = AuditFilter(**{name: str(value)[:40] for name, value in sent.items() if name in known})
        return rx.redirect(f"{PRACTICE_AUDIT}?{urlencode(_given(asked))}")

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def show_more(self) -> None:
        """Show older entries below."""
        wanted = await read(_trail_filter, self.chosen)
        if not self.entries or wanted is None:
            return
        at, _, key = self.entries[-1].key.partition("|")
        older = replace(wanted, before=(datetime.fromisoformat(at), int(key)))
        found, _, self.more = await transact(_entries, older)
        self.entries = [*self.entries, *found]

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def leave(self) -> None:
        """Names are here only while they are on the screen."""
        self.entries, self.people, self.loaded = [], [], False


def _given(chosen: AuditFilter) -> dict[str, str]:
    return {name: value for name, value in asdict(chosen).items() if value}


def _trail_filter(work: UnitOfWork, chosen: AuditFilter) -> TrailFilter | None:
    """The filters as the trail knows them; None when one cannot be read."""
    zone = ZoneInfo(practice.profile(work).zone)
    try:
        until = _midnight(chosen.until, zone)
        return TrailFilter(
            since=_midnight(chosen.since, zone),
            until=until + timedelta(days=1) if until else None,
            actor_id=int(chosen.who) if chosen.who else None,
            patient_id=int(chosen.patient) if chosen.patient else None,
            actions=KINDS[chosen.kind] if chosen.kind else (),
            outcome=chosen.outcome if chosen.outcome in {"allowed", "refused"} else "",
        )
    except (ValueError, KeyError, OverflowError):
        return None


def _midnight(text: str, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC) if text else None


def _people(work: UnitOfWork) -> list[Option]:
    return [Option(str(key), name) for key, name in people.names(work).items()]


def _entries(work: UnitOfWork, wanted: TrailFilter) -> tuple[list[EntryCard], str, bool]:
    rows, count = audit.trail(work, wanted, 51)
    names, zone = people.names(work), practice.profile(work).zone
    sentence = say_n(LOCALE, "{n} entry", "{n} entries", count)
    sentence = say(LOCALE, "{count}, newest first, in {zone}.", count=sentence, zone=zone_words(zone, at=work.now))
    return [_card(row, names, zone) for row in rows[:50]], sentence, len(rows) > 50


def _card(row: TrailRow, names: dict[int, str], zone: str) -> EntryCard:
    unknown = say(LOCALE, "the practice itself") if row.actor_kind == "system" else say(LOCALE, "nobody signed in")
    return EntryCard(
        key=f"{row.at.isoformat()}|{row.id}",
        when=stamp(row.at, zone),
        who=names.get(row.actor_id or 0, unknown),
        role=_roles(row.actor_roles),
        action=action_words(row),
        subject=subject_words(row),
        patient=names.get(row.patient_id or 0, ""),
        detail=detail_words(row),
        refused=row.outcome == "refused",
    )


def _roles(roles: str) -> str:
    words = {
        "patient": say(LOCALE, "patient"),
        "clinician": say(LOCALE, "therapist"),
        "owner": say(LOCALE, "owner"),
    }
    return ", ".join(words.get(role, role) for role in roles.split(",") if role)
