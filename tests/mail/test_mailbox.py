"""The demo's mailbox: what is sent stands there, and stays."""

import httpx
import pytest

from portal.gateways.calendar import Method, calendar_attachment
from portal.gateways.mail import MailUnavailable
from portal.gateways.smtp_mail import SmtpMail, SmtpServer
from tests.mail.conftest import SENDER, a_letter
from tests.mail.test_calendar import an_entry
from tests.support.counter import ask, counter

pytestmark = pytest.mark.smtp


@pytest.fixture
def desk(tmp_path):
    with counter(tmp_path) as running:
        yield running


def send(desk, **changes):
    way = SmtpMail(SmtpServer("127.0.0.1", desk.plan.smtp_port, "none", SENDER))
    ask(way.send(a_letter(**changes)))


def get(desk, path):
    return httpx.get(f"{desk.url}{path}", trust_env=False)


def test_lists_newest_first(desk):
    for number in range(3):
        send(desk, subject=f"Letter {number}")
    assert [mail.subject for mail in desk.mailbox.newest_first()] == ["Letter 2", "Letter 1", "Letter 0"]
    page = get(desk, "/mailbox/").text
    assert page.index("Letter 2") < page.index("Letter 0")


def test_shows_a_letter_with_its_links_and_its_calendar_file(desk):
    send(desk, attachments=(calendar_attachment(an_entry(), Method.REQUEST),))
    [mail] = desk.mailbox.newest_first()
    page = get(desk, f"/mailbox/{mail.id}/").text
    assert '<a href="http://localhost:3000/visits/">http://localhost:3000/visits/</a>' in page
    file = get(desk, f"/mailbox/{mail.id}/files/0")
    assert file.content.startswith(b"BEGIN:VCALENDAR")
    assert 'method="REQUEST"' in file.headers["content-type"]
    [same] = get(desk, "/mailbox/messages.json").json()
    assert same["links"] == ["http://localhost:3000/visits/"]
    assert "DTSTART:20260319T103000Z" in same["files"][0]["text"]


def test_writes_hostile_letters_as_text(desk):
    send(desk, subject="<script>alert(1)</script>", text='<img src=x onerror=alert(1)> http://x.example/"><b>')
    [mail] = desk.mailbox.newest_first()
    for path in ("/mailbox/", f"/mailbox/{mail.id}/"):
        answer = get(desk, path)
        assert "<script" not in answer.text
        assert "<img" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_shows_formatting_in_a_closed_frame(desk):
    send(desk, html="<script>alert(1)</script><p>Hello</p>")
    [mail] = desk.mailbox.newest_first()
    answer = get(desk, f"/mailbox/{mail.id}/html")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_keeps_letters_over_a_restart(tmp_path):
    with counter(tmp_path) as desk:
        send(desk)
    with counter(tmp_path) as desk:
        assert len(desk.mailbox.newest_first()) == 1


def test_can_put_letters_off(desk):
    desk.sink.say_later = 1
    with pytest.raises(MailUnavailable):
        send(desk)
    send(desk)
    assert len(desk.mailbox.newest_first()) == 1


@pytest.mark.parametrize(
    "path", ["x/", "..%2f..%2fetc/", "00000000000000000000-00000000/", "x/html", "x/files/0", "x/files/99"]
)
def test_knows_nothing_else(desk, path):
    assert get(desk, f"/mailbox/{path}").status_code == 404
