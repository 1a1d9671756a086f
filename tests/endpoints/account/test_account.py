"""Credentials over HTTP: accounts, wrong passwords, sessions and their ends."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from portal.clinic.audit import AuditEntry
from portal.clinic.errors import Conflict
from portal.clinic.people import service as people
from portal.clinic.people.rules import digest
from portal.clinic.people.tables import Person, PersonSession
from portal.clinic.people.values import SignUp
from portal.clinic.scheduling import service as scheduling
from portal.storage.work import ANONYMOUS, SYSTEM, Database, Role
from tests.endpoints.account.door import EMAIL, PASSWORD, Door
from tests.support.booking import open_practice
from tests.support.databases import Clock
from tests.support.patience import SECONDS


def trail(door: Door, action: str) -> list[AuditEntry]:
    with Session(door.desk.database.engine) as db:
        return list(db.exec(select(AuditEntry).where(AuditEntry.action == action)))


class TestSignUp:
    WANTED = {"name": "Rosa Whitfield", "email": EMAIL, "password": PASSWORD, "zone": "Asia/Kathmandu"}

    def test_makes_an_account_and_a_session_out_of_reach_of_scripts(self, door: Door) -> None:
        answer = door.post("sign-up", self.WANTED)
        assert answer.json() == {"ok": True, "next": "/checkout/"}
        assert door.is_in()
        assert "HttpOnly; SameSite=Strict" in door.set_cookie
        with Session(door.desk.database.engine) as db:
            person, session = db.exec(select(Person)).one(), db.exec(select(PersonSession)).one()
            assert (person.name, person.email, person.zone) == ("Rosa Whitfield", EMAIL, "Asia/Kathmandu")
            assert person.password_hash.startswith("$argon2id$")
            assert session.token_digest == digest(door.cookies["qr_session"])

    def test_a_password_is_the_same_on_every_keyboard(self, door: Door) -> None:
        """A phone composes its signs otherwise than a laptop, and a Japanese keyboard writes wide ones."""
        assert door.post("sign-up", {**self.WANTED, "password": "cafe\u0301 unter Ba\u0308umen 7"}).is_success
        for typed in ("caf\u00e9 unter B\u00e4umen 7", "caf\u00e9 unter B\u00e4umen \uff17"):
            door.cookies.clear()
            assert door.sign_in(typed).is_success
        assert door.sign_in("cafe unter Baumen 7").status_code == 403

    def test_takes_the_held_time_along(self, door: Door) -> None:
        booking = open_practice(door.desk.database)
        door.cookies["qr_visitor"] = "visitors-own-secret"
        index = door.desk.database.keyring.index
        visitor = type(ANONYMOUS)(visitor=index("visitor", "visitors-own-secret"))
        slot = booking.free(door.desk.database)[0]
        door.desk.database.run(visitor, scheduling.hold, slot)
        door.post("sign-up", self.WANTED)
        me = door.desk.database.run_read(ANONYMOUS, people.viewer_of, door.cookies["qr_session"])
        assert me
        held = door.desk.database.run(me, scheduling.current_hold)
        assert held
        assert (held.slot_id, held.is_mine) == (slot, True)

    def test_an_address_in_use_is_said_and_changes_nothing(self, door: Door, rosa: int) -> None:
        answer = door.post("sign-up", {**self.WANTED, "email": f"  {EMAIL.upper()} ", "name": "Mallory"})
        assert (answer.status_code, answer.json()["code"]) == (409, "email_in_use")
        assert not door.is_in()

    def test_so_is_the_address_of_a_closed_account(self, door: Door, rosa: int) -> None:
        disable(door, rosa)
        answer = door.post("sign-up", self.WANTED)
        assert (answer.status_code, answer.json()["code"]) == (409, "email_in_use")

    def test_nobody_makes_themselves_staff(self, door: Door) -> None:
        door.post("sign-up", {**self.WANTED, "role": "owner", "is_owner": True, "roles": ["owner"]})
        me = door.desk.database.run_read(ANONYMOUS, people.viewer_of, door.cookies["qr_session"])
        assert me
        assert me.roles == {Role.PATIENT}

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("name", "", "missing"),
            ("name", "\u202e\u200b", "missing"),
            ("email", "rosa", "email_incomplete"),
            ("email", "rosa@x", "email_host"),
            ("email", "a b@c.example", "email_incomplete"),
            ("email", "a@b@c.example", "email_host"),
            ("email", "a\n@c.example", "email_incomplete"),
            ("email", "x" * 250 + "@c.example", "email_incomplete"),
            ("password", "short", "password_short"),
            ("password", "x" * 257, "password_long"),
            ("password", EMAIL, "password_common"),
            ("password", "password1234", "password_common"),
            ("name", 7, "missing"),
            ("email", {"$ne": 1}, "missing"),
        ],
    )
    def test_what_cannot_be_taken_is_named_by_field(self, door: Door, field: str, value: object, code: str) -> None:
        answer = door.post("sign-up", {**self.WANTED, field: value})
        assert answer.status_code == 422
        assert answer.json()["fields"] == {field: code}

    @pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/api/x", 7, None])
    def test_nobody_is_led_elsewhere(self, door: Door, onward: object) -> None:
        assert door.post("sign-up", {**self.WANTED, "next": onward}).json()["next"] == "/checkout/"


class TestSignIn:
    def test_a_wrong_password_is_refused_and_written_down(self, door: Door, rosa: int) -> None:
        answer = door.sign_in("lantern-orchard-8")
        assert (answer.status_code, answer.json()) == (
            403,
            {"ok": False, "code": "wrong_password", "fields": {}},
        )
        assert not door.is_in()
        (entry,) = [entry for entry in trail(door, "person.sign_in") if entry.outcome == "refused"]
        assert entry.subject_ref
        assert "lantern" not in str(entry)

    def test_an_unknown_address_is_answered_alike(self, door: Door, rosa: int) -> None:
        known, unknown = door.sign_in("wrong-password-1"), door.sign_in(email="nobody@whitfield.example")
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
        assert [entry.outcome for entry in trail(door, "person.sign_in")] == ["refused", "refused"]

    def test_each_session_has_a_secret_of_its_own(self, door: Door, rosa: int) -> None:
        door.cookies["qr_session"] = "chosen-by-somebody-else"
        door.sign_in()
        first = door.cookies["qr_session"]
        door.sign_in()
        assert len({"chosen-by-somebody-else", first, door.cookies["qr_session"]}) == 3

    def test_a_closed_account_is_closed_at_once(self, door: Door, rosa: int) -> None:
        door.sign_in()
        disable(door, rosa)
        assert not door.is_in()
        assert door.sign_in().status_code == 403

    def test_signing_out_ends_the_session_everywhere(self, door: Door, rosa: int) -> None:
        door.sign_in()
        stolen = dict(door.cookies)
        answer = door.post("sign-out", {})
        assert answer.json() == {"ok": True, "next": "/"}
        assert "Max-Age=0" in door.set_cookie
        assert "storage" in answer.headers["clear-site-data"]
        door.cookies = stolen
        assert not door.is_in()
        assert len(trail(door, "person.sign_out")) == 1


class TestHowLong:
    @pytest.mark.parametrize(("role", "minutes"), [(Role.PATIENT, 30), (Role.CLINICIAN, 15), (Role.OWNER, 15)])
    def test_silence_ends_a_session(
        self, door: Door, password_hash: str, clock: Clock, role: Role, minutes: int
    ) -> None:
        door.desk.database.run(SYSTEM, people.sign_up, SignUp("R", EMAIL), password_hash, role)
        door.sign_in()
        clock.advance(minutes=minutes, seconds=-1)
        assert door.is_in()
        clock.advance(seconds=1)
        assert not door.is_in()

    @pytest.mark.parametrize(("role", "hours"), [(Role.PATIENT, 24), (Role.CLINICIAN, 12)])
    def test_no_sign_of_life_keeps_it_beyond_its_longest(
        self, door: Door, password_hash: str, clock: Clock, role: Role, hours: int
    ) -> None:
        door.desk.database.run(SYSTEM, people.sign_up, SignUp("R", EMAIL), password_hash, role)
        door.sign_in()
        began, session = clock.now, 1
        while clock.now < began + timedelta(hours=hours, minutes=-10):
            clock.advance(minutes=10)
            assert door.is_in()
            door.desk.database.run(SYSTEM, people.touch, session)
        clock.now = began + timedelta(hours=hours)
        assert not door.is_in()
        door.desk.database.run(SYSTEM, people.touch, session)
        assert not door.is_in()

    def test_what_has_ended_is_not_brought_back_by_a_touch(self, door: Door, rosa: int, clock: Clock) -> None:
        door.sign_in()
        clock.advance(minutes=31)
        door.desk.database.run(SYSTEM, people.touch, 1)
        assert not door.is_in()


@pytest.mark.postgres
def test_the_same_address_twice_at_once_is_one_account(postgres_url: str, keyring, clock: Clock) -> None:
    database = Database(postgres_url, keyring, clock=clock)
    ready = threading.Barrier(6)

    def sign_up(_: int) -> str:
        ready.wait(SECONDS)
        try:
            database.run(ANONYMOUS, people.sign_up, SignUp("Rosa", EMAIL), "-")
        except Conflict as known:
            return known.code
        return "made"

    with ThreadPoolExecutor(6) as crowd:
        assert sorted(crowd.map(sign_up, range(6))) == ["email_in_use"] * 5 + ["made"]
    database.close()


def disable(door: Door, person_id: int) -> None:
    with Session(door.desk.database.engine) as db:
        db.get_one(Person, person_id).disabled_at = door.desk.database.clock()
        db.commit()
