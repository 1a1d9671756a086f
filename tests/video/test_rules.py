"""The room's pure rules, run by Node as they are shipped."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from portal.serving import tool_environment

ROOM = Path(__file__).parents[2] / "portal" / "components" / "therapy_room"


def ask(module: str, expression: str) -> Any:
    script = f"import * as it from {json.dumps(str(ROOM / module))}; console.log(JSON.stringify({expression}));"
    done = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "-e", script],
        env=tool_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_what_follows_from_the_end_of_a_line():
    said = ask("reasons.js", "[...Array(17).keys()].map((reason) => it.afterwards(reason, false))")
    assert said[2] == "elsewhere"
    assert said[4] == said[5] == "ask"
    assert {said[reason] for reason in range(17) if reason not in {2, 4, 5}} == {"again"}
    assert ask("reasons.js", "[it.afterwards(undefined, false), it.afterwards(3, true)]") == ["again", "left"]


def test_tries_come_at_once_and_then_slower_but_never_seldom():
    pauses = ask("reasons.js", "[...Array(20).keys()].map((n) => it.pause(n, 1))")
    assert pauses[0] == 0
    assert pauses == sorted(pauses)
    assert max(pauses) <= 5000


FINE = {"phase": "in", "line": "fine", "other": True, "quality": "auto", "paused": False, "still": False}


@pytest.mark.parametrize(
    ("changes", "rung"),
    [
        ({}, ""),
        ({"myLine": "poor"}, "mine"),
        ({"otherLine": "poor"}, "theirs"),
        ({"otherLine": "lost", "still": True}, "theirs_lost"),
        ({"still": True}, "still"),
        ({"paused": True, "still": True, "myLine": "poor"}, "paused"),
        ({"quality": "sound", "myLine": "poor"}, "sound_chosen"),
        ({"quality": "light"}, "light_chosen"),
        ({"other": False, "myLine": "poor"}, ""),
        ({"line": "shaky", "myLine": "lost"}, ""),
        ({"phase": "again", "myLine": "lost"}, ""),
    ],
)
def test_one_rung_is_said_at_a_time(changes, rung):
    assert ask("rung.js", f"it.rungOf({json.dumps(FINE | changes)})") == rung


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr Miriam Okafor", "MO"), ("Rosa", "R"), ("Prof. Anna Maria Lie", "AL"), ("", ""), ("Dr Okafor", "O")],
)
def test_initials(name, letters):
    assert ask("words.js", f"it.initials({json.dumps(name)})") == letters


def test_nothing_in_a_value_is_a_slot():
    values = json.dumps({"other": "{time} {other}", "time": "10:30"})
    assert ask("words.js", f"it.fill('{{other}} at {{time}}, {{zone}}', {values})") == "{time} {other} at 10:30, {zone}"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "1 minute"),
        (59, "59 minutes"),
        (1439, "23 hours and 59 minutes"),
        (1440, "1 day"),
        (287 * 60 + 23, "11 days and 23 hours"),
    ],
)
def test_a_long_time_is_told_in_days(minutes, words):
    page = "(globalThis.document = { documentElement: { lang: 'en' } })"
    assert ask("words.js", f"[{page}, it.span({minutes} * 60000)][1]") == words
