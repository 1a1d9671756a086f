"""What the practice needs from a mail server, and what a letter may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class MailError(Exception):
    """Root of what can keep a letter from leaving. `code` is stable and free of personal data."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailUnavailable(MailError):
    """Not now: the server is away or says "later". The same letter may be sent again."""


class MailRefused(MailError):
    """Never: the address or the letter is refused for good."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; `content_type` may carry parameters."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Letter:
    """One mail to one person.

    `message_id` ("<…@practice.example>") belongs to the row behind the letter and stays the same when
    it is sent again, so that the receiving side can tell a repetition. `headers` are further ones, such as
    `Auto-Submitted`. Names, subject and headers may hold what people type: line breaks and control characters
    are taken out.
    """

    to: str
    subject: str
    text: str
    message_id: str
    html: str | None = None
    to_name: str = ""
    from_name: str = ""
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


class Mail(Protocol):
    """A way out for letters."""

    async def send(self, letter: Letter) -> None:
        """Hand a letter over; returns once the server has taken it. Raises a MailError."""
        ...
