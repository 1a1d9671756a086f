"""How the sandbox says no: the error shapes of Stripe's API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Refused(Exception):
    """An error answer. `kept` says whether a repetition under the same idempotency key gets it again."""

    status: int
    message: str
    code: str | None = None
    param: str | None = None
    type: str = "invalid_request_error"
    kept: bool = False

    def body(self) -> dict[str, object]:
        """The JSON that Stripe would answer with."""
        error: dict[str, object] = {"type": self.type, "message": self.message}
        if self.code:
            error["code"] = self.code
        if self.param:
            error["param"] = self.param
        return {"error": error}


def bad_param(param: str, message: str, code: str = "parameter_invalid") -> Refused:
    """A parameter that cannot be taken; nothing was tried."""
    return Refused(400, message, code, param)


def missing(kind: str, object_id: str, param: str = "id") -> Refused:
    """An object that is not there."""
    return Refused(404, f"No such {kind}: '{object_id}'", "resource_missing", param)
