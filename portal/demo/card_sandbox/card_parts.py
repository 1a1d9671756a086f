"""The pieces of the card page."""

from __future__ import annotations

from starlette.responses import Response

from portal.demo.card_sandbox.card_entry import TEST_CVC, TEST_EXPIRY, Entry, card_in
from portal.demo.card_sandbox.cards import TEST_CARDS, TestCard
from portal.demo.card_sandbox.store import JsonObject
from portal.demo.html import Html, el, icon, together
from portal.demo.paper import notice, page

_DECLINED = {
    "insufficient_funds": "There is too little money on this card.",
    "generic_decline": "The bank said no to this card.",
    "payment_intent_authentication_failure": "The payment was not confirmed with the bank.",
}
_LABELS = {"number": "Card number", "expiry": "Good until", "cvc": "Security code"}
_HINTS = {"number": "", "expiry": "Month and year", "cvc": "Three digits"}


def what_is_paid(amount: str, session: JsonObject, problem: Html | None) -> Html:
    """What went wrong, if anything; the lit place: how much; and that no real money moves."""
    email = session["customer_email"]
    return together(
        el("h1", "Pay for your session"),
        problem,
        el(
            "div",
            el("p", amount, class_="amount"),
            el("p", f"The receipt would go to {email}." if email else "For one session", class_="soft small"),
            class_="lit",
        ),
        notice(
            "info",
            icon("info"),
            el("p", el("strong", "This is a sandbox, for trying things out.")),
            el("p", "No real card is charged, no money moves. Use one of the test cards, never your own."),
        ),
    )


def what_went_wrong(wrong: dict[str, str], problem: str) -> Html | None:
    """The fields to look at again, or why the card was refused; nothing when all is well."""
    if wrong:
        links = [el("li", el("a", _LABELS[name], href=f"#{name}"), f": {words}") for name, words in wrong.items()]
        words = [el("p", el("strong", "Not sent yet. Please look at this again:")), el("ul", *links)]
    elif problem:
        words = [
            el("p", el("strong", _DECLINED.get(problem, "The bank said no to this card."))),
            el("p", "Nothing was charged. You can try again, or use another card."),
        ]
    else:
        return None
    return notice("danger", icon("alert"), *words, role="alert")


def card_form(session: JsonObject, entry: Entry, wrong: dict[str, str], amount: str) -> Html:
    """The three fields, the one green door, and the way back."""
    return el(
        "form",
        el("h2", "Your card"),
        _filled(None if wrong else card_in(entry)),
        _field("number", entry.number, wrong),
        el("div", _field("expiry", entry.expiry, wrong), _field("cvc", entry.cvc, wrong), class_="pair"),
        el("button", f"Pay {amount}", type="submit", class_="btn go wide", autofocus=_is_filled(entry, wrong)),
        _way_back(session),
        method="post",
        action=f"/c/pay/{session['id']}",
        novalidate=True,
        autocomplete="off",
        class_="stack",
    )


def fill_buttons(session_id: str, chosen: TestCard | None) -> Html:
    """One button for each test card; pressing it fills the fields in."""
    buttons = [
        el(
            "button",
            el("strong", card.spaced, class_="num"),
            " ",
            el("span", card.says),
            type="submit",
            name="card",
            value=card.key,
            class_="btn calm fill",
            aria_pressed="true" if card is chosen else "false",
        )
        for card in TEST_CARDS
    ]
    return el(
        "section",
        el("h2", "Test cards", id="test-cards"),
        el("p", "Press one to fill the fields in, then pay.", class_="soft"),
        el("form", *buttons, method="get", action=f"/c/pay/{session_id}", class_="fills"),
        aria_labelledby="test-cards",
        class_="stack rows",
    )


def question_page(place: str, session_id: str, amount: str, *, goes_to: tuple[str, ...]) -> Response:
    """The bank's question (3-D Secure), played by the sandbox."""
    form = el(
        "form",
        el("button", "Confirm the payment", type="submit", name="answer", value="complete", class_="btn go"),
        el("button", "Refuse it", type="submit", name="answer", value="fail", class_="btn calm"),
        method="post",
        action=f"/c/pay/{session_id}/confirm",
        class_="acts",
    )
    body = el(
        "div",
        el("h1", "Your bank asks: is it you?"),
        el(
            "div",
            el("p", amount, class_="amount"),
            el("p", "to the practice", class_="soft small"),
            class_="lit",
        ),
        el(
            "p",
            "With a real card your bank would ask for a code or a fingerprint here. In the sandbox you decide.",
        ),
        form,
        class_="stack narrow",
    )
    return page(f"Confirm {amount} · {place}", body, place=place, goes_to=goes_to)


def closed_page(place: str, heading: str, words: str, back: str | None) -> Response:
    """A card page on which nothing can be paid any more."""
    way = el("p", el("a", icon("back"), "Back to the practice", href=back, class_="btn go")) if back else None
    body = el("div", el("h1", heading), el("p", words), way, class_="stack narrow")
    return page(f"{heading} · {place}", body, place=place, status=410 if back else 404)


def _field(name: str, value: str, wrong: dict[str, str]) -> Html:
    hint, error = _HINTS[name], wrong.get(name)
    described = " ".join(part for part in (f"{name}-hint" if hint else "", f"{name}-error" if error else "") if part)
    return el(
        "div",
        el("label", _LABELS[name], for_=name),
        el("p", hint, id=f"{name}-hint", class_="hint") if hint else None,
        el(
            "input",
            id=name,
            name=name,
            value=value,
            type="text",
            inputmode="numeric",
            autocomplete="off",
            maxlength=30,
            aria_invalid="true" if error else None,
            aria_describedby=described or None,
        ),
        el("p", icon("alert"), error, id=f"{name}-error", class_="error") if error else None,
        class_="field",
    )


def _way_back(session: JsonObject) -> Html | None:
    if not session["cancel_url"]:
        return None
    return el("p", el("a", icon("back"), "Back without paying", href=session["cancel_url"], class_="quiet"))


def _is_filled(entry: Entry, wrong: dict[str, str]) -> bool:
    return not wrong and (entry.expiry, entry.cvc) == (TEST_EXPIRY, TEST_CVC)


def _filled(chosen: TestCard | None) -> Html | None:
    if chosen is None:
        return None
    return notice("positive", icon("check"), el("p", f"Filled in: the card that {chosen.says}."), role="status")
