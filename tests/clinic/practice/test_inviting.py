"""A new therapist is invited: the link, how long it lasts, sending it again, and what the letter says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from portal.clinic import outbox
from portal.clinic.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.clinic.outbox import OutboxItem
from portal.clinic.people import service as people
from portal.clinic.people.tables import MailboxProof
from portal.clinic.people.values import Invitation, Joining, SignUp
from portal.clinic.practice import service as practice
from portal.errands.letters import Desk, compose
from portal.gateways.mail import Letter
from portal.settings import Settings
from portal.storage.work import ANONYMOUS, SYSTEM, Database, Role
from tests.support.databases import Clock
from tests.support.people import Who, make_offer, make_person

ADA = SignUp("Ada Lovell", "ada@lovell.example", "Europe/Lisbon")


class Office:
    """The owner's desk."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        make_offer(database)
        self.owner: Who = make_person(database, "Helen Ward", Role.OWNER)
        self.ada = self.does(practice.add_clinician, ADA, "-")

    def does(self, service, *args):
        return self.database.run(self.owner.viewer, service, *args)

    def invitation(self) -> Invitation:
        return self.does(practice.invitations)[self.ada]

    def token(self) -> str:
        with Session(self.database.engine) as db:
            return db.exec(select(MailboxProof).order_by(col(MailboxProof.id).desc())).first().token

    def joins(self, token: str) -> int:
        return self.database.run(ANONYMOUS, people.finish_reset, token, "a hash")

    def letters(self) -> list[Letter]:
        def write(work):
            items = work.db.exec(select(OutboxItem).order_by(col(OutboxItem.id))).all()
            desk = [(Desk(Settings(_env_file=None), item.key), item) for item in items]
            return [letter for one, item in desk if (letter := compose(work, one, item.kind, item.payload))]

        return self.database.run_read(SYSTEM, write)


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    return Office(database, clock)


def test_who_is_invited_joins_by_the_link_and_it_works_once(office: Office) -> None:
    assert office.invitation().state is Joining.INVITED
    token = office.token()
    office.joins(token)
    assert office.invitation().state is Joining.JOINED
    with pytest.raises(NotFound, match="link_ended"):
        office.joins(token)


def test_the_link_works_for_seven_days_and_no_longer(office: Office) -> None:
    office.clock.advance(days=7, seconds=-1)
    assert office.invitation().state is Joining.INVITED
    office.clock.advance(seconds=1)
    assert office.invitation().state is Joining.RAN_OUT
    with pytest.raises(NotFound, match="link_ended"):
        office.joins(office.token())


def test_sending_it_again_ends_the_older_link(office: Office) -> None:
    old = office.token()
    office.clock.advance(days=8)
    office.does(practice.invite_again, office.ada)
    assert office.invitation().state is Joining.INVITED
    assert office.invitation().ends_at == office.clock.now + timedelta(days=7)
    with pytest.raises(NotFound):
        office.joins(old)
    office.joins(office.token())


def test_a_second_press_is_not_a_second_letter(office: Office) -> None:
    with pytest.raises(Conflict, match="just_sent"):
        office.does(practice.invite_again, office.ada)
    office.clock.advance(minutes=1)
    office.does(practice.invite_again, office.ada)
    assert len(office.letters()) == 1


def test_a_wrong_address_is_corrected_and_the_wrong_mailbox_has_nothing(office: Office) -> None:
    wrong = office.token()
    office.database.run(ANONYMOUS, people.start_reset, ADA.email)
    reset = office.token()
    office.clock.advance(minutes=2)
    office.does(practice.invite_again, office.ada, "Ada@Right.example ")
    assert office.invitation().email == "ada@right.example"
    assert [letter.to for letter in office.letters()] == ["ada@right.example"]
    for token in (wrong, reset):
        with pytest.raises(NotFound):
            office.joins(token)


def test_a_correction_is_refused_when_it_is_no_address_or_anothers(office: Office) -> None:
    office.clock.advance(minutes=2)
    office.database.run(ANONYMOUS, people.sign_up, SignUp("Rosa", "rosa@x.example"), "-")
    with pytest.raises(Invalid) as refused:
        office.does(practice.invite_again, office.ada, "ada@nowhere")
    assert refused.value.fields == {"email": "email_host"}
    with pytest.raises(Conflict, match="email_in_use"):
        office.does(practice.invite_again, office.ada, "rosa@x.example")
    assert office.invitation().email == ADA.email


def test_who_has_joined_is_not_invited_again_nor_moved_to_another_address(office: Office) -> None:
    office.joins(office.token())
    office.clock.advance(days=1)
    with pytest.raises(Conflict, match="joined"):
        office.does(practice.invite_again, office.ada, "mallory@x.example")


def test_who_resets_the_password_instead_has_joined(office: Office) -> None:
    office.clock.advance(days=9)
    office.database.run(ANONYMOUS, people.start_reset, ADA.email)
    office.joins(office.token())
    assert office.invitation().state is Joining.JOINED


def test_a_link_to_a_new_password_still_lasts_a_quarter_of_an_hour(office: Office) -> None:
    office.database.run(ANONYMOUS, people.start_reset, ADA.email)
    office.clock.advance(minutes=15)
    with pytest.raises(NotFound):
        office.joins(office.token())


def test_the_owner_sees_whether_the_letter_has_left(office: Office) -> None:
    assert office.invitation().has_left is False

    def refuse(work):
        outbox.failed(work, work.db.exec(select(OutboxItem)).one().id, "mail_refused", for_good=True)

    office.database.run(SYSTEM, refuse)
    assert office.invitation().problem == "mail_refused"
    office.database.run(SYSTEM, lambda work: outbox.done(work, work.db.exec(select(OutboxItem)).one().id))
    assert office.invitation().has_left


def test_two_of_one_name_have_addresses_of_their_own(office: Office) -> None:
    for number in range(2):
        office.does(practice.add_clinician, SignUp("Ada Lovell", f"ada{number}@x.example"), "-")
    slugs = {one.slug for one in office.does(practice.all_clinicians)}
    assert slugs == {"ada-lovell", "ada-lovell-2", "ada-lovell-3"}


def test_the_letter_says_the_practices_name_and_a_link_and_no_more(office: Office) -> None:
    (letter,) = office.letters()
    assert letter.subject == "Linden Row: your invitation"
    assert f"/join/#{office.token()}" in letter.text
    assert "7 days" in letter.text
    for word in ("Ada", "Helen", "Lovell", "herap", "020 7946 0112"):
        assert word not in letter.text, word


def test_no_letter_leaves_for_a_link_that_is_over(office: Office) -> None:
    office.joins(office.token())
    assert office.letters() == []


def test_nobody_but_the_owner_invites(office: Office) -> None:
    for who in (
        make_person(office.database, "Rosa", Role.PATIENT),
        make_person(office.database, "Tom", Role.CLINICIAN),
    ):
        for service, args in ((practice.invite_again, (office.ada,)), (practice.invitations, ())):
            with pytest.raises(NotAllowed):
                office.database.run(who.viewer, service, *args)


def test_the_rule_stands_in_prose() -> None:
    rules = Path(__file__).parents[3] / "docs" / "rules" / "access.md"
    assert "once, for 7 days" in rules.read_text()
