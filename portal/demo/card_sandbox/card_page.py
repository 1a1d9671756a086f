"""The page where a person pays: card, confirmation by the bank, and what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from babel.numbers import format_currency, get_currency_precision
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal.demo.card_sandbox import sessions
from portal.demo.card_sandbox.card_entry import Entry, card_in, entry_for, entry_of, mistakes
from portal.demo.card_sandbox.card_parts import (
    card_form,
    closed_page,
    fill_buttons,
    question_page,
    what_is_paid,
    what_went_wrong,
)
from portal.demo.card_sandbox.cards import card_called
from portal.demo.card_sandbox.refusals import Refused
from portal.demo.card_sandbox.sessions import Outcome
from portal.demo.card_sandbox.store import JsonObject
from portal.demo.card_sandbox.till import Till
from portal.demo.html import el
from portal.demo.paper import origin, page

PLACE = "Test card page"


def card_routes(till: Till) -> list[Route]:
    """`/c/pay/{session}` and its confirmation step."""
    return [
        Route("/c/pay/{id}", _guarded(till, _show), methods=["GET"]),
        Route("/c/pay/{id}", _guarded(till, _pay), methods=["POST"]),
        Route("/c/pay/{id}/confirm", _guarded(till, _show_question), methods=["GET"]),
        Route("/c/pay/{id}/confirm", _guarded(till, _answer), methods=["POST"]),
    ]


def money(session: JsonObject) -> str:
    """The amount in words that people use."""
    code = session["currency"].upper()
    return format_currency(session["amount_total"] / 10 ** get_currency_precision(code), code, locale="en")


def _guarded(
    till: Till, show: Callable[[Till, Request, JsonObject], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            with till.store.transaction():
                session = sessions.load(till, request.path_params["id"])
        except Refused:
            return closed_page(PLACE, "There is no such page", "Look at the address, or start again.", None)
        if session["status"] == "complete":
            return _onward(session)
        if session["status"] == "expired":
            words = "The time to pay is over. Nothing was charged."
            return closed_page(PLACE, "This card page is closed", words, session["cancel_url"])
        answer = await show(till, request, session)
        till.wake()
        return answer

    return endpoint


async def _show(till: Till, request: Request, session: JsonObject) -> Response:
    chosen = card_called(request.query_params.get("card", ""))
    problem = _last_decline(till, session) if chosen is None else ""
    return _card_page(session, entry_for(chosen) if chosen else Entry(), {}, problem)


async def _pay(till: Till, request: Request, session: JsonObject) -> Response:
    async with request.form(max_fields=10, max_files=0) as form:
        entry = entry_of(form)
    wrong = mistakes(entry, till.now())
    card = card_in(entry)
    if wrong or card is None:
        return _card_page(session, entry, wrong, "")
    with till.store.transaction():
        outcome = sessions.pay(till, session["id"], card)
    return _after(till, session["id"], outcome)


async def _show_question(till: Till, _request: Request, session: JsonObject) -> Response:
    if not _is_asked(till, session):
        return _to(session["id"])
    return question_page(PLACE, session["id"], money(session), goes_to=_origins(session))


async def _answer(till: Till, request: Request, session: JsonObject) -> Response:
    async with request.form(max_fields=10, max_files=0) as form:
        confirmed = form.get("answer") == "complete"
    with till.store.transaction():
        outcome = sessions.answer_question(till, session["id"], confirmed=confirmed)
    return _after(till, session["id"], outcome)


def _after(till: Till, session_id: str, outcome: Outcome) -> Response:
    session = sessions.load(till, session_id)
    if outcome is Outcome.PAID:
        return _onward(session)
    return _to(session_id, "/confirm" if outcome is Outcome.ASKS else "")


def _card_page(session: JsonObject, entry: Entry, wrong: dict[str, str], problem: str) -> Response:
    amount = money(session)
    chosen = None if wrong else card_in(entry)
    trouble = what_went_wrong(wrong, problem)
    what = el("div", what_is_paid(amount, session, trouble), fill_buttons(session["id"], chosen), class_="stack")
    form = card_form(session, entry, wrong, amount)
    title = "Not paid yet" if wrong or problem else f"Pay {amount}"
    return page(
        f"{title} · {PLACE}",
        el("div", what, form, class_="two"),
        place=PLACE,
        goes_to=_origins(session),
    )


def _origins(session: JsonObject) -> tuple[str, ...]:
    return tuple(origin(url) for url in (session["success_url"], session["cancel_url"]) if url)


def _onward(session: JsonObject) -> Response:
    url = session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])
    return RedirectResponse(url, 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def _to(session_id: str, rest: str = "") -> Response:
    return RedirectResponse(f"/c/pay/{session_id}{rest}", 303)


def _intent(till: Till, session: JsonObject) -> JsonObject | None:
    return till.store.get("payment_intent", session["payment_intent"] or "")


def _is_asked(till: Till, session: JsonObject) -> bool:
    intent = _intent(till, session)
    return intent is not None and intent["status"] == "requires_action"


def _last_decline(till: Till, session: JsonObject) -> str:
    intent = _intent(till, session)
    error = intent["last_payment_error"] if intent else None
    return (error.get("decline_code") or error["code"]) if error else ""
