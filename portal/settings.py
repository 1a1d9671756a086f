"""Every environment variable of the product, typed, with the default that runs on a fresh machine."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the machine says about itself. Names are upper-case in the environment and in `.env`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    public_url: str = Field(default="", description="Address that people type; empty means http://localhost:PORT.")
    port: int = Field(default=3000, description="Loopback port that the server listens on.")
    data_dir: Path = Field(default=Path("data"), description="Folder of the database, the lock and the logs.")
    database_url: str = Field(default="", description="postgresql+psycopg://… ; empty means SQLite in DATA_DIR.")
    key_file: Path = Field(default=Path(), description="File of the encryption keys; empty means beside DATA_DIR.")
    trusted_proxy_hops: int = Field(default=0, description="How many proxies of ours stand in front.")
    log_level: str = Field(default="info", description="debug, info, warning or error.")

    stripe_api_key: SecretStr = Field(default=SecretStr(""), description="Secret key of the Stripe account.")
    stripe_webhook_secret: SecretStr = Field(default=SecretStr(""), description="Signing secret of /webhooks/stripe.")
    stripe_api_base: str = Field(default="https://api.stripe.com", description="Only the demo and tests change it.")

    livekit_url: str = Field(default="", description="wss:// address that browsers reach.")
    livekit_api_url: str = Field(
        default="", description="http address that the server reaches; empty: from LIVEKIT_URL."
    )
    livekit_api_key: str = Field(default="", description="Key of the LiveKit server.")
    livekit_api_secret: SecretStr = Field(
        default=SecretStr(""), description="Secret to that key, 32 characters or more."
    )

    smtp_host: str = Field(default="", description="Mail server; empty: mails wait in the outbox.")
    smtp_port: int = Field(default=587, description="Port of the mail server.")
    smtp_user: str = Field(default="", description="Account at the mail server.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password of that account.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the line is secured."
    )
    mail_from: str = Field(default="", description="Sender of every mail.")

    demo: bool = Field(default=False, description="Set by `portal demo` alone.")

    @property
    def address(self) -> str:
        """The one origin that people use, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def bundle_url(self) -> str:
        """What is baked into the bundle: the browser swaps the host, and drops the port on https."""
        return f"http://localhost:{self.port}"

    @property
    def on_loopback(self) -> bool:
        """Whether people reach the practice by plain http on this machine."""
        parts = urlsplit(self.address)
        return parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'quietroom.sqlite3'}"

    @property
    def keys_at(self) -> Path:
        """Where the encryption keys lie: never inside the data folder that gets backed up."""
        if self.key_file != Path():
            return self.key_file
        return self.data_dir.resolve().parent / f"{self.data_dir.resolve().name}.keys.json"


@functools.cache
def settings() -> Settings:
    """The settings of this process, read once. The demo takes nothing from the `.env` of a real practice."""
    return Settings(_env_file=None) if os.environ.get("DEMO") else Settings()  # pyright: ignore[reportCallIssue]
