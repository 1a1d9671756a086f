"""Who may come in how often: counts of sockets and handshakes an address, and the size of a request."""

from __future__ import annotations

import ipaddress
import time
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive


@dataclass(frozen=True)
class Limits:
    """A practice of twenty behind one address stays far below these."""

    sockets_per_address: int = 200
    handshakes_per_minute: int = 240
    body_bytes: int = 256 * 1024


class SocketGate:
    """Counts the open sockets and the recent handshakes of each address."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: Counter[str] = Counter()
        self._recent: dict[str, deque[float]] = {}

    def enter(self, address: str) -> bool:
        """Takes a place for the address when it has one left; `leave` gives it back."""
        now = time.monotonic()
        recent = self._recent.setdefault(address, deque())
        while recent and recent[0] < now - 60:
            recent.popleft()
        too_many = len(recent) >= self._limits.handshakes_per_minute
        if too_many or self._open[address] >= self._limits.sockets_per_address:
            return False
        recent.append(now)
        self._open[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Gives the place back."""
        self._open[address] -= 1
        if self._open[address] <= 0:
            del self._open[address]
        if len(self._recent) > 10_000:
            self._recent = {name: seen for name, seen in self._recent.items() if name in self._open}


async def read_ahead(receive: Receive, most: int) -> Receive | None:
    """Takes the whole body in and gives it again; nothing when it grows past the limit, whatever it announced."""
    taken: deque[Message] = deque()
    size = 0
    while True:
        message = await receive()
        taken.append(message)
        size += len(message.get("body", b""))
        if size > most:
            return None
        if message["type"] != "http.request" or not message.get("more_body", False):
            break

    async def again() -> Message:
        return taken.popleft() if taken else await receive()

    return again


def neighbourhood(address: str) -> str:
    """The address that limits count by: one IPv4 address, or the /64 that one IPv6 line has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))
