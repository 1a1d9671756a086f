"""Not yours looks like not there: every service that takes an id, asked by everybody whom it does not concern."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from portal.clinic.billing import service as billing
from portal.clinic.billing.values import PageState
from portal.clinic.errors import ClinicError, NotAllowed, NotFound
from portal.clinic.intake import service as intake
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import OfferDraft
from portal.clinic.records import service as records
from portal.clinic.records.values import NoteKind, Upon
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import OverrideKind, OverrideView
from portal.clinic.visits import service as visits
from portal.storage.work import ANONYMOUS, Database, UnitOfWork, Viewer
from tests.support.booking import visitor
from tests.support.databases import Clock
from tests.support.whole_visit import WholeVisit, make_whole_visit

NOUNS = ("people", "practice", "scheduling", "intake", "billing", "visits", "records")
NOWHERE = "f" * 24
JUNK = (NOWHERE, "", "\0", "x" * 5000, "\ud800", "' OR 1=1 --", "../..", "%00")


@dataclass(frozen=True)
class Asks:
    """A service, which of the ids it takes, what else it takes, and which people it concerns."""

    service: Callable[..., Any]
    of: str
    more: tuple[Any, ...] = ()
    whose: frozenset[str] = frozenset()
    wraps: bool = False  # takes a list of ids

    def __call__(self, work: UnitOfWork, public_id: str) -> Any:
        first = [public_id] if self.wraps else public_id
        if self.service is billing.document:
            return self.service(work, self.of, public_id)
        return self.service(work, first, *self.more)


def asks(service: Callable[..., Any], of: str, *more: Any, whose: str = "", wraps: bool = False) -> Asks:
    return Asks(service, of, more, frozenset(whose.split()), wraps)


SCOPED = (
    asks(scheduling.appointment, "visit", whose="rosa miriam"),
    asks(scheduling.cancel, "visit", whose="rosa miriam"),
    asks(scheduling.cancel_terms, "visit", whose="rosa miriam"),
    asks(intake.acknowledge_flag, "flag", whose="miriam"),
    asks(intake.drop_changes, "packet", "gad7", whose="rosa"),
    asks(intake.for_clinician, "visit", whose="miriam"),
    asks(intake.marks, "visit", whose="miriam", wraps=True),
    asks(intake.marks_of_mine, "visit", whose="rosa", wraps=True),
    asks(intake.packet_view, "packet", whose="rosa"),
    asks(intake.save_answers, "packet", "gad7", {"q2": "1"}, whose="rosa"),
    asks(intake.sign_consent, "packet", "x", {}, whose="rosa"),
    asks(intake.signature, "signature", whose="rosa"),
    asks(intake.submit_form, "packet", "gad7", whose="rosa"),
    asks(intake.withdraw_consent, "signature", whose="rosa"),
    asks(billing.attach_page, "payment", "cs", "https://x", whose="rosa"),
    asks(billing.begin_payment, "visit", whose="rosa"),
    asks(billing.cancel_visit, "visit", whose="rosa miriam"),
    asks(billing.document, "invoice", whose="rosa miriam"),
    asks(billing.document, "receipt", whose="rosa miriam"),
    asks(billing.outcome, "payment", whose="rosa"),
    asks(billing.paid_state, "visit", whose="rosa miriam"),
    asks(billing.session_of, "payment", whose="rosa"),
    asks(visits.admit, "visit", whose="miriam"),
    asks(visits.finish, "visit", whose="miriam"),
    asks(visits.knock, "visit", whose="rosa"),
    asks(visits.leave_waiting, "visit", whose="rosa"),
    asks(visits.mark_no_show, "visit", whose="miriam"),
    asks(visits.open_safety, "visit", whose="miriam"),
    asks(visits.room_status, "visit", whose="rosa miriam"),
    asks(visits.say_place, "visit", "x", whose="rosa"),
    asks(visits.seat, "visit", whose="rosa miriam"),
    asks(visits.visit_entry, "visit", whose="miriam"),
    asks(visits.visit_page, "visit", whose="miriam"),
    asks(visits.whereabouts, "visit", whose="rosa"),
    asks(records.amend, "note", "reason", "words", whose="miriam"),
    asks(records.change_kind, "visit", NoteKind.FREE, {}, whose="miriam"),
    asks(records.drop_kept, "visit", 0, whose="miriam"),
    asks(records.is_whole, "note", whose="miriam"),
    asks(records.last_note, "visit", whose="miriam"),
    asks(records.note_for, "visit", whose="miriam"),
    asks(records.note_mark, "visit", whose="miriam"),
    asks(records.save_addition, "note", {"text": "x"}, whose="miriam"),
    asks(records.save_note, "visit", NoteKind.SOAP, {"plan": "x"}, Upon(), whose="miriam"),
    asks(records.sign_note, "visit", {}, whose="miriam"),
)

_STATE = PageState(True, False, 7000, "GBP", "pi")
SYSTEM_ONLY: dict[Callable[..., Any], tuple[Any, ...]] = {
    billing.apply_page_state: ("payment", _STATE),
    billing.close_stale_pages: (),
    billing.handled: (1,),
    billing.note_difference: ("x",),
    billing.note_refund: ("x", "re", "succeeded"),
    billing.payment_of_session: ("cs_1",),
    billing.pending_refunds: (),
    billing.receive: ("stripe", "evt", "kind", "cs"),
    billing.refund_order: ("x",),
    billing.unsettled: (),
    billing.waiting: ("stripe",),
    scheduling.expire_holds: (),
    visits.observe: ("x", ()),
    visits.record_presence: (None,),
    visits.room_closed: ("x",),
    visits.rooms_to_tend: (),
    visits.take_event: ("x", "kind", None),
}

_CARD = SignUp("New Therapist", "new@x.example")
_DAY_OFF = OverrideView("", date(2026, 5, 4), OverrideKind.OFF)
OWNER_ONLY: dict[Callable[..., Any], tuple[Any, ...]] = {
    billing.export_ledger: ("2026-03",),
    billing.ledger: (),
    billing.look_after: (NOWHERE,),
    billing.needs_look: (),
    people.invitations: (),
    people.invite: (0,),
    people.names: (),
    practice.add_clinician: (_CARD, "-"),
    practice.all_clinicians: (),
    practice.all_offers: (),
    practice.given_offer_ids: (NOWHERE,),
    practice.givers: (),
    practice.invitations: (),
    practice.set_givers: (NOWHERE, ()),
    practice.set_offered: (NOWHERE, True),
    practice.invite_again: (NOWHERE,),
    practice.save_clinician: (NOWHERE, None, ()),
    practice.save_crisis_lines: ((),),
    practice.save_offer: (NOWHERE, OfferDraft.__new__(OfferDraft)),
    practice.update_profile: (None,),
    scheduling.add_override: (NOWHERE, _DAY_OFF),
    scheduling.outlook: (NOWHERE,),
    scheduling.readiness: (),
    scheduling.overrides: (NOWHERE, date(2026, 1, 1)),
    scheduling.remove_override: (NOWHERE, NOWHERE),
    scheduling.save_weekly_hours: (NOWHERE, ()),
    scheduling.weekly_hours: (NOWHERE,),
}

# What the practice shows to everybody, or what concerns only whoever asks and takes no id of a row.
PUBLIC = {
    practice.clinician, practice.clinicians, practice.crisis_lines, practice.offers, practice.profile,
    scheduling.next_free, scheduling.open_slots, intake.consent_text, intake.ensure_consent_text,
    practice.offer_problems, people.sign_up, people.sign_up_problems, people.start_reset, people.finish_reset, people.viewer_of,
}  # fmt: skip
OWN = {
    people.me, people.set_zone, people.sign_out, scheduling.current_hold, scheduling.extend_hold, scheduling.hold,
    scheduling.mine, scheduling.release_hold, scheduling.held_for_payment, billing.choose_pay_later,
    billing.documents, billing.under_way, intake.my_signatures, intake.sent_forms, visits.day, visits.open_day,
    visits.waiting, records.drafts,
}  # fmt: skip
# Called by other services and by errands with rows or keys that they have from a scoped look; no door hands them on.
WITHIN = {
    people.contact, people.credentials, people.needs_touch, people.open_session, people.refuse_sign_in,
    people.touch, scheduling.adopt_hold, scheduling.confirm, scheduling.free, scheduling.place_late,
    scheduling.cost_of, scheduling.renew_for_card_page, scheduling.terms_of, scheduling.view_of, billing.settle_no_show,
    intake.open_packet, intake.consent_gone_at, intake.told_of_me, visits.ensure_visit, records.marks,
}  # fmt: skip


def services() -> set[Callable[..., Any]]:
    found: set[Callable[..., Any]] = set()
    for noun in NOUNS:
        room = importlib.import_module(f"portal.clinic.{noun}.service")
        named = getattr(room, "__all__", None) or [
            name
            for name, thing in vars(room).items()
            if inspect.isfunction(thing) and thing.__module__ == room.__name__ and not name.startswith("_")
        ]
        found |= {getattr(room, name) for name in named if inspect.isfunction(getattr(room, name))}
    return found


class Undo(Exception):
    """Ends an attempt without leaving a trace."""


def outcome(database: Database, viewer: Viewer, act: Callable[[UnitOfWork], Any]) -> str:
    """What somebody learns from an attempt: the refusal with its code, or the answer. Nothing stays done."""
    told = ""

    def attempt(work: UnitOfWork) -> None:
        nonlocal told
        try:
            told = repr(act(work))
        except ClinicError as problem:
            told = f"{type(problem).__name__} {problem.code} {problem.params} {getattr(problem, 'fields', '')}"
        raise Undo

    with pytest.raises(Undo):
        database.run(viewer, attempt)
    return told


@pytest.fixture
def whole(database: Database, clock: Clock) -> WholeVisit:
    return make_whole_visit(database, clock)


def viewers(whole: WholeVisit) -> dict[str, Viewer]:
    people_here = {name: getattr(whole, name).viewer for name in ("rosa", "tom", "miriam", "theo", "owner")}
    return {**people_here, "anonymous": ANONYMOUS, "visitor": visitor("somewhere")}


def test_every_service_stands_in_one_of_the_lists() -> None:
    listed = [*{one.service for one in SCOPED}, *SYSTEM_ONLY, *OWNER_ONLY, *PUBLIC, *OWN, *WITHIN]
    assert len(listed) == len(set(listed))
    assert {one.__qualname__ for one in services() ^ set(listed)} == set()


def test_no_list_but_the_first_takes_the_public_id_of_somebodys_row() -> None:
    for service in PUBLIC | OWN:
        taken = set(inspect.signature(service).parameters) - {"work", "clinician_id", "offer_id", "text_id"}
        assert not {name for name in taken if name.endswith("_id")}, service.__qualname__


def test_whom_it_does_not_concern_learns_nothing(whole: WholeVisit) -> None:
    checked = 0
    for one in SCOPED:
        for name, viewer in viewers(whole).items():
            if name in one.whose:
                continue
            there = outcome(whole.database, viewer, lambda work, one=one: one(work, whole.ids[one.of]))
            told = {outcome(whole.database, viewer, lambda work, one=one, junk=junk: one(work, junk)) for junk in JUNK}
            assert told == {there}, (one.service.__qualname__, name)
            assert there.startswith(("NotFound not_found", "NotAllowed not_allowed")) or there in {"{}", "[]"}
            checked += 1
    assert checked > 200


def test_whom_it_concerns_is_told_otherwise(whole: WholeVisit) -> None:
    """So that the test above cannot pass by refusing everybody."""
    for one in SCOPED:
        for name in one.whose:
            viewer = viewers(whole)[name]
            there = outcome(whole.database, viewer, lambda work, one=one: one(work, whole.ids[one.of]))
            nowhere = outcome(whole.database, viewer, lambda work, one=one: one(work, NOWHERE))
            assert there != nowhere, (one.service.__qualname__, name, there)
            assert nowhere.startswith(("NotFound", "None", "{}")), (one.service.__qualname__, name, nowhere)


def test_what_the_practice_does_by_itself_nobody_does_for_it(whole: WholeVisit) -> None:
    for service, given in SYSTEM_ONLY.items():
        for name, viewer in viewers(whole).items():
            told = outcome(whole.database, viewer, lambda work, s=service, g=given: s(work, *g))
            assert told.startswith(NotAllowed.__name__), (service.__qualname__, name, told)


def test_the_practice_is_run_by_its_owner(whole: WholeVisit) -> None:
    for service, given in OWNER_ONLY.items():
        for name, viewer in viewers(whole).items():
            if name != "owner":
                told = outcome(whole.database, viewer, lambda work, s=service, g=given: s(work, *g))
                assert told.startswith((NotAllowed.__name__, NotFound.__name__)), (service.__qualname__, name, told)


def test_hours_are_kept_by_the_owner_and_the_therapist_alone(whole: WholeVisit) -> None:
    place = whole.booking.clinician_id
    for service, given in ((scheduling.add_override, _DAY_OFF), (scheduling.save_weekly_hours, ())):
        for name, viewer in viewers(whole).items():
            told = outcome(whole.database, viewer, lambda work, s=service, g=given: s(work, place, g))
            refused = told.startswith((NotAllowed.__name__, NotFound.__name__))
            assert refused is (name not in {"owner", "miriam"}), (service.__qualname__, name, told)


def test_the_owner_reads_no_health_data(whole: WholeVisit) -> None:
    """Being the owner opens the money and the trail, not the forms, the notes or the room."""
    for one in SCOPED:
        told = outcome(whole.database, whole.owner.viewer, lambda work, one=one: one(work, whole.ids[one.of]))
        assert told.startswith((NotFound.__name__, NotAllowed.__name__)) or told == "{}"


def test_what_everybody_has_of_their_own_is_empty_for_strangers(whole: WholeVisit) -> None:
    words = whole.words.all().values()
    for service in OWN - {people.set_zone, people.sign_out, scheduling.hold}:
        for name, viewer in viewers(whole).items():
            if name in {"rosa", "miriam"}:
                continue
            told = outcome(whole.database, viewer, lambda work, s=service: s(work))
            assert not [word for word in words if word in told], (service.__qualname__, name)
            assert not [public for public in whole.ids.values() if public in told], (service.__qualname__, name)
