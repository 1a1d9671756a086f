"""The frame of the demo's own pages: the practice's look, no script, nothing from elsewhere."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from portal.demo.html import DOOR, Html, el, together

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
_FONTS = frozenset(
    {
        "literata-latin-500-normal.woff2",
        "literata-latin-ext-500-normal.woff2",
        "radio-canada-latin-wght-normal.woff2",
        "radio-canada-latin-ext-wght-normal.woff2",
    }
)


def page(title: str, *body: str, place: str, goes_to: tuple[str, ...] = (), status: int = 200) -> HTMLResponse:
    """A whole page. `place` stands beside the mark; forms on it may lead on to the origins in `goes_to`."""
    head = together(
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="robots", content="noindex"),
        el("title", title),
        el("link", rel="stylesheet", href="/look/paper.css"),
        el("link", rel="icon", href="data:,"),
    )
    frame = together(
        el("a", "Skip to the content", class_="skip", href="#content"),
        el("header", el("p", DOOR, " ", place, class_="brand"), class_="top"),
        el("main", *body, id="content", tabindex="-1"),
    )
    document = el("html", el("head", head), el("body", frame), lang="en")
    return HTMLResponse(f"<!doctype html>{document}", status, _headers(goes_to))


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def look_routes() -> list[Route]:
    """The stylesheet and the fonts of these pages."""
    return [Route("/look/paper.css", _stylesheet), Route("/look/fonts/{name}", _font)]


def notice(kind: str, sign: Html, *children: str, role: str | None = None) -> Html:
    """A tinted box with an icon: info, positive, caution or danger."""
    return el("div", sign, el("div", *children), class_=f"notice {kind}", role=role)


async def _stylesheet(_request: Request) -> Response:
    return Response(_css(), media_type="text/css", headers={"Cache-Control": "no-cache"})


async def _font(request: Request) -> Response:
    name = request.path_params["name"]
    path = _ASSETS / "fonts" / name
    if name not in _FONTS or not path.is_file():
        return Response(status_code=404)
    return FileResponse(path, media_type="font/woff2")


@functools.cache
def _css() -> str:
    tokens = re.sub(r"/\*.*?\*/", "", (_ASSETS / "tokens.css").read_text("utf-8"), flags=re.DOTALL)
    paper = Path(__file__).with_name("paper.css").read_text("utf-8")
    return tokens[: tokens.index("@theme")] + paper  # the theme block is for Tailwind alone


def _headers(goes_to: tuple[str, ...]) -> dict[str, str]:
    forms = " ".join(["'self'", *sorted(set(goes_to))])
    policy = (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-src 'self';"
        f" base-uri 'none'; frame-ancestors 'self'; form-action {forms}"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
