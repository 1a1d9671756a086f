"""Letters over real SMTP."""

import asyncio
import email
import email.policy

import pytest

from portal.gateways.mail import Attachment, MailRefused, MailUnavailable
from portal.gateways.smtp_mail import NoMail, SmtpMail, SmtpServer
from tests.mail.conftest import SENDER, a_letter
from tests.support.counter import counter
from tests.support.ports import free_port


def send(mail, letter):
    asyncio.run(mail.send(letter))


class TestTaken:
    def test_a_letter_arrives_as_it_was_written(self, mail, smtp_server):
        attached = Attachment("a.txt", b"\x00\xffbytes", "application/octet-stream")
        send(mail, a_letter(to_name="Rósa Vargová", html="<p>Čau</p>", attachments=(attached,)))
        letter = smtp_server.letters[0]
        assert smtp_server.envelopes == [("hello@lindenrow.example", ["rosa@example.org"])]
        assert str(letter["from"]) == SENDER
        assert str(letter["to"]) == "Rósa Vargová <rosa@example.org>"
        assert letter["message-id"] == "<appt.1.confirmation.0@lindenrow.example>"
        assert letter["auto-submitted"] == "auto-generated"
        assert letter["date"].datetime.tzinfo is not None
        assert letter.get_body(("plain",)).get_content().splitlines() == a_letter().text.splitlines()
        assert letter.get_body(("html",)).get_content().strip() == "<p>Čau</p>"
        [part] = letter.iter_attachments()
        assert (part.get_filename(), part.get_content()) == ("a.txt", b"\x00\xffbytes")

    def test_the_practice_signs_with_its_own_name(self, mail, smtp_server):
        send(mail, a_letter(from_name="Østerbro Terapi, ApS"))
        sender = smtp_server.letters[0]["from"].addresses[0]
        assert (sender.display_name, sender.addr_spec) == ("Østerbro Terapi, ApS", "hello@lindenrow.example")

    def test_a_domain_in_another_script_is_written_for_the_line(self, mail, smtp_server):
        send(mail, a_letter(to="rosa@bücher.example"))
        assert smtp_server.envelopes[0][1] == ["rosa@xn--bcher-kva.example"]

    def test_a_line_of_one_dot_does_not_end_the_letter(self, mail, smtp_server):
        send(mail, a_letter(text="before\n.\nafter\n"))
        assert smtp_server.letters[0].get_content().split() == ["before", ".", "after"]


class TestPutOff:
    def test_later_is_said_and_the_second_try_arrives_with_the_same_id(self, mail, smtp_server):
        smtp_server.answers = ["451 4.3.0 try later"]
        with pytest.raises(MailUnavailable) as failure:
            send(mail, a_letter())
        assert failure.value.code == "letter_later"
        send(mail, a_letter())
        assert [letter["message-id"] for letter in smtp_server.letters] == [a_letter().message_id]

    def test_nobody_there(self):
        with pytest.raises(MailUnavailable) as failure:
            send(SmtpMail(SmtpServer("127.0.0.1", free_port(), "none", SENDER)), a_letter())
        assert failure.value.code == "no_answer"

    def test_a_server_that_says_nothing(self):
        async def silent():
            async def hold(_reader, writer):
                await asyncio.sleep(1)
                writer.close()

            server = await asyncio.start_server(hold, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            way = SmtpMail(SmtpServer("127.0.0.1", port, "none", SENDER, timeout_seconds=0.2))
            with pytest.raises(MailUnavailable):
                await way.send(a_letter())
            server.close()

        asyncio.run(silent())

    def test_a_wrong_password_keeps_the_letter(self, smtp_server):
        way = SmtpMail(SmtpServer(smtp_server.host, smtp_server.port, "none", SENDER, "user", "wrong"))
        with pytest.raises(MailUnavailable):
            send(way, a_letter())
        assert smtp_server.letters == []

    def test_no_server_named(self):
        with pytest.raises(MailUnavailable) as failure:
            send(NoMail(), a_letter())
        assert failure.value.code == "not_configured"


class TestRefused:
    def test_the_letter_for_good(self, mail, smtp_server):
        smtp_server.answers = ["554 5.6.0 no such letters here"]
        with pytest.raises(MailRefused) as failure:
            send(mail, a_letter())
        assert failure.value.code == "letter"

    @pytest.mark.stripe_http
    def test_the_person_for_good(self, tmp_path):
        with counter(tmp_path) as desk:
            desk.sink.refuse.add("gone@example.org")
            way = SmtpMail(SmtpServer("127.0.0.1", desk.plan.smtp_port, "none", SENDER))
            with pytest.raises(MailRefused) as failure:
                send(way, a_letter(to="gone@example.org"))
            assert failure.value.code == "recipient"


@pytest.mark.smtp
class TestSecured:
    def test_a_certificate_that_nobody_vouches_for_stops_the_letter(self, secured):
        sink, server = secured
        with pytest.raises(MailUnavailable):
            send(SmtpMail(server), a_letter())
        assert sink.letters == []

    def test_a_trusted_one_lets_it_through(self, secured, certificate, monkeypatch):
        sink, server = secured
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        send(SmtpMail(server), a_letter())
        assert len(sink.letters) == 1

    def test_a_server_without_encryption_gets_nothing(self, smtp_server):
        with pytest.raises(MailUnavailable):
            send(SmtpMail(SmtpServer("localhost", smtp_server.port, "starttls", SENDER)), a_letter())
        assert smtp_server.letters == []


HOSTILE = [
    "Rosa\r\nBcc: everybody@example.org",
    "Rosa\nX-Evil: 1\n\nbody",
    'Rosa" <evil@example.org>, "',
    "Rosa\u2028Bcc: a@b.example",
    "\u202egnp.exe",
    "Rosa\0\x1b[31m",
    "=?utf-8?q?Rosa=0D=0ABcc:_a@b.example?=",
    "R" * 5000,
    "\ud800 lone",
    "",
    "  ",
    "Ünïcödé 🌿 家族",
]


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_names_stay_inside_their_header(self, mail, smtp_server, name):
        letter = a_letter(to_name=name, from_name=name, subject=name, text=name, headers=(("X-Note", name),))
        send(mail, letter)
        [arrived] = smtp_server.letters
        assert smtp_server.envelopes == [("hello@lindenrow.example", ["rosa@example.org"])]
        assert [to.addr_spec for to in arrived["to"].addresses] == ["rosa@example.org"]
        assert [sender.addr_spec for sender in arrived["from"].addresses] == ["hello@lindenrow.example"]
        assert {"bcc", "x-evil"} & {header.lower() for header in arrived} == set()
        assert not any(defect for header in arrived.values() for defect in getattr(header, "defects", ()))

    @pytest.mark.parametrize("name", HOSTILE)
    def test_file_names_stay_inside_theirs(self, mail, smtp_server, name):
        send(mail, a_letter(attachments=(Attachment(f"../{name}.ics", b"x", "text/calendar"),)))
        [part] = smtp_server.letters[0].iter_attachments()
        assert part.get_content_type() == "text/calendar"
        assert not set("/\\\r\n") & set(part.get_filename())

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "rosa",
            "rosa@",
            "@example.org",
            "rosa@example.org\r\nRCPT TO:<evil@example.org>",
            "rosa@example.org, evil@example.org",
            "rosa@example.org evil@example.org",
            "<rosa@example.org>",
            "rósa@example.org",
            f"{'r' * 250}@example.org",
            "rosa@exa..mple.org",
        ],
    )
    def test_addresses_that_are_none_are_refused(self, mail, smtp_server, address):
        with pytest.raises(MailRefused) as failure:
            send(mail, a_letter(to=address))
        assert failure.value.code == "address"
        assert smtp_server.letters == []

    @pytest.mark.parametrize("header", ["Bcc", "to", "X-A\r\nBcc", "X A", ""])
    def test_headers_of_ours_cannot_be_taken(self, mail, header):
        with pytest.raises(MailRefused):
            send(mail, a_letter(headers=((header, "evil@example.org"),)))

    @pytest.mark.parametrize("message_id", ["", "x@y", "<x y@z>", "<x@y>\r\nBcc: a@b", "<x@y@z>"])
    def test_message_ids_that_are_none_are_refused(self, mail, message_id):
        with pytest.raises(MailRefused):
            send(mail, a_letter(message_id=message_id))


def test_lines_are_short_enough_for_every_server(mail, smtp_server):
    send(mail, a_letter(subject="ü" * 190, text="long " * 500, html=f"<p>{'x' * 5000}</p>"))
    raw = smtp_server.letters[0].as_bytes(policy=email.policy.SMTP)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
