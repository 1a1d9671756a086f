"""Takes every mail that the practice sends, on loopback, and keeps it in files."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

_NAME = re.compile(r"^\d{20}-[0-9a-f]{8}$")
_MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Received:
    """A mail as it came in. `recipients` are those of the envelope."""

    id: str
    at: datetime
    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject, readable."""
        return str(self.message["subject"] or "(no subject)")

    @property
    def text(self) -> str:
        """The plain part."""
        part = self.message.get_body(preferencelist=("plain",))
        return str(part.get_content()) if part else ""

    @property
    def html(self) -> str:
        """The HTML part, empty when there is none."""
        part = self.message.get_body(preferencelist=("html",))
        return str(part.get_content()) if part else ""

    @property
    def files(self) -> list[EmailMessage]:
        """The attachments."""
        return [part for part in self.message.iter_attachments() if isinstance(part, EmailMessage)]


def file_name(part: EmailMessage, number: int) -> str:
    """What an attachment is called."""
    return part.get_filename() or f"attachment-{number + 1}"


def file_bytes(part: EmailMessage) -> bytes:
    """What an attachment holds."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


class Mailbox:
    """The folder of received mails: one `.eml` and one `.json` (the envelope) each, named by time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, at: datetime, sender: str, recipients: list[str], raw: bytes) -> str:
        """Keep a mail; it is listed once it is whole on the disk."""
        name = f"{int(at.timestamp() * 1_000_000):020d}-{secrets.token_hex(4)}"
        self._write(f"{name}.eml", raw)
        self._write(f"{name}.json", json.dumps({"from": sender, "to": recipients}).encode())
        return name

    def newest_first(self) -> list[Received]:
        """All mails."""
        names = sorted((path.stem for path in self._folder.glob("*.json")), reverse=True)
        return [mail for name in names if (mail := self.get(name)) is not None]

    def get(self, name: str) -> Received | None:
        """One mail."""
        if not _NAME.match(name) or not (self._folder / f"{name}.json").is_file():
            return None
        envelope = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
        raw = (self._folder / f"{name}.eml").read_bytes()
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(raw)
        at = datetime.fromtimestamp(int(name[:20]) / 1_000_000, UTC)
        return Received(name, at, envelope["from"], tuple(envelope["to"]), message)

    def _write(self, name: str, content: bytes) -> None:
        unfinished = self._folder / f".{name}.part"
        unfinished.write_bytes(content)
        unfinished.replace(self._folder / name)


@dataclass
class SmtpSink:
    """What the SMTP server does with a mail. `say_later` is how many mails to put off with a 451 first."""

    mailbox: Mailbox
    clock: Callable[[], datetime]
    say_later: int = 0
    refuse: set[str] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take every address but those in `refuse`."""
        if address in self.refuse:
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail, or put it off."""
        if self.say_later > 0:
            self.say_later -= 1
            return "451 4.3.0 try later"
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self.mailbox.put(self.clock(), envelope.mail_from or "", list(envelope.rcpt_tos), raw)
        return "250 OK"


@contextlib.asynccontextmanager
async def receiving(sink: SmtpSink, port: int) -> AsyncIterator[int]:
    """An SMTP server on loopback while this lasts; yields its port (0 takes a free one)."""
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(sink, hostname="localhost", enable_SMTPUTF8=True, data_size_limit=_MOST_BYTES, loop=loop)

    server = await loop.create_server(protocol, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
