"""Which forms there are, in every version that was ever answered."""

from __future__ import annotations

from portal.clinic.errors import NotFound
from portal.clinic.intake.forms.about_you import ABOUT_YOU
from portal.clinic.intake.forms.consent import CONSENT_TELEHEALTH, TELEHEALTH_WORDS
from portal.clinic.intake.forms.measures import GAD7, PHQ9
from portal.clinic.intake.values import Form

PACKET: tuple[Form, ...] = (ABOUT_YOU, CONSENT_TELEHEALTH, PHQ9, GAD7)
"""The forms before a first visit, newest versions, in the order in which they are asked."""

_EVERY: tuple[Form, ...] = PACKET
_BY_VERSION = {(form.key, form.version): form for form in _EVERY}
_NEWEST = {form.key: form for form in PACKET}


def find_form(key: str, version: str | None = None) -> Form:
    """The form in the version to which answers were given, or the newest.

    Raises:
        NotFound: there is none.
    """
    found = _NEWEST.get(key) if version is None else _BY_VERSION.get((key, version))
    if found is None:
        raise NotFound
    return found


__all__ = ["ABOUT_YOU", "CONSENT_TELEHEALTH", "GAD7", "PACKET", "PHQ9", "TELEHEALTH_WORDS", "find_form"]
