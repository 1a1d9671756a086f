"""Resetting a password over HTTP, how often one may try, and what is no request at all."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session, select

from portal.clinic.people.rules import digest
from portal.clinic.people.tables import MailboxProof
from tests.endpoints.account.door import EMAIL, PASSWORD, Door
from tests.support.databases import Clock


class TestReset:
    def link(self, door: Door) -> str:
        door.post("reset/request", {"email": EMAIL})
        with Session(door.desk.database.engine) as db:
            return db.exec(select(MailboxProof)).all()[-1].token

    def test_a_mailed_link_sets_the_password_and_ends_every_session(self, door: Door, rosa: int) -> None:
        door.sign_in()
        other = Door(door.desk)
        other.sign_in()
        token = self.link(door)
        answer = door.post("reset/finish", {"token": token, "password": "another-lantern-9"})
        assert answer.json() == {"ok": True, "next": "/sign-in/?chosen=1"}
        assert not door.is_in()
        assert not other.is_in()
        assert door.sign_in().status_code == 403
        assert door.sign_in("another-lantern-9").status_code == 200
        with Session(door.desk.database.engine) as db:
            assert db.exec(select(MailboxProof)).one().token_sealed is None

    def test_a_link_works_once(self, door: Door, rosa: int) -> None:
        token = self.link(door)
        for status in (200, 404):
            answer = door.post("reset/finish", {"token": token, "password": "another-lantern-9"})
            assert answer.status_code == status

    def test_a_link_works_for_a_quarter_of_an_hour(self, door: Door, rosa: int, clock: Clock) -> None:
        token = self.link(door)
        clock.advance(minutes=15)
        answer = door.post("reset/finish", {"token": token, "password": "another-lantern-9"})
        assert (answer.status_code, answer.json()["code"]) == (404, "link_ended")

    def test_a_newer_link_ends_the_older_one(self, door: Door, rosa: int) -> None:
        old, new = self.link(door), self.link(door)
        assert door.post("reset/finish", {"token": new, "password": "another-lantern-9"}).status_code == 200
        assert door.post("reset/finish", {"token": old, "password": "mallory-lantern-9"}).status_code == 404

    def test_a_guess_is_as_good_as_an_ended_link(self, door: Door, rosa: int) -> None:
        for token in ("", "x", "0" * 64, digest("x"), 7, None, ["a"]):
            answer = door.post("reset/finish", {"token": token, "password": "another-lantern-9"})
            assert (answer.status_code, answer.json()["code"]) == (404, "link_ended")

    def test_an_unknown_address_is_answered_alike(self, door: Door, rosa: int) -> None:
        known = door.post("reset/request", {"email": EMAIL})
        unknown = door.post("reset/request", {"email": "nobody@whitfield.example"})
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)

    def test_only_a_digest_is_looked_up(self, door: Door, rosa: int) -> None:
        token = self.link(door)
        with Session(door.desk.database.engine) as db:
            proof = db.exec(select(MailboxProof)).one()
            assert proof.token_digest == digest(token)
            assert token.encode() not in (proof.token_sealed or b"")


class TestHowOften:
    def test_an_account_is_not_guessed_at(self, door: Door, rosa: int) -> None:
        answers = [door.sign_in(f"guess-number-{number:04d}").json()["code"] for number in range(12)]
        assert answers == ["wrong_password"] * 8 + ["too_many_tries"] * 4
        assert door.sign_in().json()["code"] == "too_many_tries"

    def test_an_address_does_not_try_many_accounts(self, door: Door) -> None:
        answers = [door.sign_in(email=f"{number}@x.example").json()["code"] for number in range(24)]
        assert answers.count("too_many_tries") == 4

    def test_saying_to_come_from_elsewhere_does_not_help(self, door: Door) -> None:
        answers = [
            door.sign_in(email=f"{number}@x.example", **{"x-forwarded-for": f"10.0.0.{number}"}).json()["code"]
            for number in range(24)
        ]
        assert answers.count("too_many_tries") == 4

    def test_nobodys_mailbox_is_flooded(self, door: Door, rosa: int) -> None:
        answers = [door.post("reset/request", {"email": EMAIL}).status_code for _ in range(8)]
        assert answers == [200] * 4 + [403] * 4
        with Session(door.desk.database.engine) as db:
            assert len(db.exec(select(MailboxProof)).all()) == 4


class TestBadInput:
    BODIES = (
        b"",
        b"[]",
        b"null",
        b"7",
        b"{",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"a":' * 20_000,
        b'{"email": "\\ud800@x.example", "password": "\\udfff", "token": "\\ud800", "name": "\\ud800"}',
        b'{"email": "a\\u0000@x.example", "password": "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000", "token": "\\u0000"}',
        b'{"email": ' + b"9" * 5000 + b"}",
        b'{"email": "' + b"x" * 100_000 + b'"}',
        b'{"password": ["x"], "email": {"a": "b"}, "token": 7, "name": false}',
    )

    @pytest.mark.parametrize("path", ["sign-up", "sign-in", "reset/request", "reset/finish"])
    def test_a_clear_refusal_and_never_a_failure(self, door: Door, rosa: int, path: str) -> None:
        for body in self.BODIES:
            answer = door.post(path, body)
            assert answer.status_code in {403, 404, 409, 422}, (body[:40], answer.text)
            assert answer.json()["ok"] is False
            assert answer.json()["code"] != "failed"
            assert "Traceback" not in answer.text
        assert not door.is_in()

    @pytest.mark.parametrize("path", ["sign-up", "sign-in", "sign-out", "reset/request", "reset/finish"])
    def test_a_form_of_another_site_is_refused(self, door: Door, rosa: int, path: str) -> None:
        body = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()
        for headers in (
            {"content-type": "application/x-www-form-urlencoded"},
            {"content-type": "text/plain"},
            {"x-quietroom": ""},
        ):
            answer = door.post(path, body, **headers)
            assert (answer.status_code, answer.json()["code"]) == (422, "not_from_here")
