"""The profile, the crisis lines, services and their prices: what is refused, and what a change never touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.clinic.errors import Invalid, NotFound
from portal.clinic.people.values import SignUp
from portal.clinic.practice import service as practice
from portal.clinic.practice.values import CrisisLineCard, OfferCard, OfferDraft
from portal.clinic.scheduling import service as scheduling
from portal.clinic.scheduling.values import WeeklyHours
from portal.storage.work import ANONYMOUS, Database, Role, Viewer
from tests.support.booking import Booking, open_practice, visitor
from tests.support.databases import Clock
from tests.support.people import Who, make_person


class Office:
    """The owner of a practice with one therapist and one service."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.there: Booking = open_practice(database)
        self.owner: Who = make_person(database, "Helen Ward", Role.OWNER)

    def does(self, service, *args):
        return self.database.run(self.owner.viewer, service, *args)

    def offer(self) -> OfferCard:
        return next(one for one in self.does(practice.all_offers) if one.public_id == self.there.offer_id)

    def draft(self, **changes) -> OfferDraft:
        names = OfferDraft.__dataclass_fields__
        return replace(OfferDraft(**{name: getattr(self.offer(), name) for name in names}), **changes)

    def holds(self, who: Viewer | None = None):
        slot = self.there.free(self.database)[0]
        return self.database.run(who or visitor(), scheduling.hold, slot)


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    return Office(database, clock)


def test_a_new_price_counts_from_the_next_hold_and_touches_nothing_before(office: Office) -> None:
    somebody = visitor()
    before = office.holds(somebody)
    office.does(practice.save_offer, office.there.offer_id, office.draft(price_minor=9900, free_cancel_hours=48))
    after = office.holds()
    assert (before.price_minor, after.price_minor) == (7000, 9900)
    assert office.database.run(somebody, scheduling.current_hold).price_minor == 7000


def test_a_service_is_withdrawn_and_brought_back(office: Office) -> None:
    somebody = visitor()
    held = office.holds(somebody)
    offered = office.there.free(office.database)
    office.does(practice.set_offered, office.there.offer_id, False)
    with pytest.raises(NotFound):
        office.there.free(office.database)
    assert office.database.run(somebody, scheduling.current_hold).starts_at == held.starts_at
    office.does(practice.set_offered, office.there.offer_id, True)
    assert office.there.free(office.database) == offered


def test_who_gives_a_service_is_said_from_either_side(office: Office) -> None:
    other = office.does(practice.save_offer, "", office.draft(name="Long session"))
    assert office.does(practice.givers) == {office.there.offer_id: [office.there.clinician_id]}
    office.does(practice.set_givers, other, [office.there.clinician_id, office.there.clinician_id])
    assert set(office.does(practice.given_offer_ids, office.there.clinician_id)) == {office.there.offer_id, other}
    office.does(practice.set_givers, office.there.offer_id, [])
    with pytest.raises(NotFound):
        office.there.free(office.database)
    with pytest.raises(NotFound):
        office.does(practice.set_givers, other, ["f" * 24])


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " \u202e "}, {"name": "missing"}),
        ({"price_minor": -1}, {"price_minor": "out_of_range"}),
        ({"price_minor": 10_000_001}, {"price_minor": "out_of_range"}),
        ({"minutes": 9, "late_fee_percent": 101}, {"minutes": "out_of_range", "late_fee_percent": "out_of_range"}),
        ({"step_minutes": 0}, {"step_minutes": "out_of_range"}),
    ],
)
def test_a_service_that_cannot_be_is_refused_by_field(office: Office, changes, fields) -> None:
    before = office.offer()
    with pytest.raises(Invalid) as refused:
        office.does(practice.save_offer, office.there.offer_id, office.draft(**changes))
    assert refused.value.fields == fields
    assert office.offer() == before


def test_a_free_service_is_allowed(office: Office) -> None:
    office.does(practice.save_offer, office.there.offer_id, office.draft(price_minor=0))
    assert office.holds().price_minor == 0


def test_the_currency_changes_until_somebody_has_held_a_time_and_never_after(office: Office) -> None:
    profile = office.does(practice.profile)
    assert office.does(practice.update_profile, replace(profile, currency="EUR")).currency == "EUR"
    office.holds()
    with pytest.raises(Invalid) as refused:
        office.does(practice.update_profile, replace(profile, currency="USD"))
    assert refused.value.fields == {"currency": "currency_in_use"}
    assert office.does(practice.update_profile, replace(profile, currency="EUR", name="New Row")).name == "New Row"


def test_a_profile_that_cannot_be_is_refused_whole(office: Office) -> None:
    profile = office.does(practice.profile)
    wrong = replace(profile, name="", zone="Mars/Olympus", currency="XXX", email="a@b", phone="1")
    with pytest.raises(Invalid) as refused:
        office.does(practice.update_profile, wrong)
    assert set(refused.value.fields) == {"name", "zone", "currency", "email"}
    assert office.does(practice.profile) == profile


def test_crisis_lines_keep_their_order_and_a_wrong_one_changes_nothing(office: Office) -> None:
    lines = [CrisisLineCard("", "phone", name, "116 123", "") for name in ("Samaritans", "Shout", "Emergency")]
    office.does(practice.save_crisis_lines, lines)
    kept = office.does(practice.crisis_lines)
    assert [line.label for line in kept] == ["Samaritans", "Shout", "Emergency"]
    office.does(practice.save_crisis_lines, [kept[2], kept[0]])
    assert [line.label for line in office.does(practice.crisis_lines)] == ["Emergency", "Samaritans"]
    with pytest.raises(Invalid) as refused:
        office.does(practice.save_crisis_lines, [kept[0], replace(kept[1], contact=" ")])
    assert refused.value.fields == {"1": "missing"}
    assert [line.label for line in office.does(practice.crisis_lines)] == ["Emergency", "Samaritans"]


def test_from_nothing_to_the_first_free_time(database: Database, clock: Clock) -> None:
    owner = make_person(database, "Helen Ward", Role.OWNER)

    def does(service, *args):
        return database.run(owner.viewer, service, *args)

    def missing() -> set[str]:
        ready = does(scheduling.readiness)
        return {name for name in ("profile", "service", "clinician", "hours", "shown") if not getattr(ready, name)}

    everything = {"profile", "service", "clinician", "hours", "shown"}
    assert missing() == everything
    does(practice.update_profile, replace(does(practice.profile), name="Linden Row", phone="020 7946 0112"))
    assert missing() == everything - {"profile"}
    terms = {"free_cancel_hours": 24, "late_fee_percent": 50, "no_show_percent": 100}
    times = {"buffer_before_minutes": 0, "buffer_after_minutes": 10, "notice_minutes": 120, "window_days": 60}
    draft = OfferDraft("Visit", "", 50, 6500, step_minutes=30, pay_later=False, **times, **terms)
    offer = does(practice.save_offer, "", draft)
    assert missing() == {"clinician", "hours", "shown"}
    ada = does(practice.add_clinician, SignUp("Ada Lovell", "ada@lovell.example", "Europe/London"), "-")
    assert missing() == {"hours", "shown"}
    does(scheduling.save_weekly_hours, ada, [WeeklyHours(day, 540, 1020) for day in range(7)])
    assert missing() == {"hours", "shown"}
    does(practice.set_givers, offer, [ada])
    assert missing() == {"shown"}
    card = next(one for one in does(practice.all_clinicians) if one.public_id == ada)
    does(practice.save_clinician, ada, replace(card, is_active=True), [offer])
    assert does(scheduling.readiness).is_open
    offered = database.run_read(ANONYMOUS, scheduling.next_free)
    assert offered[ada][0].starts_at >= clock.now + timedelta(hours=2)
