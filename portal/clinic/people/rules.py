"""What is true of people: addresses, names, passwords, how long a session lasts. The law: docs/rules/access.md."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal.clinic.people.values import SessionTerms
from portal.storage.work import Role

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_NAME = 80
_STAFF = SessionTerms(idle=timedelta(minutes=15), longest=timedelta(hours=12))
_PATIENT = SessionTerms(idle=timedelta(minutes=30), longest=timedelta(hours=24))
RESET_LASTS = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=7)
INVITE_AGAIN_AFTER = timedelta(minutes=1)  # a second press is not a second letter

# The commonest long passwords of published leaks; shorter ones fail by length.
_WELL_KNOWN = frozenset(
    "password1234 passwordpassword 123456789012 1234567890123 qwertyuiop12 qwertyuiopas 111111111111 000000000000 "
    "iloveyou1234 administrator adminadmin12 letmeinletmein welcome12345 abcdefghijkl changemenow1 qwerty123456".split()
)


def session_terms(roles: frozenset[Role]) -> SessionTerms:
    """Staff sessions end sooner, for they open more."""
    return _STAFF if roles & {Role.CLINICIAN, Role.OWNER} else _PATIENT


def clean_line(text: str, longest: int) -> str:
    """One line of text: control and format characters gone, spaces single, NFC, cut at `longest`."""
    kept = "".join(" " if unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cc"} else sign for sign in text)
    kept = "".join(sign for sign in kept if unicodedata.category(sign) not in {"Cf", "Cs", "Co"})
    return unicodedata.normalize("NFC", " ".join(kept.split()))[:longest].strip()


def clean_email(address: str) -> str:
    """The address as it is looked up: trimmed, lower case."""
    return address.strip().lower()


def email_problem(address: str) -> str | None:
    """The code of what is wrong with an address, or None."""
    name, at, host = address.partition("@")
    if not address:
        return "missing"
    if not at or not name or len(address) > 254 or any(sign.isspace() for sign in address):
        return "email_incomplete"
    if "." not in host.strip(".") or host.startswith((".", "-")) or host.endswith((".", "-")) or "@" in host:
        return "email_host"
    if not address.isprintable() or any(sign in address for sign in '<>,;:"()[]\\'):
        return "email_incomplete"
    return None


def one_form(password: str) -> str:
    """A password in one form: keyboards write the same sign in several ways (NIST SP 800-63B: NFKC before hashing)."""
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, email: str, name: str) -> str | None:
    """The code of what is wrong with a new password, or None (NIST SP 800-63B 5.1.1.2: length, no composition)."""
    password = one_form(password)
    plain = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        return "password_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_long"
    own = {email.partition("@")[0].casefold(), name.casefold(), email.casefold()}
    if plain in _WELL_KNOWN or len(set(plain)) < 5 or any(len(part) > 3 and plain == part for part in own):
        return "password_common"
    return None


def known_zone(zone: str) -> bool:
    """Whether the machine's time zone data knows the zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def digest(token: str) -> str:
    """What is kept of a secret token of 256 random bits: SHA-256, for nothing slower is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def goes_by(name: str, preferred: str) -> str:
    """What somebody wants to be called, where their name does not say it already; else nothing."""
    said, first = " ".join(preferred.split()), name.split(" ", maxsplit=1)[0]
    return "" if said.casefold() in {"", name.casefold(), first.casefold()} else said
