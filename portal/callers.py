"""Who is calling: the two cookies and the network address, made into a viewer for pages and endpoints alike."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from http.cookies import CookieError, SimpleCookie

from portal.clinic.people import service as people
from portal.settings import Settings
from portal.storage.work import ANONYMOUS, Viewer
from portal.wiring import parts

_NO_PLACE = re.compile("[\\0\\ud800-\\udfff]")

VISITOR_SECONDS = 24 * 60 * 60
SESSION_SECONDS = 24 * 60 * 60  # the longest session; the row decides when it really ends


def visitor_cookie(settings: Settings) -> str:
    """Browsers keep the `__Host-` prefix for https alone, so loopback http has a name of its own."""
    return _named("qr_visitor", settings)


def session_cookie(settings: Settings) -> str:
    """The name of the cookie that holds the session's secret."""
    return _named("qr_session", settings)


def read_cookie(header: str, name: str) -> str:
    """The value in a Cookie header, or nothing."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def new_secret() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def cookie_line(name: str, value: str, seconds: int, *, secure: bool, same_site: str = "Strict") -> str:
    """A Set-Cookie header: this host alone, out of reach of scripts.

    The session is Strict: never sent from other sites. The visitor cookie is Lax, for somebody who comes back by a
    link must find the time that is held for them, and it opens nothing else.
    """
    line = f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={same_site}"
    return f"{line}; Secure" if secure else line


def _named(name: str, settings: Settings) -> str:
    return name if settings.address.startswith("http://") else f"__Host-{name}"


def client_address(headers: Mapping[str, str], peer: str, hops: int) -> str:
    """The caller's network address; forwarded ones count only through as many proxies as are ours."""
    forwarded = [part.strip() for part in headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if hops and forwarded:
        return forwarded[-min(hops, len(forwarded))]
    return peer


def has_no_place(sent: object) -> bool:
    """Whether what was sent holds text that no database keeps: a NUL, or half of a surrogate pair."""
    waiting = [sent]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) and _NO_PLACE.search(part):
            return True
        if isinstance(part, Mapping):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple):
            waiting += part
    return False


async def viewer_from(cookies: str, address: str) -> Viewer:
    """The viewer behind a Cookie header: the signed-in person, or an anonymous visitor.

    Each call looks the session up, so that a sign-out or a disabled account counts at once.
    """
    here = parts()
    visitor = read_cookie(cookies, visitor_cookie(here.settings))
    index = here.database.keyring.index
    anonymous = Viewer(
        visitor=index("visitor", visitor) if visitor else None,
        address=index("address", address) if address else None,
    )
    token = read_cookie(cookies, session_cookie(here.settings))
    person = await here.database.read(ANONYMOUS, people.viewer_of, token) if token else None
    if person is None:
        return anonymous
    return replace(person, visitor=anonymous.visitor, address=anonymous.address)


async def keep_alive(viewer: Viewer) -> None:
    """Note a sign of life of the viewer's session, at most once a minute."""
    if viewer.session_id is None:
        return
    database = parts().database
    if await database.read(viewer, people.needs_touch, viewer.session_id):
        await database.transact(viewer, people.touch, viewer.session_id)
