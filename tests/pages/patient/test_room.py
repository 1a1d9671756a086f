"""The patient's room page: help is one press away, and opens beside it."""

from __future__ import annotations

import json

from portal.pages.patient.room.page import room


def test_help_stands_in_the_header_and_keeps_the_place_in_the_waiting_room() -> None:
    drawn = json.dumps(room().render())
    assert '\\"/help/\\"' in drawn
    assert '\\"_blank\\"' in drawn
