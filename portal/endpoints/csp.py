"""What a browser may do with our pages: the content security policy and the headers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.settings import Settings

_CLOUD = ".livekit.cloud"


def content_policy(settings: Settings, script_hashes: Sequence[str]) -> str:
    """Own scripts and the hashed inline ones; no eval; the network is this host and the video server."""
    scripts = " ".join(["'self'", *(f"'{found}'" for found in script_hashes)])
    network = " ".join(["'self'", _as_socket(settings.address), *_video_origins(settings.livekit_url)])
    return "; ".join([
        "default-src 'none'",
        f"script-src {scripts}",
        "style-src 'self' 'unsafe-inline'",
        f"connect-src {network}",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ])  # fmt: skip


def security_headers(settings: Settings, policy: str) -> list[tuple[bytes, bytes]]:
    """The headers that every answer carries."""
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), "
        "autoplay=(self), picture-in-picture=(self), speaker-selection=(self), "
        "geolocation=(), payment=(), usb=(), browsing-topics=()",
    }
    if settings.address.startswith("https://"):
        headers["strict-transport-security"] = "max-age=31536000"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def dress_code(path: str, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer at `path`: scripts, sheets, fonts and pictures need no leave, twenty times a page.

    They still may load nothing, should somebody open one as a page.
    """
    if not path.endswith(_NEVER_A_PAGE):
        return headers
    kept = [(name, value) for name, value in headers if name not in _FOR_PAGES]
    return [(b"content-security-policy", b"default-src 'none'"), *kept]


_NEVER_A_PAGE = (".js", ".css", ".woff2", ".json", ".svg", ".ico", ".png")
_FOR_PAGES = {b"content-security-policy", b"permissions-policy", b"cross-origin-opener-policy"}


def cache_rule(path: str) -> bytes:
    """Hashed files stay for ever, pages are asked for each time, answers of the API are never kept."""
    if path.startswith("/assets/"):
        return b"public, max-age=31536000, immutable"
    if path.startswith(("/api/", "/webhooks/", "/healthz")):
        return b"no-store"
    return b"no-cache"


def _as_socket(address: str) -> str:
    return address.replace("http", "ws", 1)


def _video_origins(livekit_url: str) -> list[str]:
    parts = urlsplit(livekit_url)
    if not parts.netloc:
        return []
    secure = parts.scheme in {"wss", "https"}
    hosts = [parts.netloc] + ([f"*{_CLOUD}"] if parts.netloc.endswith(_CLOUD) else [])
    schemes = ("wss", "https") if secure else ("ws", "http")
    return [f"{scheme}://{host}" for host in hosts for scheme in schemes]
