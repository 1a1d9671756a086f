"""One visit: what was answered, how it moves, and the note beside it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import back_link, calm
from portal.components.layout import desk, stack
from portal.components.notices import empty, skeleton
from portal.components.tables import panel, tabs
from portal.components.times import tick
from portal.components.words import heading
from portal.pages.clinician.frame import clinician_page
from portal.pages.clinician.note.parts import note_panel
from portal.pages.clinician.note.state import NoteState
from portal.pages.clinician.visit.parts import (
    earlier_visits,
    papers,
    questions,
    risk,
    safety_sheet,
    this_visit,
    upper_edge,
)
from portal.pages.clinician.visit.state import VisitPageState
from portal.texts import t

_EVERY = 5
_there: Any = VisitPageState.stage == "there"


def visit() -> rx.Component:
    """The page. The note stands where no State takes it away: it is never inside a condition."""
    return clinician_page(
        tick(_EVERY, [VisitPageState.refresh, NoteState.look]),
        rx.cond(VisitPageState.stage == "missing", _missing()),
        rx.el.div(
            rx.cond(_there, upper_edge(), stack(heading(t("The visit")), class_name="mb-row")),
            rx.cond(_there, stack(risk(), safety_sheet(), gap="row", class_name="mb-block empty:hidden")),
            desk(_read(), note_panel(nothing=VisitPageState.head.cancelled), half=True),
            questions(),
            class_name=rx.cond(VisitPageState.stage == "missing", "hidden", ""),
        ),
        seen_on=VisitPageState.head.visit,
        on_unmount=[VisitPageState.close, NoteState.close],
    )


def _read() -> rx.Component:
    tab = VisitPageState.tab
    items = [("now", t("This visit")), ("earlier", t("Earlier visits")), ("papers", t("Papers"))]
    inside = rx.el.div(
        tabs(t("About this visit"), items, value=tab, on_change=VisitPageState.choose_tab),
        panel("now", this_visit(), value=tab, class_name="pt-block"),
        panel("earlier", earlier_visits(), value=tab, class_name="pt-block"),
        panel("papers", papers(), value=tab, class_name="pt-block"),
    )
    return rx.cond(_there, inside, skeleton(t("The answers are on their way."), rows=3))


def _missing() -> rx.Component:
    return stack(
        back_link(t("Back to the day"), routes.DAY),
        heading(t("There is no such visit in your calendar")),
        empty(
            t("Nothing at this address"),
            t("The visit may have been cancelled, or it belongs to somebody else’s calendar."),
            calm(t("Back to the day"), href=routes.DAY),
        ),
        gap="row",
    )
