"""Page frames: public, patient, clinician, owner, and the plain one from which nobody gets lost."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.base import Text
from portal.components.buttons import calm, quiet
from portal.components.credential_form import sign_out_button
from portal.components.help import help_strip
from portal.components.light import knock_place
from portal.components.notices import tag
from portal.components.pictures import portrait
from portal.components.shell import Way, bottom_bar, brand, footer, menu, nav, standing
from portal.texts import t


def public_frame(
    *children: Any, practice_name: Text, active: str = "", crisis: Any = None, **more: Any
) -> rx.Component:
    """For anybody. `active`: therapists, how, fees, help. `signed_in` (a Var) turns Sign in into My visits.

    All frames: `bleed` leaves the padding to the page, `width` is narrow, form or broad. `crisis`: `HelpLine`s.
    `lean` leaves out the style sheet of later pages.
    """
    signed_in = more.pop("signed_in", False)
    ways = [
        Way("therapists", t("Therapists"), routes.HOME),
        Way("how", t("How it works"), "/#how"),
        Way("fees", t("Fees"), "/#fees"),
        Way("help", t("Help now"), routes.HELP),
    ]
    enter = calm(t("Sign in"), href=routes.SIGN_IN, class_name="sign")
    home = calm(t("My visits"), href=routes.PATIENT_HOME, class_name="sign")
    last = Way("sign-in", t("Sign in"), routes.SIGN_IN)
    header = rx.el.header(
        brand(practice_name, routes.HOME),
        nav(ways, active, t("Public pages")),
        rx.cond(signed_in, home, enter) if isinstance(signed_in, rx.Var) else (home if signed_in else enter),
        menu([*ways, last], active, t("Public pages")),
        class_name="top pub",
    )
    strip = _strip(
        crisis, t("If you might hurt yourself, or someone is in danger, please don’t wait for an appointment.")
    )
    return standing(header, children, strip, footer(practice_name), class_name="frame", **more)


def patient_frame(
    *children: Any, practice_name: Text, person_name: Text, active: str, crisis: Any = None, **more: Any
) -> rx.Component:
    """For a patient. `active`: home, visits, papers, me. Under 48 rem the ways stand at the foot."""
    ways = [
        Way("home", t("Home"), routes.PATIENT_HOME, "home"),
        Way("visits", t("Visits"), routes.PATIENT_VISITS, "calendar"),
        Way("papers", t("Papers"), routes.PATIENT_PAPERS, "file"),
        Way("me", person_name, routes.PATIENT_ACCOUNT, "user"),
    ]
    words = [Way(way.key, way.label, way.href) for way in ways]
    header = rx.el.header(
        brand(practice_name, routes.PATIENT_HOME),
        nav(words, active, t("Your pages")),
        quiet(t("Help now"), href=routes.HELP),
        class_name="top patient",
    )
    strip = _strip(crisis, t("Need someone before your visit?"), t("Free, day and night:"))
    foot = footer(practice_name, sign_out_button(t("Sign out")))
    bar = bottom_bar(ways, active, t("Your pages"))
    return standing(header, children, strip, foot, bar, class_name="frame patient", **more)


def clinician_frame(
    *children: Any, practice_name: Text, person_name: Text, active: str = "day", knock: Any = None, **more: Any
) -> rx.Component:
    """For a therapist, compact. `knock` lies above the page; `waiting` ("1 waiting") stands in the header; `face`."""
    waiting, face = more.pop("waiting", None), more.pop("face", None)
    ways = [Way("day", t("Day"), routes.DAY)]
    known = []
    if waiting is not None:
        mark = tag(waiting, "now", "knock")
        known.append(rx.cond(waiting != "", mark) if isinstance(waiting, rx.Var) else mark)
    known.append(
        portrait(face, size="xs", label=person_name) if face is not None else rx.el.span(person_name, class_name="name")
    )
    above = knock_place(knock) if knock is not None else None
    header = _staff_header(practice_name, ways, active, t("Therapist pages"), known)
    return _staff(header, children, practice_name, above, **more)


def owner_frame(*children: Any, practice_name: Text, person_name: Text, active: str, **more: Any) -> rx.Component:
    """For the owner, compact. `active`: practice, services, clinicians, money, audit."""
    ways = [
        Way("practice", t("Practice"), routes.PRACTICE),
        Way("services", t("Services"), routes.PRACTICE_SERVICES),
        Way("clinicians", t("Therapists"), routes.PRACTICE_CLINICIANS),
        Way("money", t("Money"), routes.PRACTICE_MONEY),
        Way("audit", t("Audit"), routes.PRACTICE_AUDIT),
    ]
    header = _staff_header(practice_name, ways, active, t("Owner pages"), [rx.el.span(person_name, class_name="name")])
    return _staff(header, children, practice_name, None, **more)


def plain_frame(
    *children: Any, practice_name: Text, banner: Any = None, home: str = routes.HOME, **more: Any
) -> rx.Component:
    """The name and Help now only: checkout, intake, consent, sign-in. `banner` (the held time) sticks to the top."""
    header = rx.el.header(brand(practice_name, home), quiet(t("Help now"), href=routes.HELP), class_name="top")
    top = rx.fragment(header, banner) if banner is not None else header
    return standing(top, children, footer(practice_name), class_name="frame", **more)


def _staff_header(practice_name: Text, ways: list[Way], active: str, label: Text, known: list[Any]) -> rx.Component:
    return rx.el.header(
        brand(practice_name, ways[0].href),
        nav(ways, active, label),
        rx.el.div(*known, menu(ways, active, label), class_name="row flex-nowrap!"),
        class_name="top staff",
    )


def _staff(header: Any, children: Any, practice_name: Text, above: Any, **more: Any) -> rx.Component:
    foot = footer(practice_name, sign_out_button(t("Sign out")))
    attrs = {"data-density": "compact"}
    return standing(header, children, foot, above, class_name="frame", custom_attrs=attrs, **more)


def _strip(crisis: Any, heading: Text, text: Text = "") -> Any:
    if crisis is None:
        return None
    strip = help_strip(crisis, heading=heading, text=text)
    return rx.cond(crisis.to(list).length() > 0, strip) if isinstance(crisis, rx.Var) else strip
