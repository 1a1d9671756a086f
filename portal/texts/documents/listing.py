"""Lists that people take away: CSV as RFC 4180 has it, in which nothing that somebody typed is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

# A cell that begins like this is calculated by Excel, LibreOffice or Google Sheets (OWASP, CSV injection); the wide
# signs are read as the narrow ones in some locales.
_CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[str | int | Decimal]]) -> bytes:
    """UTF-8 with a mark, so that Excel reads umlauts and pounds; numbers stay numbers, text stays text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(head) for head in heads])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | int | Decimal) -> str:
    """Text that would be calculated gets an apostrophe before it, which spreadsheets take for "this is text"."""
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.lstrip(" \u00a0").startswith(_CALCULATED) else value
