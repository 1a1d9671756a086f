"""Parts of the checkout: the banner, who is coming, the last look, and what to say when a time is over."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import calm, go, link, quiet
from portal.components.credential_form import credential_form
from portal.components.fields import choice
from portal.components.layout import chapter, row, stack, two
from portal.components.light import hold_banner
from portal.components.notices import failed, notice, told
from portal.components.pictures import portrait
from portal.components.tables import Column, cell, fact, facts, table, table_row
from portal.components.words import heading, lead, num, para, small, strong, title
from portal.pages.public.checkout.cards import CARD
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.public.contact import rather_talk
from portal.pages.public.credentials import EMAIL, KNOWN_PASSWORD, MESSAGES, NAME, NEW_PASSWORD
from portal.pages.public.holding import worded
from portal.pages.session import SessionState
from portal.texts import rich, t

_view = CheckoutState.view
_held = CheckoutState.view.held


def banner() -> rx.Component:
    """The held time with its countdown."""
    more = rx.el.p(
        t("Need longer?"),
        " ",
        quiet(
            t("Keep it another 10 minutes"), on_click=CheckoutState.keep_longer, class_name="min-h-target-min! py-0!"
        ),
        class_name="small",
    )
    return hold_banner(
        rx.fragment(
            rx.el.span(
                rich(t("**{when}** is kept for you. Nobody else can take it.", when=_held.moment)),
                class_name="max-[30rem]:hidden",
            ),
            rx.el.strong(_held.brief, class_name="min-[30rem]:hidden"),
        ),
        ends_at=rx.cond(_view.over, "", _held.until),
        told_at=_held.told,
        on_end=CheckoutState.time_is_up,
        over=t("The time to keep it is over. {when} is free again.", when=_held.moment),
        more=rx.cond(_held.can_extend, more),
    )


def over_notice() -> rx.Component:
    """The hold ran out: what that means, and the time offered anew."""
    words = (
        rich(t("**{when}** is free again, so anybody can choose it. Nothing was charged.", when=_held.moment)),
        t("What you typed is kept."),
    )
    return stack(
        notice("caution", *[rx.el.p(said) for said in words], icon="clock", label=t("What happened")),
        row(
            go(t("Keep it for me again"), on_click=CheckoutState.keep_again, grow=True),
            calm(t("Choose another time"), href=_held.times_href, grow=True),
        ),
        role="alert",
    )


def about_you() -> rx.Component:
    """Step 2: an account, made or found."""
    known = CheckoutState.returning
    return two(
        stack(
            rx.cond(known, heading(t("Welcome back")), heading(t("Who is coming?"))),
            lead(
                rx.cond(
                    known,
                    t("Sign in, and go on with your time."),
                    t("With this you find your visit again, and we can write to you about it."),
                )
            ),
            rx.cond(known, rx.el.div(_sign_in(), key="in"), rx.el.div(_sign_up(), key="up")),
            quiet(
                rx.cond(known, t("I am here for the first time"), t("I have an account here already")),
                on_click=CheckoutState.switch_form,
            ),
        ),
        chapter(
            t("Your time"),
            facts(
                fact(t("With"), _with()),
                fact(t("When"), strong(_held.day), small(_held.zone)),
                fact(t("What"), _held.what),
                fact(t("Price"), num(_held.price)),
            ),
            row(_another_time(), quiet(t("Let this time go"), on_click=CheckoutState.let_go)),
        ),
    )


def _sign_up() -> rx.Component:
    return credential_form(
        small(
            t(
                "Your email address is used for your visits alone. Your therapist and the practice can read it, "
                "nobody else."
            )
        ),
        action="/api/sign-up",
        fields=[NAME, EMAIL, NEW_PASSWORD],
        submit=t("Continue"),
        messages=MESSAGES,
        extra={"zone": SessionState.zone, "next": routes.CHECKOUT},
    )


def _sign_in() -> rx.Component:
    return credential_form(
        link(t("I don’t know my password any more"), routes.RESET),
        action="/api/sign-in",
        fields=[EMAIL, KNOWN_PASSWORD],
        submit=t("Sign in and continue"),
        messages=MESSAGES,
        extra={"next": routes.CHECKOUT},
    )


def last_look() -> rx.Component:
    """Step 3: all of it once more, what changing one's mind costs, and how to pay."""
    return two(
        stack(
            heading(t("Is this right?")),
            came_back(),
            facts(
                fact(t("With"), _with()),
                fact(t("When"), strong(_held.day), small(_held.zone)),
                fact(t("How"), t("By video, in your browser. Nothing to install.")),
                fact(t("What"), _held.what),
            ),
            _another_time(),
            _terms(),
        ),
        rx.cond(_held.ways.length() > 0, _paying(), _no_way_to_pay()),
    )


def _with() -> rx.Component:
    return row(portrait(_held.portrait, size="s"), rx.el.span(_held.name), class_name="flex-nowrap! gap-row!")


def _another_time() -> rx.Component:
    return link(t("Choose another time"), _held.times_href)


def _terms() -> rx.Component:
    columns = [t("You cancel"), Column(t("It costs"), number=True)]

    def term(one: Any) -> rx.Component:
        return table_row(cell(rich(one.when), head=True), cell(one.cost, number=True), key=one.when)

    return chapter(
        t("If you change your mind"),
        table(columns, rx.foreach(_held.terms, term), caption=t("What cancelling costs")),
    )


def _paying() -> rx.Component:
    by_card = CheckoutState.way == CARD
    return stack(
        rx.cond(_held.ways.length() > 1, _ways(), _only_way()),
        facts(
            fact(_held.what, _held.price, kind="price"),
            fact(t("You pay today"), rx.cond(by_card, _held.price, t("nothing")), kind="price sum"),
        ),
        card_trouble(),
        stack(
            go(
                rx.cond(by_card, t("Pay {price} and book", price=_held.price), t("Book this time")),
                on_click=CheckoutState.book,
                busy=CheckoutState.busy,
                wide=True,
            ),
            quiet(t("Let this time go"), on_click=CheckoutState.let_go, wide=True),
            rx.el.div(rx.cond(CheckoutState.busy & by_card, small(t("The card page is being opened."))), role="status"),
            gap="tight",
        ),
    )


def _ways() -> rx.Component:
    return choice(
        "pay",
        t("How would you like to pay?"),
        _held.ways,
        value=CheckoutState.way,
        on_change=CheckoutState.choose_way,
        voice=True,
    )


def _only_way() -> rx.Component:
    one = _held.ways[0]
    return stack(title(t("How you pay")), rx.el.div(rx.el.p(strong(one.label)), small(one.hint)), gap="row")


def card_trouble() -> rx.Component:
    """What stood between the button and the card page."""
    known = {
        "": "",
        "came_back": "",
        "declined": "",
        "cards_silent": t(
            "The card page could not be opened, because the card company does not answer. "
            "Nothing was charged, your time is still kept. Try again in a minute."
        ),
        "cards_refused": t(
            "The card company did not take this payment on. Nothing was charged, your time is still kept. "
            "Call us, and we find another way."
        ),
        "hold_extended_before": t("This time was kept longer once already. Later on anybody can choose it, you too."),
        "other_time": t(
            "You chose another time meanwhile, perhaps in another tab. This one is kept for you now. "
            "Nothing was charged: look it over, then book it."
        ),
        "already_paid": t("This visit is paid already. You find it among your visits."),
    }
    other = t("That did not work. Nothing was charged, your time is still kept. Try again in a minute.")
    return failed(worded(CheckoutState.problem, known, other))


def came_back() -> rx.Component:
    """Back from the card page without a payment."""
    words = t("You came back from the card page. Nothing was charged, and your time is still kept.")
    return told(rx.cond(CheckoutState.problem == "came_back", words, ""), "info")


def declined() -> rx.Component:
    """The bank said no: what happened, what is kept, the ways on."""
    later = calm(t("Pay after the visit instead"), on_click=CheckoutState.book_unpaid, wide=True)
    may_pay_later = _held.ways.length() > 1
    return stack(
        heading(t("Your bank said no to this card")),
        rx.el.div(
            rx.el.dl(
                _said(
                    t("What happened"),
                    t("The card was declined. Banks don’t tell us why; it is often a limit or a typing slip."),
                ),
                _said(t("What is kept"), t("Your time and everything you typed. Nothing was charged.")),
            ),
            role="alert",
            class_name="oops",
        ),
        card_trouble(),
        stack(
            go(
                t("Try again or use another card"),
                on_click=CheckoutState.book_by_card,
                busy=CheckoutState.busy,
                wide=True,
            ),
            rx.cond(may_pay_later, later),
            quiet(t("Let this time go"), on_click=CheckoutState.let_go, wide=True),
            gap="tight",
        ),
        rather_talk(),
        class_name="max-w-form",
    )


def _said(term: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(term), rx.el.dd(words))


def _no_way_to_pay() -> rx.Component:
    return stack(
        notice(
            "caution",
            t(
                "This practice cannot take cards here at present, so this visit cannot be booked online. Nothing was "
                "charged."
            ),
        ),
        para(t("Call us while your time is kept, and we book it for you.")),
        rather_talk(),
        quiet(t("Let this time go"), on_click=CheckoutState.let_go),
    )
