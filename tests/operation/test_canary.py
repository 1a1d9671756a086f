"""Words that occur nowhere else are told to the practice; afterwards nothing that it leaves behind can be read for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from portal import routes
from portal.callers import session_cookie
from portal.clinic.intake.tables import FormResponse, RiskFlag
from portal.clinic.outbox import OutboxItem
from portal.clinic.people import service as people
from portal.clinic.practice.tables import Offer, Practice
from portal.logs import ALLOWED_KEYS
from portal.serving import built_folder
from portal.storage.clock import utc_now
from portal.storage.tables import load_tables
from portal.storage.work import SYSTEM, Database, UnitOfWork
from tests.support.booking import make_patients
from tests.support.databases import Clock
from tests.support.live_tabs import HYDRATE, ON_LOAD, ROOT, LiveTab
from tests.support.mail import MailSink
from tests.support.needles import files_of, found_in, mail_of, needles
from tests.support.patience import until
from tests.support.served import ROOT as SOURCES
from tests.support.served import ServedApp
from tests.support.whole_visit import WholeVisit, Words, make_whole_visit

pytestmark = pytest.mark.timeout(400)

WORDS = Words(
    name="Xanthippe Vorzelquist",
    email="vorzelquist@brindlemoor.example",
    phone="+44 20 7946 0341",
    born="1968-10-29",
    place="17 Pumpernickel Wynd",
    friend="Thelonious Grubworth",
    reason="nightmares of the kaleidoscope",
    medicine="Lurasidone forty",
    note="grieves for her wolfhound Ptolemy",
    amendment="the wolfhound was called Bartleby",
)
LIVE = {"draft": "told on the socket: sassafras", "note": "marzipan cathedral", "posted": "haberdashery eclipse"}
SEALED = {"score": "tintinnabulation", "flag": "quicksilver hollow"}
NEWCOMER = {
    "name": "Ignatius Perdwhistle",
    "email": "perdwhistle@ottermere.example",
    "password": "gargantuan-lamplight-77",
}
TRIED = "wrong-rhododendron-88"
SERVICE = "Aftermath of haemorrhage"
CONTROL = "Controlword-Rumpelstiltskin"
SECRET = [*WORDS.all().values(), *LIVE.values(), *SEALED.values(), *NEWCOMER.values(), TRIED]
HEALTH = [word for name, word in WORDS.all().items() if name not in {"name", "email"}]
NOTE = f"{ROOT}portal___pages___clinician___note___state____note_state"


class RawMail(MailSink):
    """Keeps letters as they come over the line."""

    def __init__(self) -> None:
        super().__init__()
        self.raw: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.raw.append(envelope.content)
        return await super().handle_DATA(server, session, envelope)


@dataclass
class Told:
    """The practice after everything was told, and what it left: files while it ran, after it was killed, at the end."""

    served: ServedApp
    mail: RawMail
    database: Database
    whole: WholeVisit
    left: dict[str, bytes] = field(default_factory=dict)

    def all_sent(self) -> bool:
        """Whether no errand waits."""
        with self.database.engine.connect() as connection:
            return connection.execute(sa.select(OutboxItem.id).where(OutboxItem.done_at.is_(None))).first() is None

    def look(self, moment: str) -> None:
        """Keep what lies on the disk now."""
        found = files_of(self.served.data_dir) | {"server.log": self.served.log.read_bytes()}
        self.left |= {f"{moment}: {name}": content for name, content in found.items()}


def seal_the_rest(work: UnitOfWork) -> None:
    """What people cannot choose the words of gets words too; beside it stands one in the open, so that looking works."""
    work.db.exec(select(FormResponse).where(FormResponse.status == "draft")).one().score = {"words": SEALED["score"]}
    work.db.exec(select(RiskFlag)).one().value = SEALED["flag"]
    work.db.exec(select(Practice)).one().about = CONTROL
    work.db.exec(select(Offer)).one().name = SERVICE


def speak(told: Told) -> None:  # noqa: PLR0915 - one story
    """Over HTTP and over the socket, as people do."""
    served, whole = told.served, told.whole
    headers = {"origin": served.url, "x-quietroom": "1", "user-agent": "Mozilla/5.0"}

    def cookie(who: Any) -> str:
        return f"{session_cookie(served.settings)}={told.database.run(SYSTEM, people.open_session, who.id)}"

    with httpx.Client(base_url=served.url, headers=headers, trust_env=False) as page:
        assert page.post("/api/sign-up", json=NEWCOMER).status_code == 200
        assert page.post("/api/sign-in", json={"email": NEWCOMER["email"], "password": TRIED}).status_code == 403
        assert page.post("/api/reset/request", json={"email": WORDS.email}).status_code == 200
        visit = whole.ids["visit"]
        ics = page.get(f"/api/calendar/{visit}.ics", headers={"cookie": cookie(whole.rosa)})
        assert ics.status_code == 200
        told.left["calendar file"] = ics.content.replace(b"\r\n ", b"")
        page.get(f"/nothing/?reason={WORDS.reason}&token={TRIED}")
        page.get(f"/nothing-{CONTROL}/")
        open_note = whole.book_another()  # confirmed by mail; the therapist's note on it is still open
        kept = {"draft_id": f"note:{open_note}:soap:plan", "text": LIVE["posted"]}
        assert page.post("/api/drafts", json=kept, headers={"cookie": cookie(whole.miriam)}).status_code == 200
    with LiveTab(served, cookie(whole.miriam)) as tab:
        address = f"{routes.DAY_VISIT}?id={visit}"
        tab.say(HYDRATE, address=address)
        tab.say(ON_LOAD, address=address)
        tab.say(f"{NOTE}.save", {"draft_id": f"note:{open_note}:soap:subjective", "text": LIVE["note"]}, address)
        tab.say(f"{NOTE}.save", {"draft_id": f"note:{open_note}:soap:objective", "text": LIVE["draft"]}, address)
        tab.say(f"{NOTE}.no_such_handler", {"text": WORDS.note}, address)
        tab.say(f"{NOTE}.let_go", {"number": WORDS.note}, address)
        tab.say(f"{NOTE}.save", {"draft_id": {"x": WORDS.note}, "text": [WORDS.note]}, address)
        tab.emit({"error_type": "x", "message": WORDS.note}, event="client_error")
        heard = tab.settles()
        assert WORDS.reason in heard
        assert WORDS.note in heard


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:  # noqa: PLR0915 - one story
    folder = tmp_path_factory.mktemp("canary")
    with RawMail() as mail:
        smtp = {"SMTP_HOST": mail.host, "SMTP_PORT": str(mail.port), "SMTP_SECURITY": "none"}
        served = ServedApp(folder, MAIL_FROM="practice@linden.example", **smtp)
        served.start()
        try:
            database = served.open_database()
            clock = Clock(utc_now() - timedelta(days=5))
            database.clock = clock
            whole = make_whole_visit(database, clock, WORDS)
            database.clock = utc_now
            make_patients(database, 2)
            everything = Told(served, mail, database, whole)
            speak(everything)
            database.run(SYSTEM, seal_the_rest)
            until(lambda: len(mail.raw) >= 3 and everything.all_sent())
            everything.look("at work")
            served.kill()
            everything.look("killed")
            served.start()
            everything.look("back again")
            yield everything
            database.close()
        finally:
            served.stop()


def test_nothing_on_the_disk_or_in_the_log_can_be_read(told: Told) -> None:
    wanted = needles(SECRET)
    assert {name: words for name, hay in told.left.items() if (words := found_in(hay, wanted))} == {}
    names = " ".join(told.left)
    assert "sqlite3-wal" in names
    assert "sqlite3-shm" in names
    assert "server.log" in names


def test_what_is_written_in_the_open_is_found_there(told: Told) -> None:
    """So that the test above cannot pass by looking nowhere."""
    wanted = needles([CONTROL])
    seen = [name for name, hay in told.left.items() if found_in(hay, wanted)]
    for moment in ("at work", "killed", "back again"):
        assert [name for name in seen if name.startswith(moment) and "sqlite3" in name]
        assert f"{moment}: server.log" in seen


def test_the_log_has_known_keys_alone(told: Told) -> None:
    lines = told.left["back again: server.log"].decode().splitlines()
    spoken = [json.loads(line) for line in lines if line.startswith("{")]
    assert {key for line in spoken for key in line} <= ALLOWED_KEYS
    assert {line["event"] for line in spoken} >= {"request", "refused"}
    assert {line.partition(" ")[0] for line in lines if not line.startswith("{")} <= {"database:", "front", "serving"}


def test_every_sealed_column_held_something(told: Told) -> None:
    load_tables()
    empty = []
    with told.database.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for column in table.c:
                if column.name.endswith("_sealed"):
                    blobs = connection.execute(sa.select(column).where(column.is_not(None))).scalars().all()
                    empty += [] if blobs else [f"{table.name}.{column.name}"]
                    assert all(blob[0] == 1 and len(blob) > 30 for blob in blobs)
                else:
                    assert not isinstance(column.type, sa.LargeBinary)
    # The link in a reset mail is forgotten when it is used; until then it is sealed.
    assert empty == []


def test_no_letter_says_more_than_when_and_where(told: Told) -> None:
    letters = [mail_of(raw) for raw in told.mail.raw]
    wanted = needles([*HEALTH, *LIVE.values(), *SEALED.values(), TRIED, NEWCOMER["password"], SERVICE])
    assert [words for letter in letters if (words := found_in(letter, wanted))] == []
    assert all(found_in(letter, needles(["Linden Row"])) for letter in letters)
    assert [letter for letter in letters if found_in(letter, needles([WORDS.email]))]
    assert found_in(told.left["calendar file"], needles([*HEALTH, WORDS.name, SERVICE])) == set()


def test_nothing_is_in_what_browsers_download(told: Told) -> None:
    bundle = files_of(built_folder(told.served.settings))
    wanted = needles([*SECRET, SERVICE, CONTROL])
    assert {name: words for name, hay in bundle.items() if (words := found_in(hay, wanted))} == {}
    assert any(found_in(hay, needles(["Your visit is booked"])) for hay in bundle.values())


def test_no_state_is_kept_beside_the_database(told: Told) -> None:
    assert not (SOURCES / ".states").exists()
    assert not (Path.cwd() / ".states").exists()
    kept = {path.name for path in told.served.data_dir.iterdir()}
    assert {name.partition(".")[0] for name in kept} <= {"quietroom", "server"}, kept


@pytest.mark.postgres
def test_postgres_keeps_them_sealed_too(postgres_url: str, keyring: Any, clock: Clock) -> None:
    database = Database(postgres_url, keyring, clock=clock)
    make_whole_visit(database, clock, WORDS)
    database.run(SYSTEM, people.start_reset, WORDS.email)
    database.run(SYSTEM, seal_the_rest)
    with database.engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        rows = [
            "\n".join(connection.execute(sa.text(f'SELECT t::text FROM "{table}" t')).scalars().all())
            for table in tables
        ]
    database.close()
    dump = "\n".join(rows).encode()
    assert found_in(dump, needles(SECRET)) == set()
    assert found_in(dump, needles([CONTROL]))


@pytest.mark.parametrize("dress", ["plain", "upper", "utf16", "hex", "base64", "url", "gzip", "zlib"])
def test_a_word_is_found_in_whatever_dress(dress: str) -> None:
    import base64
    import gzip
    import zlib
    from urllib.parse import quote

    word = f"ab: {WORDS.reason}!".encode()
    hidden = {
        "plain": word,
        "upper": word.upper(),
        "utf16": word.decode().encode("utf-16-le"),
        "hex": word.hex().encode(),
        "base64": base64.b64encode(word),
        "url": quote(word).encode(),
        "gzip": b"junk" + gzip.compress(word) + b"junk",
        "zlib": b"junk" + zlib.compress(word),
    }[dress]
    assert found_in(b"\0\1" + hidden + b"\2", needles([WORDS.reason]))
    assert found_in(b"\0\1" + hidden + b"\2", needles(["something else"])) == set()
