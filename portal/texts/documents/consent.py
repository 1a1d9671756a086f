"""What the copy of a consent says: the text, and under it the name, once it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.texts.catalogue import say
from portal.texts.formats import day_full, day_of, stamp, zone_words


@dataclass(frozen=True)
class SignedName:
    """A typed name with its instants; `withdrawn_at` is None while it holds."""

    name: str
    signed_at: datetime
    withdrawn_at: datetime | None
    zone: str


@dataclass(frozen=True)
class ConsentPaper:
    """A text in one version, as pieces (words, and whether they are a heading)."""

    practice: str
    practice_lines: tuple[str, ...]
    title: str
    version: str
    since: datetime
    fingerprint: str
    pieces: tuple[tuple[str, bool], ...]
    zone: str
    signed: SignedName | None = None


def consent_paper(paper: ConsentPaper, locale: str) -> dict[str, Any]:
    """The content of the sheet `consent.typ`, every word ready to print."""
    since = day_full(day_of(paper.since, paper.zone), locale)
    return {
        "lang": locale[:2],
        "title": paper.title,
        "practice": paper.practice,
        "practice_lines": list(paper.practice_lines),
        "version": say(locale, "Version {version}, of {day}", version=paper.version, day=since),
        "pieces": [{"text": text, "heading": heading} for text, heading in paper.pieces],
        "signed": _signed(paper.signed, locale) if paper.signed else [],
        "name": paper.signed.name if paper.signed else "",
        "fingerprint": [say(locale, "Fingerprint of this text (SHA-256)"), paper.fingerprint],
        "foot": f"{paper.title} {paper.fingerprint[:16]}",
        "page": say(locale, "page"),
        "of": say(locale, "of"),
    }


def _signed(signed: SignedName, locale: str) -> list[list[str]]:
    def instant(at: datetime) -> str:
        return f"{stamp(at, signed.zone, locale)}, {zone_words(signed.zone, locale, at)}"

    found = [[say(locale, "Signed by typing the name"), instant(signed.signed_at)]]
    if signed.withdrawn_at is not None:
        found.append([say(locale, "Taken back"), instant(signed.withdrawn_at)])
    return found
