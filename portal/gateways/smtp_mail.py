"""Mail by SMTP, safe against hostile names, and honest about what may be tried again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Literal

import aiosmtplib

from portal.gateways.mail import Attachment, Letter, MailRefused, MailUnavailable
from portal.storage.clock import utc_now

Security = Literal["starttls", "tls", "none"]

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OWN_HEADERS = frozenset(
    {"from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "mime-version", "content-type"}
)
_DROPPED = frozenset({"Cf", "Cs", "Co", "Cn"})  # invisible marks, such as those that turn the reading direction
_LONGEST = 200


@dataclass(frozen=True)
class SmtpServer:
    """Where letters go out. `sender` is an address, or "Name <address>"."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
    timeout_seconds: float = 30


class SmtpMail:
    """The `Mail` gateway by SMTP: one connection a letter."""

    def __init__(self, server: SmtpServer, clock: Callable[[], datetime] = utc_now) -> None:
        self._server = server
        self._clock = clock

    async def send(self, letter: Letter) -> None:
        """Hand a letter over; returns once the server has taken it. Raises a MailError."""
        sender = parseaddr(self._server.sender)[1]
        message = composed(letter, self._server.sender, self._clock())
        try:
            async with self._connection() as connection:
                await connection.sendmail(sender, [_address(letter.to)], message.as_bytes())
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _by_code(error.recipients[0].code, "recipient") from error
        except aiosmtplib.SMTPDataError as error:
            raise _by_code(error.code, "letter") from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise MailUnavailable("authentication") from error
        except aiosmtplib.SMTPException as error:  # no answer, no encryption, sender not allowed: ours to mend
            raise MailUnavailable(_reason(error)) from error
        except OSError as error:
            raise MailUnavailable("no_answer") from error

    def _connection(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=server.timeout_seconds,
        )


class NoMail:
    """The `Mail` gateway of a practice that has not named a mail server yet: letters wait."""

    async def send(self, letter: Letter) -> None:
        """Say "later", always."""
        raise MailUnavailable("not_configured")


def composed(letter: Letter, sender: str, now: datetime) -> EmailMessage:
    """The mail as it goes over the line. Raises MailRefused when an address or the message id is none."""
    name, address = parseaddr(sender)
    if not _MESSAGE_ID.fullmatch(letter.message_id):
        raise MailRefused("message_id")
    message = EmailMessage(policy.SMTP)
    message["From"] = _mailbox(letter.from_name or name, address)
    message["To"] = _mailbox(letter.to_name, letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.message_id
    for header, value in {"Auto-Submitted": "auto-generated", **dict(letter.headers)}.items():
        if not _HEADER_NAME.fullmatch(header) or header.lower() in _OWN_HEADERS:
            raise MailRefused("header")
        message[header] = one_line(value)
    message.set_content(_encodable(letter.text), cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(_encodable(letter.html), subtype="html", cte="quoted-printable")
    for attachment in letter.attachments:
        _attach(message, attachment)
    return message


def one_line(text: str) -> str:
    """What people typed, fit for a header: no line breaks, no control characters, no hidden marks."""
    visible = "".join(_visible(character) for character in text)
    plain = visible.replace("=?", "= ?")  # else a reader would decode "=?utf-8?…?=", line breaks in it too
    return " ".join(plain.split())[:_LONGEST]


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    return " " if category in {"Cc", "Zl", "Zp"} else character


def _encodable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _mailbox(name: str, address: str) -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=_address(address))
    except (ValueError, IndexError) as wrong:
        raise MailRefused("address") from wrong


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise MailRefused("address")
    local, _, domain = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError as wrong:
        raise MailRefused("address") from wrong


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    probe = EmailMessage(policy.SMTP)
    probe["Content-Type"] = one_line(attachment.content_type)
    main, _, sub = probe.get_content_type().partition("/")
    message.add_attachment(
        attachment.content,
        maintype=main,
        subtype=sub,
        filename=re.sub(r"[/\\:]", "-", one_line(attachment.filename)) or "attachment",
        params=dict(probe["Content-Type"].params),
    )


def _by_code(code: int, what: str) -> MailRefused | MailUnavailable:
    return MailRefused(what) if 500 <= code < 600 else MailUnavailable(f"{what}_later")


def _reason(error: aiosmtplib.SMTPException) -> str:
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        return "sender"
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        return "not_supported"
    return "no_answer"
