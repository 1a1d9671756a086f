"""What an invoice, a receipt or a credit note says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.texts.catalogue import say
from portal.texts.formats import clock, day_full, day_of, lasting, money, zone_words

_LETTER_PAPER = {"USD", "CAD"}


@dataclass(frozen=True)
class MoneyPaper:
    """A document as it was issued. `kind` is invoice, receipt or credit; `content` as billing keeps it."""

    kind: str
    number: str
    issued_at: datetime
    total_minor: int
    currency: str
    content: dict[str, Any]


def money_paper(paper: MoneyPaper, locale: str) -> dict[str, Any]:
    """The content of the sheet `money.typ`, every word and figure ready to print."""
    kept = paper.content
    starts_at, zone = datetime.fromisoformat(kept["starts_at"]), kept["patient_zone"]
    amount = money(paper.total_minor, paper.currency, locale)
    title = _title(paper, locale)
    issued = day_full(day_of(paper.issued_at, kept["practice_zone"]), locale)
    time = say(
        locale, "{day}, {time}", day=day_full(day_of(starts_at, zone), locale), time=clock(starts_at, zone, locale)
    )
    when = f"{time}, {zone_words(zone, locale, starts_at)}"
    visit = f"{kept['service']}, {lasting(kept['minutes'], locale)}"
    return {
        "paper": "us-letter" if paper.currency in _LETTER_PAPER else "a4",
        "lang": locale[:2],
        "title": title,
        "practice": kept["practice"],
        "practice_lines": [line for line in (kept["practice_address"], kept["practice_phone"]) if line],
        "patient_lines": [kept["patient"], kept["patient_email"]],
        "facts": [
            [say(locale, "Number"), paper.number],
            [say(locale, "Date"), issued],
            [say(locale, "Visit"), when],
            [
                say(locale, "Therapist"),
                ", ".join(part for part in (kept["clinician"], kept["clinician_title"]) if part),
            ],
        ],
        "columns": [say(locale, "What"), say(locale, "Amount")],
        "lines": [[_line(paper, visit, locale), amount], [say(locale, "Tax"), say(locale, "none")]],
        "total": [_total(paper, locale), amount],
        "notes": _notes(paper, locale),
        "foot": f"{title} {paper.number}",
        "page": say(locale, "page"),
        "of": say(locale, "of"),
    }


def _title(paper: MoneyPaper, locale: str) -> str:
    names = {
        "invoice": say(locale, "Invoice"),
        "receipt": say(locale, "Receipt"),
        "credit": say(locale, "Credit note"),
    }
    return names[paper.kind]


def _line(paper: MoneyPaper, visit: str, locale: str) -> str:
    if paper.kind == "credit":
        return say(locale, "Taken back after the cancellation: {visit}", visit=visit)
    return visit


def _total(paper: MoneyPaper, locale: str) -> str:
    names = {
        "invoice": say(locale, "To pay"),
        "receipt": say(locale, "Paid by card"),
        "credit": say(locale, "Not owed any more"),
    }
    return names[paper.kind]


def _notes(paper: MoneyPaper, locale: str) -> list[str]:
    if paper.kind == "invoice":
        return [
            say(
                locale,
                "If you have paid by card already, the receipt says so. Otherwise it is to be paid within 14 days "
                "after the visit; on your pages you can do that by card under Papers.",
            )
        ]
    if paper.kind == "receipt":
        return [say(locale, "Thank you. Nothing is left to pay for this visit.")]
    return [say(locale, "What you had paid beyond what is kept goes back to your card. Your bank may need a few days.")]
