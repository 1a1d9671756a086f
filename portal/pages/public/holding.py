"""Choosing a time: it is held at once, or the page says what stood in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

import reflex as rx

from portal import routes
from portal.clinic.errors import ClinicError
from portal.clinic.scheduling import service as scheduling
from portal.components.notices import failed
from portal.pages.guard import transact
from portal.texts import t

TAKEN = "slot_taken"


async def hold_time(slot_id: str) -> str:
    """Hold a time for this visitor; returns the code of what stood in the way, or nothing."""
    try:
        await transact(scheduling.hold, slot_id)
    except ClinicError as refusal:
        return refusal.code
    return ""


def book_address(clinician: str, service: str = "", gone: str = "") -> str:
    """The page of one therapist's free times; `gone` is a slot that somebody else got."""
    query = {"clinician": clinician, "service": service, "gone": gone}
    return f"{routes.BOOK}?{urlencode({name: value for name, value in query.items() if value})}"


def hold_failed(code: rx.Var[str]) -> rx.Component:
    """Why a time could not be kept, in words; nothing while `code` is empty."""
    known = {
        "": "",
        "no_cookie": t("Your browser keeps our cookie back, so we cannot keep a time for you. Nothing else needs it."),
        "too_many_holds": t(
            "Three times are being kept from your connection already. One of them has to be let go first, or run out."
        ),
        "own_time_taken": t("You have a visit at that time already. Choose another time."),
    }
    other = t("That time cannot be booked any more. Nothing was charged. Choose another one.")
    return failed(worded(code, known, other))


def worded(code: rx.Var[str], known: Mapping[str, Any], other: Any) -> rx.Var[str]:
    """The words for a code; `other` for every code without words."""
    return cast("rx.Var[str]", rx.match(code, *known.items(), other))
