"""Sessions that only read, and refuse aloud what would be lost in silence."""

from __future__ import annotations

from sqlalchemy.event import listens_for
from sqlmodel import Session, SQLModel


class WroteWhileReading(RuntimeError):
    """A service that writes was called where only reading is done; its writing would have been lost in silence."""


class ReadingSession(Session):
    """A session that refuses to write."""


def refuse_to_write_while_reading(db: Session, kind: type[SQLModel]) -> None:
    """Whoever writes past the session's bookkeeping asks first.

    Raises:
        WroteWhileReading: the session only reads.
    """
    if isinstance(db, ReadingSession):
        raise WroteWhileReading(kind.__name__)


@listens_for(ReadingSession, "before_flush")
def _refuse_to_write(session: Session, *_: object) -> None:  # pyright: ignore[reportUnusedFunction]
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in (*session.new, *session.deleted, *changed):
        raise WroteWhileReading(type(row).__name__)
