"""Filling in the forms: each answer is kept as it is given; the address says where somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from portal import routes
from portal.clinic.access import Permission
from portal.clinic.errors import ClinicError, Invalid, NotFound
from portal.clinic.intake import rules
from portal.clinic.intake import service as intake
from portal.clinic.intake.forms import find_form
from portal.clinic.intake.values import PacketView, Saved
from portal.clinic.people import service as people
from portal.clinic.people.values import Me
from portal.pages.guard import allow, transact
from portal.pages.patient.intake import cards
from portal.pages.patient.intake.cards import ConsentCard, PacketCard, Said, SavedCard, TriedCard, WayCard
from portal.storage.work import UnitOfWork
from portal.texts.formats import day_of


class IntakeState(rx.State):
    """The answers of the form on the screen, and nothing after it has left the screen."""

    loaded: rx.Field[bool] = rx.field(False)
    packet: rx.Field[PacketCard] = rx.field(default_factory=PacketCard)
    way: rx.Field[WayCard] = rx.field(default_factory=WayCard)
    answers: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    saved: rx.Field[SavedCard] = rx.field(default_factory=SavedCard)
    help_open: rx.Field[bool] = rx.field(False)
    consent: rx.Field[ConsentCard] = rx.field(default_factory=ConsentCard)
    said: rx.Field[list[Said]] = rx.field(default_factory=list)
    problem: rx.Field[str] = rx.field("")
    tried: rx.Field[TriedCard] = rx.field(default_factory=TriedCard)
    _zone: str = "UTC"

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def open(self) -> EventSpec | None:
        """Read the packet and show the page that the address names, or lead to the first open one."""
        self.errors, self.problem, self.tried = {}, "", TriedCard()
        asked = self.router.url.query_parameters
        try:
            opened = await transact(_look, asked.get("packet", ""))
        except NotFound:
            self._forget()
            self.loaded = True
            return None
        at = asked.get("at", "")
        if not _is_page(opened.view, at):
            entry = cards.entry(opened.view, asked.get("form", ""))
            return rx.redirect(cards.address(opened.view.public_id, entry), replace=True)
        self._show(opened, at)
        return None

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def keep(self, draft_id: str, text: str) -> None:
        """Keep one answer; `draft_id` is `intake:<packet>:<form>:<question>`."""
        _, packet_id, form, question = (*draft_id.split(":"), "", "", "", "")[:4]
        packet_id = packet_id or self._place()[0]
        try:
            kept = await transact(intake.save_answers, packet_id, form, {question: text})
        except ClinicError as refused:
            self.problem = refused.code
            return
        # A save that comes when its page has gone is kept, but not shown: nothing returns into State.
        if self.loaded and self.packet.id == packet_id and self.way.form == form:
            self._show_kept(form, question, text, kept)

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def go_on(self) -> EventSpec | None:
        """The next page; from the last page of a form, send it first."""
        packet_id, at = self._place()
        opened = await transact(_look, packet_id)
        form_key, _, page = at.partition(".")
        form = cards.form_of(opened.view, form_key)
        self.errors = _open_questions(form_key, page, form.answers, day_of(opened.now, opened.me.zone))
        self.problem = "open_questions" if self.errors else ""
        if self.problem:
            self.tried = TriedCard(self.tried.count + 1)
            return None
        further = cards.after(form, page)
        return rx.redirect(cards.address(packet_id, further)) if further else await self._send(packet_id, form_key)

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def go_back(self) -> EventSpec:
        """The page before; from the first one, home."""
        packet_id, at = self._place()
        earlier = cards.before((await transact(_look, packet_id)).view, at)
        return rx.redirect(cards.address(packet_id, earlier) if earlier else routes.PATIENT_HOME)

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def go_further(self) -> EventSpec:
        """On from what is sent or signed."""
        packet_id, _ = self._place()
        opened = await transact(_look, packet_id)
        return rx.redirect(cards.address(packet_id, cards.entry(opened.view, "")))

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def change(self) -> EventSpec:
        """Look through a sent form once more, from its first page."""
        packet_id, at = self._place()
        form = find_form(at.partition(".")[0])
        return rx.redirect(cards.address(packet_id, f"{form.key}.{form.groups[0].key}"))

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def drop_changes(self) -> EventSpec:
        """Go back to what was sent."""
        packet_id, at = self._place()
        form_key = at.partition(".")[0]
        await transact(intake.drop_changes, packet_id, form_key)
        return rx.redirect(cards.address(packet_id, f"{form_key}.{cards.SENT}"))

    @rx.event
    @allow(Permission.OWN_INTAKE)
    async def sign(self, entered: dict[str, Any]) -> None:
        """Put the typed name under the text that is shown; another name than the account's is asked about once."""
        packet_id, at = self._place()
        answers = {"agree": "yes" if entered.get("agree") else "", "typed_name": entered.get("typed_name", "")}
        said, asked = " ".join(str(answers["typed_name"]).split()), self.tried.doubt
        self.errors, self.problem, self.tried = {}, "", TriedCard(self.tried.count)
        sure = bool(asked) and said == asked
        try:
            await transact(intake.sign_consent, packet_id, self.consent.fingerprint, answers, sure=sure)
        except Invalid as refused:
            self.errors, self.problem = _words(cards.CONSENT, refused.fields), "not_signed"
            self.tried = TriedCard(self.tried.count + 1)
        except ClinicError as refused:
            self.problem = refused.code
            self.tried = TriedCard(self.tried.count, said if refused.code == "name_differs" else "")
        self._show(await transact(_look, packet_id), at)

    @rx.event
    @allow(Permission.ANYBODY)
    async def leave(self) -> None:
        """Forget everything: no answer stays in State once it has left the screen."""
        self._forget()

    def _forget(self) -> None:
        self.loaded, self.packet, self.way = False, PacketCard(), WayCard()
        self.answers, self.errors, self.said, self.help_open = {}, {}, [], False
        self.saved, self.consent, self.problem, self.tried = SavedCard(), ConsentCard(), "", TriedCard()

    def _place(self) -> tuple[str, str]:
        asked = self.router.url.query_parameters
        return asked.get("packet", ""), asked.get("at", "")

    async def _send(self, packet_id: str, form_key: str) -> EventSpec | None:
        try:
            await transact(intake.submit_form, packet_id, form_key)
        except Invalid as refused:
            self.errors = _words(form_key, refused.fields)
            self.problem = "open_questions"
            self.tried = TriedCard(self.tried.count + 1)
            return None
        except ClinicError as refused:
            self.problem = refused.code
            return None
        opened = await transact(_look, packet_id)
        return rx.redirect(cards.address(packet_id, cards.entry(opened.view, "")))

    def _show(self, opened: _Opened, at: str) -> None:
        view, me = opened.view, opened.me
        form_key, _, page = at.partition(".")
        form = next((one for one in view.forms if one.form.key == form_key), None)
        self._zone = me.zone
        self.packet = cards.packet_card(view, me.name, me.zone)
        self.way = cards.way_card(view, at, opened.now, me.zone)
        self.answers = {f"{form_key}.{key}": text for key, text in form.answers.items()} if form else {}
        saved_at = form.saved_at if form and page != cards.SENT else None
        self.saved = cards.saved_card(saved_at, opened.now, me.zone)
        self.help_open = bool(form and rules.risk_raised(form.form, form.answers))
        self.said = cards.said(form) if form and page == cards.SENT else []
        self.consent = cards.consent_card(view.consent, view.signature, me.zone)
        self.loaded = True

    def _show_kept(self, form_key: str, question: str, text: str, kept: Saved) -> None:
        """An answer, and what it changes on the page beside itself."""
        self.answers = {**self.answers, f"{form_key}.{question}": text}
        self.errors = {key: words for key, words in self.errors.items() if key != f"{form_key}.{question}"}
        self.saved, self.problem = cards.saved_card(kept.saved_at, kept.saved_at, self._zone), ""
        self.help_open = kept.is_risk
        own = {key.partition(".")[2]: text for key, text in self.answers.items() if key.startswith(f"{form_key}.")}
        last = cards.is_last_page(find_form(form_key), own, self._place()[1].partition(".")[2])
        changed = "changed" if self.way.state == "sent" else self.way.state
        self.way = replace(self.way, is_last_page=last, state=changed)


@dataclass(frozen=True)
class _Opened:
    view: PacketView
    me: Me
    now: datetime


def _look(work: UnitOfWork, packet_id: str) -> _Opened:
    return _Opened(intake.packet_view(work, packet_id), people.me(work), work.now)


def _is_page(view: PacketView, at: str) -> bool:
    """Whether the address names a page of this packet."""
    form_key, _, page = at.partition(".")
    if at == cards.DONE:
        return True
    form = next((one for one in view.forms if one.form.key == form_key), None)
    return form is not None and page in {cards.SENT, *(group.key for group in form.form.groups)}


def _open_questions(form_key: str, page: str, answers: Mapping[str, str], today: date) -> dict[str, str]:
    """What is missing or wrong on one page."""
    form = find_form(form_key)
    group = next((one for one in form.groups if one.key == page), None)
    if group is None:
        raise NotFound
    own = {question.key: answers.get(question.key, "") for question in group.questions if answers.get(question.key)}
    return _words(form_key, rules.check_group(group, own, today).fields)


def _words(form_key: str, fields: Mapping[str, str]) -> dict[str, str]:
    return {f"{form_key}.{key}": cards.problem_words(code) for key, code in fields.items()}
