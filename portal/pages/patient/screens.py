"""The patient's pages with their addresses; what one held of a person is forgotten when the next one is opened."""

from __future__ import annotations

from typing import Any, Final

from portal import routes
from portal.pages.patient.account.page import account
from portal.pages.patient.account.state import AccountState
from portal.pages.patient.home.page import home
from portal.pages.patient.home.state import HomeState
from portal.pages.patient.intake.page import intake
from portal.pages.patient.intake.state import IntakeState
from portal.pages.patient.papers.page import papers
from portal.pages.patient.papers.state import PapersState
from portal.pages.patient.room.page import room
from portal.pages.patient.visit.page import visit
from portal.pages.patient.visit.state import VisitState
from portal.pages.patient.visits.page import visits
from portal.pages.patient.visits.state import VisitsState
from portal.texts import t

_FORGET: Final = (IntakeState.leave, AccountState.leave)

PAGES: Final[tuple[tuple[Any, str, Any, tuple[Any, ...]], ...]] = (
    (home, routes.PATIENT_HOME, t("Home"), (*_FORGET, HomeState.open)),
    (visits, routes.PATIENT_VISITS, t("Your visits"), (*_FORGET, VisitsState.open)),
    (visit, routes.PATIENT_VISIT, t("Your visit"), (*_FORGET, VisitState.open)),
    (papers, routes.PATIENT_PAPERS, t("Your papers"), (*_FORGET, PapersState.open)),
    (account, routes.PATIENT_ACCOUNT, t("You"), (IntakeState.leave, AccountState.open)),
    (intake, routes.PATIENT_INTAKE, t("Before your visit"), (AccountState.leave, IntakeState.open)),
)

__all__ = ["PAGES", "room"]
