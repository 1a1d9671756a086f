"""Looking for words in bytes, in every dress that they may wear there."""

from __future__ import annotations

import base64
import email
import email.policy
import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_GZIP, _ZLIB = re.compile(rb"\x1f\x8b\x08"), re.compile(rb"x[\x01\x5e\x9c\xda]")
_MOST = 40_000_000


def dresses(word: str) -> set[bytes]:
    """A word as text, escaped, encoded, in hexadecimal digits and in base64 at each of its three alignments."""
    found: set[bytes] = set()
    for form in {word, word.lower(), word.upper()}:
        plain = form.encode()
        found |= {plain, form.encode("utf-16-le"), form.encode("utf-16-be")}
        found |= {part.encode() for part in (quote(form), quote_plus(form), html.escape(form), json.dumps(form)[1:-1])}
        found |= {plain.hex().encode(), plain.hex().upper().encode()}
        for before in range(3):
            # The outer signs depend on the neighbours; those between are the word's own.
            whole = base64.b64encode(b"\0" * before + plain + b"\0" * 3)
            own = whole[(before * 8 + 5) // 6 : ((before + len(plain)) * 8) // 6]
            found |= {own, own.translate(bytes.maketrans(b"+/", b"-_"))}
    return {one for one in found if len(one) > 5}


def needles(words: Iterable[str]) -> dict[bytes, str]:
    """What to look for, with the word that each stands for: whole words and each long part of them."""
    wanted = {
        part for word in words for part in (word, *re.findall(r"[^\W\d_]{8,}", word), _digits(word)) if len(part) > 5
    }
    return {dress: part for part in wanted for dress in dresses(part)}


def found_in(hay: bytes, wanted: dict[bytes, str]) -> set[str]:
    """Which words are in there, also inside of what is compressed."""
    return {word for layer in layers(hay) for needle, word in wanted.items() if needle in layer}


def layers(hay: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what unpacks from them."""
    yield hay
    for start, bits in ((_GZIP, 31), (_ZLIB, 15)):
        for match in start.finditer(hay):
            try:
                inside = zlib.decompressobj(bits).decompress(hay[match.start() :], _MOST)
            except zlib.error:
                continue
            if len(inside) > 8:
                yield inside


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mail_of(raw: bytes) -> bytes:
    """A letter as it came, and after it each part decoded."""
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    said = [f"{name}: {value}" for name, value in letter.items()]
    parts = [part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()]
    unfolded = [part.replace(b"\r\n ", b"") for part in parts if isinstance(part, bytes)]
    return b"\n".join([raw, *(line.encode() for line in said), *unfolded])


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())
