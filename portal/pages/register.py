"""Every page of the product: one import and one line each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from portal import routes
from portal.pages.clinician.day.page import day
from portal.pages.clinician.day.state import DayState
from portal.pages.clinician.frame import KnockState
from portal.pages.clinician.note.state import NoteState
from portal.pages.clinician.room.page import room
from portal.pages.clinician.room.state import RoomState
from portal.pages.clinician.visit.page import visit
from portal.pages.clinician.visit.state import VisitPageState
from portal.pages.owner.audit.page import audit
from portal.pages.owner.audit.state import AuditState
from portal.pages.owner.clinicians.page import clinicians
from portal.pages.owner.clinicians.state import CliniciansState
from portal.pages.owner.money.page import money
from portal.pages.owner.money.state import MoneyState
from portal.pages.owner.practice.page import practice
from portal.pages.owner.practice.state import PracticeState
from portal.pages.owner.services.page import services
from portal.pages.owner.services.state import ServicesState
from portal.pages.patient import screens as patient
from portal.pages.public.book.page import book
from portal.pages.public.book.state import BookState
from portal.pages.public.booked.page import booked
from portal.pages.public.booked.state import BookedState
from portal.pages.public.checkout.page import checkout
from portal.pages.public.checkout.state import CheckoutState
from portal.pages.public.checkout_return.page import checkout_return
from portal.pages.public.checkout_return.state import ReturnState
from portal.pages.public.help.page import help_now
from portal.pages.public.home.page import home
from portal.pages.public.home.state import HomeState
from portal.pages.public.join.page import join
from portal.pages.public.not_found.page import not_found
from portal.pages.public.reset.page import reset
from portal.pages.public.reset_new.page import reset_new
from portal.pages.public.sign_in.page import sign_in
from portal.pages.public.sign_in.state import SignInState
from portal.pages.session import SessionState
from portal.texts import t

Page = Callable[[], rx.Component]


def register_pages(app: rx.App) -> None:
    """Add every page to the app under its address."""
    _public(app)
    _patient(app)
    _owner(app)
    _clinician(app)


def _public(app: rx.App) -> None:
    _add(app, home, routes.HOME, t("Therapists and free times"), HomeState.load)
    _add(app, help_now, routes.HELP, t("Help now"))
    _add(app, book, routes.BOOK, t("Choose a time"), BookState.load)
    _add(app, checkout, routes.CHECKOUT, t("Book your time"), CheckoutState.load)
    _add(app, checkout_return, routes.CHECKOUT_RETURN, t("Your payment"), ReturnState.load)
    _add(app, booked, routes.BOOKED, t("Your visit is booked"), BookedState.load)
    _add(app, sign_in, routes.SIGN_IN, t("Sign in"), SignInState.load)
    _add(app, reset, routes.RESET, t("A new password"))
    _add(app, reset_new, routes.RESET_NEW, t("A new password"))
    _add(app, join, routes.JOIN, t("Your invitation"))
    _add(app, not_found, "404", t("Nothing at this address"))


def _clinician(app: rx.App) -> None:
    _add(app, day, routes.DAY, t("Your day"), KnockState.enter, DayState.load)
    _add(app, visit, routes.DAY_VISIT, t("The visit"), KnockState.enter, VisitPageState.load, NoteState.load)
    _add(app, room, routes.DAY_ROOM, t("The room"), RoomState.enter)


def _patient(app: rx.App) -> None:
    for page, route, title, loads in patient.PAGES:
        _add(app, page, route, title, *loads)
    _add(app, patient.room, routes.PATIENT_ROOM, t("Your room"))


def _owner(app: rx.App) -> None:
    _add(app, practice, routes.PRACTICE, t("Your practice"), PracticeState.load)
    _add(app, services, routes.PRACTICE_SERVICES, t("Services"), ServicesState.load)
    _add(app, clinicians, routes.PRACTICE_CLINICIANS, t("Therapists"), CliniciansState.load)
    _add(app, money, routes.PRACTICE_MONEY, t("Money"), MoneyState.load)
    _add(app, audit, routes.PRACTICE_AUDIT, t("Audit trail"), AuditState.load)


def _add(app: rx.App, page: Page, route: str, title: Any, *on_load: Any) -> None:
    """One page; the frame's data comes first, then its own."""
    app.add_page(page, route=route, title=title, on_load=[SessionState.enter, *on_load])
