"""Names that would be markup, a formula, a header or a picture elsewhere are words on an invoice and nothing else."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pypdf
import pytest

from portal.texts.documents import print_pdf
from portal.texts.documents.money import MoneyPaper, money_paper

HOSTILE = {
    "typst": '#import "/etc/passwd": * #eval("1+1") $x^2$ *bold* <label> @ref [a] \\u{41}',
    "script": "<script>alert(1)</script>&amp;",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "lines": "Rosa\r\nBcc: all@evil.example",
    "json": '"}],"total":["Paid","0"]',
    "pdf": ") Tj ET /OpenAction << /S /JavaScript >>",
    "emoji": "Rosa \U0001f9d1\u200d\U0001f680",
    "turned": "Rosa \u202egnp.exe",
    "other scripts": "\u0645\u0631\u064a\u0645 \u674e\u96f7 \u0e2a\u0e21",
    "long": "Wolfeschlegelstein" * 550,
    "combining": "Z" + "\u0351\u0348" * 60,
}


def paper(name: str, kind: str = "invoice") -> pypdf.PdfReader:
    content = {
        "practice": name, "practice_address": name, "practice_phone": name, "patient": name, "patient_email": name,
        "clinician": name, "clinician_title": name, "service": name, "minutes": 50,
        "starts_at": "2026-03-19T10:30:00+00:00", "patient_zone": "Europe/London", "practice_zone": "Europe/London",
    }  # fmt: skip
    known = json.loads(json.dumps(content))
    made = money_paper(MoneyPaper(kind, "2026-0007", datetime(2026, 3, 20, tzinfo=UTC), 7000, "GBP", known), "en")
    return pypdf.PdfReader(io.BytesIO(print_pdf("money.typ", made)))


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_an_invoice_prints_whatever_somebody_is_called(name: str) -> None:
    printed = paper(name)
    said = "".join(page.extract_text() for page in printed.pages)
    assert "2026-0007" in said
    assert "£70.00" in said
    assert "root:" not in said
    assert "/OpenAction" not in printed.trailer["/Root"]
    assert "/Names" not in printed.trailer["/Root"] or "/JavaScript" not in printed.trailer["/Root"]["/Names"]
    assert not [page for page in printed.pages if "/Annots" in page]


@pytest.mark.parametrize("kind", ["invoice", "receipt", "credit"])
def test_markup_is_printed_as_it_was_typed(kind: str) -> None:
    said = "".join(page.extract_text() for page in paper(HOSTILE["typst"], kind).pages)
    assert "#eval" in said
    assert "*bold*" in said
