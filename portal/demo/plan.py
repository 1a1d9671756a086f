"""Where the demo's parts listen and lie, and which keys it makes up."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from portal.settings import Settings

_KEPT = {"LOG_LEVEL"}


@dataclass(frozen=True)
class Video:
    """A LiveKit server that browsers and the practice reach."""

    url: str
    api_url: str
    key: str
    secret: str


@dataclass(frozen=True)
class DemoPlan:
    """One demo on one machine: five ports in a row, one folder, keys that last as long as it runs."""

    port: int
    folder: Path
    stripe_key: str
    webhook_secret: str

    @property
    def cards_at(self) -> Path:
        """What the card sandbox remembers."""
        return self.folder / "card-sandbox.sqlite3"

    @property
    def parts_port(self) -> int:
        """The card sandbox and the mailbox page."""
        return self.port + 1

    @property
    def smtp_port(self) -> int:
        """Where the practice hands its mails in."""
        return self.port + 2

    @property
    def video_port(self) -> int:
        """livekit-server over http and ws."""
        return self.port + 3

    @property
    def video_udp_port(self) -> int:
        """livekit-server's media."""
        return self.port + 4

    @property
    def address(self) -> str:
        """What people open."""
        return f"http://localhost:{self.port}"

    @property
    def parts_address(self) -> str:
        """The card sandbox and the mailbox page."""
        return f"http://localhost:{self.parts_port}"


def plan_demo() -> DemoPlan:
    """The plan for PORT and DATA_DIR as the environment has them."""
    return DemoPlan(
        port=int(os.environ.get("PORT") or 3000),
        folder=Path(os.environ.get("DATA_DIR") or "data/demo").resolve(),
        stripe_key=f"sk_test_demo{secrets.token_hex(12)}",
        webhook_secret=f"whsec_demo{secrets.token_hex(12)}",
    )


def video_in_the_environment() -> Video | None:
    """A LiveKit server that the person at the keyboard brings along."""
    names = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
    url, key, secret = (os.environ.get(name, "") for name in names)
    if not (url and key and secret):
        return None
    return Video(url, os.environ.get("LIVEKIT_API_URL") or url.replace("ws", "http", 1), key, secret)


def demo_environment(plan: DemoPlan, video: Video) -> dict[str, str]:
    """The whole environment of the demo's processes: nothing of a real practice on this machine is left in it."""
    names = {name.upper() for name in Settings.model_fields} - _KEPT
    clean = {name: value for name, value in os.environ.items() if name.upper() not in names}
    return clean | {
        "DEMO": "true",
        "PORT": str(plan.port),
        "DATA_DIR": str(plan.folder),
        "STRIPE_API_KEY": plan.stripe_key,
        "STRIPE_WEBHOOK_SECRET": plan.webhook_secret,
        "STRIPE_API_BASE": plan.parts_address,
        "LIVEKIT_URL": video.url,
        "LIVEKIT_API_URL": video.api_url,
        "LIVEKIT_API_KEY": video.key,
        "LIVEKIT_API_SECRET": video.secret,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(plan.smtp_port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "practice@quietroom.test",
    }
