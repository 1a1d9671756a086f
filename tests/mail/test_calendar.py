"""What a calendar program reads in our files."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.gateways.calendar import CalendarEntry, Method, calendar_attachment, calendar_file
from tests.mail.conftest import a_letter
from tests.support.counter import ask

LONDON = ZoneInfo("Europe/London")


def an_entry(**changes) -> CalendarEntry:
    starts = datetime(2026, 3, 19, 10, 30, tzinfo=LONDON)
    values = {
        "public_id": "8f3a1c2d9b7e4f60a1b2c3d4",
        "sequence": 0,
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=50),
        "stamped_at": datetime(2026, 3, 1, 8, tzinfo=UTC),
        "practice_name": "Linden Row Counselling",
        "practice_email": "hello@lindenrow.example",
        "attendee_email": "rosa@example.org",
        "url": "https://lindenrow.example/visits/detail/?id=8f3a1c2d9b7e4f60a1b2c3d4",
        "description": "Sign in to see everything about it, or to change it:",
    }
    return CalendarEntry(**{**values, **changes})


def read(raw: bytes):
    calendar = icalendar.Calendar.from_ical(raw)
    [event] = calendar.walk("VEVENT")
    assert event.errors == []
    return calendar, event


class TestInvitation:
    def test_reads_back(self):
        calendar, event = read(calendar_file(an_entry(), Method.REQUEST))
        assert calendar["METHOD"] == "REQUEST"
        assert event["UID"] == "8f3a1c2d9b7e4f60a1b2c3d4@quietroom"
        assert event["SEQUENCE"] == 0
        assert event.decoded("DTSTART") == datetime(2026, 3, 19, 10, 30, tzinfo=UTC)
        assert event.decoded("DTEND") == datetime(2026, 3, 19, 11, 20, tzinfo=UTC)
        assert event["STATUS"] == "CONFIRMED"
        assert event["ORGANIZER"] == "mailto:hello@lindenrow.example"
        assert event["ATTENDEE"] == "mailto:rosa@example.org"
        assert event["SUMMARY"] == "Linden Row Counselling"

    def test_instants_are_written_in_utc(self):
        summer = datetime(2026, 7, 1, 10, 30, tzinfo=LONDON)
        raw = calendar_file(an_entry(starts_at=summer, ends_at=summer + timedelta(hours=1)), Method.REQUEST)
        assert b"DTSTART:20260701T093000Z" in raw
        assert b"VTIMEZONE" not in raw

    def test_says_nothing_but_practice_time_and_link(self):
        _, event = read(calendar_file(an_entry(), Method.REQUEST))
        said = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "STATUS"}
        assert set(event) == said | {"TRANSP", "CLASS", "ORGANIZER", "ATTENDEE"}

    def test_lines_end_and_fold_as_the_standard_wants(self):
        raw = calendar_file(an_entry(practice_name="Ö" * 150), Method.REQUEST)
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert max(len(line) for line in raw.split(b"\r\n")) <= 75


class TestCancellation:
    def test_takes_the_same_entry_out(self):
        calendar, event = read(calendar_file(an_entry(sequence=2), Method.CANCEL))
        assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
        assert event["UID"] == read(calendar_file(an_entry(), Method.REQUEST))[1]["UID"]


class TestDownload:
    def test_invites_nobody(self):
        calendar, event = read(calendar_file(an_entry(), Method.PUBLISH))
        assert calendar["METHOD"] == "PUBLISH"
        assert "ATTENDEE" not in event


class TestHostileNames:
    @pytest.mark.parametrize(
        "name",
        [
            "A\r\nATTENDEE:mailto:evil@example.org",
            "A\nEND:VEVENT",
            'A";X="1',
            "A;B,C\\n:D",
            "\u2028END:VCALENDAR",
            "^n^'^^",
            "",
            "Ünïcödé 🌿",
        ],
    )
    def test_stay_inside_their_line(self, name):
        raw = calendar_file(an_entry(practice_name=name, description=name), Method.REQUEST)
        _, event = read(raw)
        assert raw.count(b"BEGIN:VEVENT") == raw.count(b"\r\nEND:VEVENT\r\n") == 1
        assert event["ATTENDEE"] == "mailto:rosa@example.org"
        assert event["SUMMARY"] == " ".join(name.split())

    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=120))
    def test_any_name_reads_back_as_one_event(self, name):
        _, event = read(calendar_file(an_entry(practice_name=name), Method.REQUEST))
        assert event["ATTENDEE"] == "mailto:rosa@example.org"
        assert event.decoded("DTSTART") == datetime(2026, 3, 19, 10, 30, tzinfo=UTC)


class TestByMail:
    @pytest.mark.parametrize("method", [Method.REQUEST, Method.CANCEL])
    def test_carries_its_method_in_the_content_type(self, mail, smtp_server, method):
        attachment = calendar_attachment(an_entry(), method)
        assert attachment.content_type == f"text/calendar; method={method.value}; charset=utf-8"
        ask(mail.send(a_letter(attachments=(attachment,))))
        [part] = smtp_server.letters[0].iter_attachments()
        assert part.get_content_type() == "text/calendar"
        assert part.get_param("method") == method.value
        assert part.get_content_charset() == "utf-8"
        _, event = read(part.get_payload(decode=True))
        assert event.decoded("DTSTART") == datetime(2026, 3, 19, 10, 30, tzinfo=UTC)
