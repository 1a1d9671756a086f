"""Every page address, once."""

from __future__ import annotations

from portal.storage.work import Role

HOME = "/"
HELP = "/help/"
BOOK = "/book/"
CHECKOUT = "/checkout/"
CHECKOUT_RETURN = "/checkout/return/"
BOOKED = "/booked/"
SIGN_IN = "/sign-in/"
RESET = "/reset/"
RESET_NEW = "/reset/new/"
JOIN = "/join/"

PATIENT_HOME = "/home/"
PATIENT_VISITS = "/visits/"
PATIENT_VISIT = "/visits/detail/"
PATIENT_PAPERS = "/papers/"
PATIENT_ACCOUNT = "/me/"
PATIENT_INTAKE = "/intake/"
PATIENT_ROOM = "/room/"

DAY = "/day/"
DAY_VISIT = "/day/visit/"
DAY_ROOM = "/day/room/"

PRACTICE = "/practice/"
PRACTICE_SERVICES = "/practice/services/"
PRACTICE_CLINICIANS = "/practice/clinicians/"
PRACTICE_MONEY = "/practice/money/"
PRACTICE_AUDIT = "/practice/audit/"

_OWN_HOME = ((Role.CLINICIAN, DAY), (Role.OWNER, PRACTICE), (Role.PATIENT, PATIENT_HOME))


def own_home(roles: frozenset[Role]) -> str:
    """Where a person lands after signing in."""
    return next((home for role, home in _OWN_HOME if role in roles), HOME)


def safe_next(wanted: str, otherwise: str) -> str:
    """An address on this site, or `otherwise`: nobody is sent elsewhere by a link (open redirect)."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/api", "/webhooks"))
    printable = wanted.isprintable() and "\\" not in wanted and len(wanted) <= 300
    return wanted if plain and printable else otherwise
