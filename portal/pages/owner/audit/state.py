"""The audit trail, filtered, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import reflex as rx

from portal.clinic import audit
from portal.clinic.access import Permission
from portal.clinic.audit import TrailFilter, TrailRow
from portal.clinic.people import service as people
from portal.clinic.practice import service as practice
from portal.components.cards import Option
from portal.pages.guard import allow, transact
from portal.pages.owner.audit.cards import AuditFilter, EntryCard
from portal.storage.work import UnitOfWork
from portal.texts.catalogue import LOCALE, say, say_n
from portal.texts.formats import stamp, zone_words


class AuditState(rx.State):
    """Entries that fit the filters, newest first."""

    entries: rx.Field[list[EntryCard]] = rx.field(default_factory=list)
    people: rx.Field[list[Option]] = rx.field(default_factory=list)
    areas: rx.Field[list[Option]] = rx.field(default_factory=list)
    chosen: rx.Field[AuditFilter] = rx.field(default_factory=AuditFilter)
    sentence: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")
    more: rx.Field[bool] = rx.field(False)
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def load(self) -> None:
        """Fill the page: everything, newest first."""
        self.people, self.areas = await transact(_choices)
        await self._show(AuditFilter())

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def search(self, sent: dict[str, str]) -> None:
        """Show what fits the filters."""
        known = AuditFilter.__dataclass_fields__
        await self._show(AuditFilter(**{name: value[:40] for name, value in sent.items() if name in known}))

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def show_more(self) -> None:
        """Show older entries below."""
        if not self.entries:
            return
        at, _, key = self.entries[-1].key.partition("|")
        wanted = await _trail_filter(self.chosen, (datetime.fromisoformat(at), int(key)))
        found, _, more = await transact(_entries, wanted)
        self.entries, self.more = [*self.entries, *found], more

    @rx.event
    @allow(Permission.READ_AUDIT)
    async def leave(self) -> None:
        """Names are here only while they are on the screen."""
        self.entries, self.people, self.loaded = [], [], False

    async def _show(self, chosen: AuditFilter) -> None:
        self.chosen, self.problem = chosen, ""
        try:
            wanted = await _trail_filter(chosen)
        except (ValueError, OverflowError):
            self.problem = say(LOCALE, "One of the dates cannot be read. Nothing was changed.")
            return
        self.entries, self.sentence, self.more = await transact(_entries, wanted)
        self.loaded = True


async def _trail_filter(chosen: AuditFilter, before: tuple[datetime, int] | None = None) -> TrailFilter:
    zone = ZoneInfo((await transact(practice.profile)).zone)
    until = _midnight(chosen.until, zone)
    return TrailFilter(
        since=_midnight(chosen.since, zone),
        until=until + timedelta(days=1) if until else None,
        actor_id=int(chosen.who) if chosen.who else None,
        patient_id=int(chosen.patient) if chosen.patient else None,
        action=chosen.area,
        outcome=chosen.outcome if chosen.outcome in {"allowed", "refused"} else "",
        before=before,
    )


def _midnight(text: str, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC) if text else None


def _choices(work: UnitOfWork) -> tuple[list[Option], list[Option]]:
    everybody = [Option("", say(LOCALE, "Everybody"))]
    everybody += [Option(str(key), name) for key, name in people.names(work).items()]
    areas = sorted({action.partition(".")[0] for action in audit.actions(work)})
    return everybody, [Option("", say(LOCALE, "Everything")), *(Option(f"{area}.", area) for area in areas)]


def _entries(work: UnitOfWork, wanted: TrailFilter) -> tuple[list[EntryCard], str, bool]:
    rows, count = audit.trail(work, wanted)
    names, zone = people.names(work), practice.profile(work).zone
    sentence = say_n(LOCALE, "{n} entry", "{n} entries", count)
    sentence = say(LOCALE, "{count}, newest first, in {zone}.", count=sentence, zone=zone_words(zone, at=work.now))
    return [_card(row, names, zone) for row in rows], sentence, count > len(rows) and bool(rows)


def _card(row: TrailRow, names: dict[int, str], zone: str) -> EntryCard:
    unknown = say(LOCALE, "the practice itself") if row.actor_kind == "system" else say(LOCALE, "nobody signed in")
    return EntryCard(
        key=f"{row.at.isoformat()}|{row.id}",
        when=stamp(row.at, zone),
        who=names.get(row.actor_id or 0, unknown),
        role=row.actor_roles.replace(",", ", "),
        action=row.action,
        subject=f"{row.subject_kind} {row.subject_ref[:8]}".strip(),
        patient=names.get(row.patient_id or 0, ""),
        detail=", ".join(f"{name} {value}" for name, value in row.detail.items()),
        refused=row.outcome == "refused",
    )
