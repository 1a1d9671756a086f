"""Ports of loopback: a free one, and waiting until one is served."""

from __future__ import annotations

import socket

from tests.support.patience import until


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int) -> None:
    """Returns when somebody listens."""

    def is_served() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(is_served, found=lambda: f"nothing listens on port {port}")
