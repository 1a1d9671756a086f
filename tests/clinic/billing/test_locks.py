"""Whoever takes in a payment and whoever holds a time lock in the same order, so that neither is sent away."""

from __future__ import annotations

import threading

import pytest
from sqlmodel import Session, col, select

from portal.clinic.billing import service as billing
from portal.clinic.billing.values import OutcomeKind, PaymentOutcome
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling.tables import Appointment
from portal.storage.keys import Keyring
from portal.storage.work import SYSTEM, Database
from tests.clinic.billing.till import PAID, make_till
from tests.support.databases import Clock
from tests.support.patience import SECONDS


@pytest.mark.postgres
def test_a_payment_waits_for_whoever_books_with_the_same_clinician(
    postgres_url: str, keyring: Keyring, clock: Clock
) -> None:
    database = Database(postgres_url, keyring, clock=clock)
    payment = make_till(database, clock).payment
    answers: list[PaymentOutcome] = []
    taking = threading.Thread(
        target=lambda: answers.append(database.run(SYSTEM, billing.apply_page_state, payment, PAID))
    )
    with Session(database.engine) as booking:  # what `hold` does: the clinician, then holds that have run out
        booking.exec(select(Clinician).with_for_update()).one()
        taking.start()
        taking.join(timeout=1)
        assert taking.is_alive()
        booking.exec(select(Appointment).order_by(col(Appointment.id)).with_for_update()).all()
        booking.commit()
    taking.join(SECONDS)
    database.close()
    assert [answer.kind for answer in answers] == [OutcomeKind.CONFIRMED]
