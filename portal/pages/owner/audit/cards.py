"""What the audit page shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EntryCard:
    """One entry in words; `refused` rows need a look."""

    key: str
    when: str
    who: str
    role: str
    action: str
    subject: str
    patient: str
    detail: str
    refused: bool


@dataclass(frozen=True)
class AuditFilter:
    """The filters as the form sends them; empty means all. Dates are ISO, in the practice's zone."""

    since: str = ""
    until: str = ""
    area: str = ""
    outcome: str = ""
    who: str = ""
    patient: str = ""
