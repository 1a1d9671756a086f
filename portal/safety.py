"""What a real practice must not be served with, said in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.settings import Settings

DEMO_MARK = "made-by-the-demo"
"""A file of this name in the data folder: its people are invented and its passwords are in the README."""

_PLACEHOLDERS = ("demo", "example", "changeme", "change-me", "placeholder", "xxxx")
_KNOWN_KEYS = {"devkey", "quietroom-demo", "apitest"}
_KNOWN_SECRETS = {"secret", "devsecret"}


def refuse_unsafe(settings: Settings) -> list[str]:
    """One sentence for each unsafe value, with what to do; empty when the practice may be served."""
    return [*_address(settings), *_payments(settings), *_video(settings), *_mail(settings)]


def refuse_unsafe_files(settings: Settings, env_file: Path = Path(".env")) -> list[str]:
    """The same for what lies on the disk: secrets that others can read, data that the demo made."""
    secrets = [path for path in (settings.keys_at, env_file) if path.exists()]
    found = [
        f"{path} can be read by others on this machine. Run: chmod 600 {path}"
        for path in secrets
        if path.stat().st_mode & 0o077
    ]
    if (settings.data_dir / DEMO_MARK).exists():
        found.append(f"{settings.data_dir} holds the demo's invented practice. Give DATA_DIR a folder of its own.")
    return found


def _address(settings: Settings) -> Iterator[str]:
    parts = urlsplit(settings.address)
    if settings.demo:
        yield "DEMO is set. It belongs to `portal demo` alone; remove it from the environment and from .env."
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield "PUBLIC_URL is not an address. Write it like https://practice.example."
    elif parts.hostname == "practice.example":
        yield "PUBLIC_URL is still the one of .env.example. Write the address that people type."
    elif parts.path or parts.query or parts.fragment or parts.username:
        yield "PUBLIC_URL holds more than an address. Write it like https://practice.example, without a path."
    elif parts.scheme == "http" and not settings.on_loopback:
        yield "PUBLIC_URL is http on a public name: health data would cross the network readable. Use https."
    elif parts.scheme == "https" and settings.trusted_proxy_hops < 1:
        yield (
            "TRUSTED_PROXY_HOPS is 0 while PUBLIC_URL is https: behind the proxy every visitor would look like "
            "one and the same. Set it to the number of your proxies, mostly 1."
        )


def _payments(settings: Settings) -> Iterator[str]:
    key = settings.stripe_api_key.get_secret_value()
    secret = settings.stripe_webhook_secret.get_secret_value()
    if settings.stripe_api_base != "https://api.stripe.com":
        yield "STRIPE_API_BASE points away from Stripe. Remove it: only the demo and tests have another."
    if key and not secret:
        yield "STRIPE_WEBHOOK_SECRET is empty while STRIPE_API_KEY is set: nobody could tell a forged payment."
    if secret and not key:
        yield "STRIPE_API_KEY is empty while STRIPE_WEBHOOK_SECRET is set. Set both, or neither to take no cards."
    for name, value, start in (
        ("STRIPE_API_KEY", key, ("sk_", "rk_")),
        ("STRIPE_WEBHOOK_SECRET", secret, ("whsec_",)),
    ):
        if value and (not value.startswith(start) or _is_placeholder(value)):
            yield f"{name} is not a key of a Stripe account but an example or the demo's. Copy it from Stripe."
        elif value.startswith(("sk_test_", "rk_test_")) and not settings.on_loopback:
            yield f"{name} is a test key: on a public address people would book without paying. Use the live key."


def _video(settings: Settings) -> Iterator[str]:
    url, key = settings.livekit_url, settings.livekit_api_key
    secret = settings.livekit_api_secret.get_secret_value()
    if not (url or key or secret):
        return
    if not (url and key and secret):
        yield "LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET belong together. Set all three, or none."
        return
    if urlsplit(url).scheme not in {"ws", "wss"}:
        yield "LIVEKIT_URL is the address for browsers. Write it like wss://video.practice.example."
    elif urlsplit(url).scheme == "ws" and not settings.on_loopback:
        yield "LIVEKIT_URL is ws on a public address: browsers refuse it, and calls could be set up by others. Use wss."
    if key.lower() in _KNOWN_KEYS or secret.lower() in _KNOWN_SECRETS or _is_placeholder(secret):
        yield "LIVEKIT_API_KEY and its secret are known to everybody. Make new ones: livekit-server generate-keys"
    elif len(secret) < 32:
        yield "LIVEKIT_API_SECRET is shorter than 32 characters. Make a new one: livekit-server generate-keys"


def _mail(settings: Settings) -> Iterator[str]:
    if not settings.smtp_host:
        return
    if "@" not in settings.mail_from:
        yield "MAIL_FROM is empty while SMTP_HOST is set. Write the sender like practice@practice.example."
    if settings.smtp_user and not settings.smtp_password.get_secret_value():
        yield "SMTP_PASSWORD is empty while SMTP_USER is set."
    if settings.smtp_security == "none" and settings.smtp_host not in {"localhost", "127.0.0.1", "::1"}:
        yield "SMTP_SECURITY is none: mails would cross the network readable. Use starttls or tls."


def _is_placeholder(value: str) -> bool:
    return any(word in value.lower() for word in _PLACEHOLDERS)
