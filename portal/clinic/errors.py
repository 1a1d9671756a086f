"""Every error that a service may raise, in one tree.

ClinicError
├── NotFound          nothing there, or not yours: the two look alike
├── NotAllowed        nobody is signed in, or the role may not do this
├── Invalid           the input cannot be taken; `fields` names the parts
└── Conflict          the input was fine, the world has moved on
    ├── SlotTaken     somebody else has the time; offer others
    ├── HoldEnded     the hold ran out; offer the time anew
    └── TooLate       the moment for this has passed

They carry a stable code and safe parameters; no text, no HTTP status, no health data.
"""

from __future__ import annotations


class ClinicError(Exception):
    """Root of all. `code` is stable and safe to show, log and translate."""

    code = "failed"

    def __init__(self, code: str | None = None, **params: str | int) -> None:
        self.code = code or self.code
        self.params = params
        super().__init__(self.code)


class NotFound(ClinicError):
    """Nothing there, or not yours."""

    code = "not_found"


class NotAllowed(ClinicError):
    """Nobody is signed in, or the role may not do this."""

    code = "not_allowed"


class Invalid(ClinicError):
    """The input cannot be taken. `fields`: name of the field to code of its problem."""

    code = "invalid"

    def __init__(self, code: str | None = None, fields: dict[str, str] | None = None, **params: str | int) -> None:
        super().__init__(code, **params)
        self.fields = fields or {}


class Conflict(ClinicError):
    """The input was fine, the world has moved on."""

    code = "conflict"


class SlotTaken(Conflict):
    """Somebody else has this time."""

    code = "slot_taken"


class HoldEnded(Conflict):
    """The hold ran out."""

    code = "hold_ended"


class TooLate(Conflict):
    """The moment for this has passed."""

    code = "too_late"
