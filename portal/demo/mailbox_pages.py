"""Shows the received mails: a list, one mail with its links and files, and the same as JSON for tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.demo.html import Html, el, icon, together
from portal.demo.mailbox import Mailbox, Received, file_bytes, file_name
from portal.demo.paper import page

PLACE = "Test mailbox"
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


def mailbox_routes(mailbox: Mailbox) -> list[Route]:
    """Everything under /mailbox/."""

    def route(path: str, show: Callable[[Mailbox, Request], Response]) -> Route:
        async def endpoint(request: Request) -> Response:
            return show(mailbox, request)

        return Route(f"/mailbox{path}", endpoint, methods=["GET"])

    return [
        route("/", _list),
        route("/messages.json", _json),
        route("/{id}/", _letter),
        route("/{id}/html", _html),
        route("/{id}/files/{number:int}", _file),
    ]


def _list(mailbox: Mailbox, _request: Request) -> Response:
    letters = mailbox.newest_first()
    if letters:
        listing = el("ul", *[_line(letter) for letter in letters], class_="letters")
    else:
        listing = el("p", "Nothing yet. Every mail that the practice sends will stand here.", class_="soft")
    count = f"{len(letters)} mail{'' if len(letters) == 1 else 's'}"
    return page(
        f"{count} · {PLACE}",
        el(
            "div",
            el("h1", "Mailbox"),
            el("p", "What the practice has sent. None of it left this machine.", class_="soft"),
            class_="stack close",
        ),
        el("p", el("a", "Look for new mail", href="/mailbox/", class_="btn calm")),
        listing,
        place=PLACE,
    )


def _line(letter: Received) -> Html:
    link = el(
        "a",
        el("span", letter.subject, class_="subject"),
        el("span", f"to {', '.join(letter.recipients)}", class_="small"),
        el("span", _when(letter), class_="small soft num"),
        href=f"/mailbox/{letter.id}/",
    )
    return el("li", link)


def _letter(mailbox: Mailbox, request: Request) -> Response:
    letter = mailbox.get(request.path_params["id"])
    if letter is None:
        return _nothing()
    facts = [
        ("From", str(letter.message["from"] or letter.sender or "nobody")),
        ("To", str(letter.message["to"] or ", ".join(letter.recipients))),
        ("Sent", _when(letter)),
    ]
    rows = [el("div", el("dt", name), el("dd", value)) for name, value in facts]
    body = el(
        "div",
        el("p", el("a", icon("back"), "All mails", href="/mailbox/", class_="quiet")),
        el("h1", letter.subject),
        el("dl", *rows, class_="facts"),
        el("div", _with_links(letter.text), class_="sheet"),
        _files(letter),
        _same_as_html(letter),
        class_="stack narrow",
    )
    return page(f"{letter.subject} · {PLACE}", body, place=PLACE)


def _files(letter: Received) -> Html | None:
    if not letter.files:
        return None
    links = []
    for number, part in enumerate(letter.files):
        size = max(1, len(file_bytes(part)) // 1024)
        name = file_name(part, number)
        href = f"/mailbox/{letter.id}/files/{number}"
        links.append(el("a", icon("download"), f"{name}, {size} KB", href=href, download=name, class_="btn calm"))
    return el("section", el("h2", "Attached"), el("p", *links, class_="files"), class_="stack rows")


def _same_as_html(letter: Received) -> Html | None:
    if not letter.html:
        return None
    frame = el("iframe", title="The mail with its formatting", src=f"/mailbox/{letter.id}/html", sandbox="")
    return el("section", el("h2", "With formatting"), frame, class_="stack rows")


def _with_links(text: str) -> Html:
    pieces: list[str] = []
    position = 0
    for match in _LINK.finditer(text):
        pieces += [text[position : match.start()], el("a", match[0], href=match[0])]
        position = match.end()
    return together(*pieces, text[position:].rstrip())


def _html(mailbox: Mailbox, request: Request) -> Response:
    letter = mailbox.get(request.path_params["id"])
    if letter is None or not letter.html:
        return _nothing()
    policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    return Response(letter.html, media_type="text/html", headers={"Content-Security-Policy": policy})


def _file(mailbox: Mailbox, request: Request) -> Response:
    letter = mailbox.get(request.path_params["id"])
    number = request.path_params["number"]
    if letter is None or not 0 <= number < len(letter.files):
        return _nothing()
    part = letter.files[number]
    headers = {
        "Content-Type": " ".join(str(part["content-type"]).split()),
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(file_name(part, number))}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(file_bytes(part), headers=headers)


def _json(mailbox: Mailbox, _request: Request) -> Response:
    return JSONResponse([_as_json(letter) for letter in mailbox.newest_first()])


def _as_json(letter: Received) -> dict[str, object]:
    return {
        "id": letter.id,
        "at": letter.at.isoformat(),
        "to": letter.recipients,
        "subject": letter.subject,
        "message_id": str(letter.message["message-id"] or ""),
        "text": letter.text,
        "links": _LINK.findall(letter.text),
        "files": [
            {
                "name": file_name(part, number),
                "content_type": " ".join(str(part["content-type"]).split()),
                "text": file_bytes(part).decode("utf-8", "replace"),
            }
            for number, part in enumerate(letter.files)
        ],
    }


def _nothing() -> Response:
    body = el(
        "div",
        el("h1", "There is no such mail"),
        el("p", el("a", icon("back"), "All mails", href="/mailbox/", class_="quiet")),
        class_="stack narrow",
    )
    return page(f"No such mail · {PLACE}", body, place=PLACE, status=404)


def _when(letter: Received) -> str:
    return letter.at.astimezone().strftime("%A %-d %B, %H:%M:%S")
