"""What a signature is bound to. The law: docs/rules/intake.md."""

from __future__ import annotations

import hashlib
import json
import unicodedata

from portal.clinic.intake.values import ConsentWords, Paragraph


def fingerprint(words: ConsentWords) -> str:
    """SHA-256 over key, version, title and body as canonical JSON: another word or version gives another one."""
    text = {
        "key": words.key,
        "version": words.version,
        "title": normal_text(words.title),
        "body": normal_text(words.body),
    }
    canonical = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def normal_text(text: str) -> str:
    """The same words however they travelled: NFC, one kind of line end, no blanks at line ends, no blank edges."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in unified.split("\n")).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two names differ by no more than capitals, blanks, accents and the marks between letters."""
    return _letters(one) == _letters(other)


def paragraphs(words: ConsentWords) -> tuple[Paragraph, ...]:
    """The body in the pieces in which it is shown and printed; line ends inside a paragraph are blanks."""
    pieces = [" ".join(piece.split()) for piece in normal_text(words.body).split("\n\n")]
    return tuple(Paragraph(piece.removeprefix("## "), piece.startswith("## ")) for piece in pieces if piece)


def _letters(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if sign.isalnum())
