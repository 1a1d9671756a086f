"""Structured logs: only known keys are written, and of other people's records only where they came from."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any, TextIO

ALLOWED_KEYS = frozenset({
    "event", "level", "timestamp",
    "code", "error", "frames", "logger", "site",
    "method", "path", "status", "ms", "bytes", "reason",
    "port", "address", "seconds", "part", "version", "state",
    "job", "kind", "attempt", "count", "row", "outcome", "handler",
})  # fmt: skip
"""What a log line may say. Identifiers of people, words that they typed and query strings have no key."""

_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_error_code() -> str:
    """A short code that a person can read out on the phone and that finds the log line."""
    return "Q-" + "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))


def log_error(code: str, exc: BaseException) -> None:
    """Writes what broke and where, never the values that it broke on."""
    get_logger().error("failed", code=code, error=_kind(exc), frames=_frames(exc))


def log_refusal(reason: str, handler: str) -> None:
    """Writes that something was refused: why, and by which of our own names."""
    get_logger().warning("refused", reason=reason, handler=handler)


def get_logger() -> structlog.stdlib.BoundLogger:
    """The product's own logger."""
    return structlog.get_logger("portal")


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Sends everything that this process logs through the allow-list, one JSON line each."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _keep_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Strangers()]
    root.setLevel(max(number, logging.WARNING))
    for name in (
        "uvicorn",
        "uvicorn.error",
        "uvicorn.access",
        "reflex",
        "reflex_base",
        "socketio",
        "engineio",
    ):
        other = logging.getLogger(name)
        other.handlers.clear()
        other.propagate = True
        other.setLevel(logging.WARNING)


class _Strangers(logging.Handler):
    """Takes the records of libraries, whose messages may hold payloads, tokens and query strings."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the logger, the level and the place; of an exception its class and frames."""
        said: dict[str, Any] = {"logger": record.name, "site": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1] is not None:
            said |= {"error": _kind(record.exc_info[1]), "frames": _frames(record.exc_info[1])}
        if record.name == "uvicorn.error" and record.module == "on":
            # Why the server does not start or stop: said before the first request and after the last.
            said["reason"] = record.getMessage().strip().rpartition("\n")[2]
        write = get_logger().error if record.levelno >= logging.ERROR else get_logger().warning
        write("library", **said)


def _keep_allowed(_logger: object, _name: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in said.items() if key in ALLOWED_KEYS}


def _kind(exc: BaseException) -> str:
    return f"{type(exc).__module__}.{type(exc).__qualname__}"


def _frames(exc: BaseException, most: int = 12) -> list[str]:
    frames = traceback.extract_tb(exc.__traceback__)[-most:]
    return [f"{frame.filename.rpartition('/site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
