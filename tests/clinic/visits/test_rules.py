"""When a room is open, who waits, who may come in: at each border, a microsecond before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.clinic.visits import rules
from portal.clinic.visits.values import Party, Progress, RoomState, VisitState

START = datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)
VISIT = Progress(START, START + timedelta(minutes=50))
OPENS = START - timedelta(minutes=15)
CLOSES = VISIT.ends_at + timedelta(hours=2)


def at(state: VisitState, seen: datetime | None = None) -> Progress:
    return replace(VISIT, state=state, waiting_since=seen, waiting_seen_at=seen)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - TICK, RoomState.EARLY),
        (OPENS, RoomState.OPEN),
        (START, RoomState.OPEN),
        (CLOSES - TICK, RoomState.OPEN),
        (CLOSES, RoomState.FINISHED),
    ],
)
def test_the_room_is_open_from_a_quarter_of_an_hour_before_until_two_hours_after(
    now: datetime, state: RoomState
) -> None:
    assert rules.room_state(VISIT, now) is state
    assert rules.is_open(VISIT, now) is (state is RoomState.OPEN)
    assert rules.may_join(VISIT, Party.CLINICIAN, now) is (state is RoomState.OPEN)
    assert not rules.may_join(VISIT, Party.PATIENT, now)


@pytest.mark.parametrize(("silence", "waits", "admits"), [(10, True, True), (11, False, True), (61, False, False)])
def test_silence_is_leaving(silence: int, waits: bool, admits: bool) -> None:
    visit = at(VisitState.WAITING, START)
    now = START + timedelta(seconds=silence)
    assert rules.is_waiting(visit, now) is waits
    assert rules.may_admit(visit, now) is admits
    assert rules.room_state(visit, now) is (RoomState.WAITING if waits else RoomState.OPEN)
    assert not rules.may_join(visit, Party.PATIENT, now)


def test_who_was_let_in_can_come_back_until_it_is_over() -> None:
    visit = at(VisitState.ADMITTED, START)
    for now in (START + timedelta(minutes=40), CLOSES - TICK):
        assert rules.may_join(visit, Party.PATIENT, now)
        assert rules.room_state(visit, now) is RoomState.ADMITTED
    assert not rules.may_join(visit, Party.PATIENT, CLOSES)


@pytest.mark.parametrize("state", [VisitState.FINISHED, VisitState.NO_SHOW])
def test_after_the_end_nobody_comes_in(state: VisitState) -> None:
    for party in Party:
        assert not rules.may_join(at(state), party, START)
    assert rules.room_state(at(state), START) is RoomState.FINISHED
    assert not rules.may_admit(at(state, START), START)


def test_only_a_visit_that_took_place_is_finished() -> None:
    assert rules.may_finish(at(VisitState.ADMITTED), START)
    assert rules.may_finish(at(VisitState.ADMITTED), CLOSES + timedelta(days=3))
    for state in set(VisitState) - {VisitState.ADMITTED}:
        assert not rules.may_finish(at(state), START)


def test_a_visit_takes_place_by_phone_from_its_beginning_unless_somebody_was_let_in() -> None:
    for state in (VisitState.SCHEDULED, VisitState.WAITING):
        assert rules.may_finish_by_phone(at(state), START)
        assert rules.may_finish_by_phone(at(state), CLOSES + timedelta(days=3))
        assert not rules.may_finish_by_phone(at(state), START - TICK)
    for state in (VisitState.ADMITTED, VisitState.FINISHED, VisitState.NO_SHOW):
        assert not rules.may_finish_by_phone(at(state), START)


def test_a_no_show_takes_ten_minutes_and_an_empty_waiting_room() -> None:
    late = START + timedelta(minutes=10)
    assert rules.may_miss(VISIT, late)
    assert not rules.may_miss(VISIT, late - TICK)
    assert not rules.may_miss(at(VisitState.WAITING, late), late)
    assert rules.may_miss(at(VisitState.WAITING, late - timedelta(seconds=11)), late)
    assert not rules.may_miss(at(VisitState.ADMITTED), late)
