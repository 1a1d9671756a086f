"""Sets a paper with typst: an accessible PDF (PDF/UA-1) in the house's own fonts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).parent


def print_pdf(template: str, content: dict[str, Any]) -> bytes:
    """The paper as PDF. What people typed travels as data, so nothing in it is ever markup.

    A sign that no font has would break the accessibility standard; such a paper is set without it rather than not.
    """
    data = {"data": json.dumps(content, ensure_ascii=False)}
    source, fonts = (_HERE / template).read_bytes(), typst.Fonts(font_paths=[str(_HERE / "fonts")])

    def make(standards: Any) -> bytes:
        pdf = typst.compile(source, font_paths=fonts, sys_inputs=data, format="pdf", pdf_standards=standards)
        assert isinstance(pdf, bytes)
        return pdf

    try:
        return make(["ua-1"])
    except typst.TypstError:
        return make([])
