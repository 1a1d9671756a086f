"""A browser before the account routes: it keeps its cookies."""

from __future__ import annotations

import json
from typing import Any

import httpx

from portal.clinic.people import service as people
from portal.storage.work import ANONYMOUS
from tests.endpoints.conftest import Desk

EMAIL, PASSWORD = "rosa@whitfield.example", "lantern-orchard-7"
OURS = {"x-quietroom": "1", "content-type": "application/json"}


class Door:
    """A browser before the account routes: it keeps its cookies."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cookies: dict[str, str] = {}
        self.set_cookie = ""

    def post(self, path: str, document: Any, **headers: str) -> httpx.Response:
        raw = document if isinstance(document, bytes) else json.dumps(document).encode()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**OURS, **({"cookie": cookie} if cookie else {}), **headers}
        answer = self.desk.ask("POST", f"/api/{path}", content=raw, headers=sent)
        self.set_cookie = answer.headers.get("set-cookie", "")
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        return answer

    def sign_in(self, password: str = PASSWORD, email: str = EMAIL, **more: str) -> httpx.Response:
        return self.post("sign-in", {"email": email, "password": password}, **more)

    def is_in(self) -> bool:
        token = self.cookies.get("qr_session", "")
        return self.desk.database.run_read(ANONYMOUS, people.viewer_of, token) is not None
