"""A practice that is served from its build, with a patient's whole story in it told in words that occur nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest

from portal import routes
from portal.callers import session_cookie
from portal.clinic.intake import service as intake
from portal.clinic.people import service as people
from portal.clinic.scheduling import queries as calendar
from portal.storage.clock import utc_now
from portal.storage.work import SYSTEM, Database, UnitOfWork
from tests.support.databases import Clock
from tests.support.live_tabs import LiveTab
from tests.support.people import Who
from tests.support.served import ServedApp
from tests.support.whole_visit import WholeVisit, Words, make_whole_visit

WORDS = Words(
    name="Zephyrine Quillfeather",
    email="zephyrine@quillfeather.example",
    phone="+44 20 7946 0987",
    born="1973-11-23",
    place="7 Obsidian Wharf",
    friend="Balthazar Quillfeather",
    reason="the cormorant dream again",
    medicine="Vortioxetine 20 mg",
    note="speaks of the drowned orchard",
    amendment="the orchard was her sister's",
)


@dataclass
class House:
    """The served app and who is in it; `next` and `packet` are a visit to come and its forms."""

    served: ServedApp
    database: Database
    whole: WholeVisit
    next: str
    packet: str
    _cookies: dict[int, str] = field(default_factory=dict)

    def cookie(self, who: Who | None) -> str:
        """What the browser of somebody who is signed in carries; nothing for nobody."""
        if who is None:
            return ""
        if who.id not in self._cookies:
            self._cookies[who.id] = self.fresh_cookie(who)
        return self._cookies[who.id]

    def fresh_cookie(self, who: Who) -> str:
        """Another session of the same person."""
        token = self.database.run(SYSTEM, people.open_session, who.id)
        return f"{session_cookie(self.served.settings)}={token}"

    def tab(self, who: Who | None = None, **more: Any) -> LiveTab:
        return LiveTab(self.served, more.pop("cookie", self.cookie(who)), **more)

    @property
    def form(self) -> str:
        """The page with the patient's own words."""
        return f"{routes.PATIENT_INTAKE}?packet={self.whole.ids['packet']}&at=about_you.sent"

    def ask(self, method: str, path: str, who: Who | None = None, **more: Any) -> httpx.Response:
        """A request as our own pages send it."""
        usual = {"origin": self.served.url, "x-quietroom": "1", "cookie": more.pop("cookie", self.cookie(who))}
        headers = {**usual, **more.pop("headers", {})}
        kept = {name: value for name, value in headers.items() if value is not None}
        return httpx.request(method, f"{self.served.url}{path}", headers=kept, trust_env=False, **more)

    def answers(self) -> dict[str, str]:
        """What the patient's form to come holds, from the database."""
        view = self.database.run(self.whole.rosa.viewer, intake.packet_view, self.packet)
        return {key: text for form in view.forms for key, text in form.answers.items()}

    def logged(self) -> str:
        return self.served.log.read_text()

    def leaks(self, text: str) -> list[str]:
        """Which of the patient's words and ids are in a text."""
        ids = [*self.whole.ids.values(), self.next, self.packet]
        return [word for word in [*self.whole.words.all().values(), *ids] if word in text]

    def untouched(self, text: str, *named: str) -> None:
        """An answer for a stranger: nothing of the patient but ids that the stranger named, no sign of what broke."""
        assert set(self.leaks(text)) <= set(named)
        assert not [sign for sign in ("Traceback", 'File "', ".py", "sqlalchemy", "pydantic") if sign in text], text


def _next_visit(whole: WholeVisit) -> tuple[str, str]:
    """A visit in the next days and the forms before it, one of them begun."""
    visit = whole.book_another()

    def prepare(work: UnitOfWork) -> str:
        row = calendar.appointment_row(work, visit)
        assert row is not None
        return intake.open_packet(work, row).public_id

    packet = whole.database.run(SYSTEM, prepare)
    whole.ask(whole.rosa, intake.save_answers, packet, "phq9", {"q1": "2"})
    return visit, packet


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    served = ServedApp(tmp_path_factory.mktemp("house"))
    served.start()
    try:
        database = served.open_database()
        clock = Clock(utc_now() - timedelta(days=5))
        database.clock = clock
        whole = make_whole_visit(database, clock, WORDS)
        database.clock = utc_now
        yield House(served, database, whole, *_next_visit(whole))
        database.close()
    finally:
        served.stop()
