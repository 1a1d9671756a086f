"""Every sentence that the room asks for is there, and none is kept for nobody."""

from __future__ import annotations

import re
from pathlib import Path

from portal.components.therapy_room.labels import labels

ROOM = Path(__file__).parents[2] / "portal" / "components" / "therapy_room"
ASKED = re.compile(r"say\(((?:[^()]|\([^()]*\))*)")
QUOTED = re.compile(r"""["'`]([\w${}. "?:|]+)["'`]""")


def sources() -> str:
    return "\n".join(path.read_text() for path in sorted(ROOM.glob("*.js*")))


def test_each_key_that_is_asked_for_has_a_sentence():
    keys = {key for call in ASKED.findall(sources()) for key in re.findall(r'"(\w+)"', call)}
    assert len(keys) > 60
    known = labels().keys()
    not_sentences = {"clinician", "short", "joining", "on", "off"}  # what sentences are chosen by
    assert {key for key in keys if key not in known} <= not_sentences


def test_each_sentence_is_asked_for():
    text = sources()
    patterns = [
        re.compile("^" + re.sub(r"\$\{[^}]*\}", r"\\w+", template) + "$")
        for template in re.findall(r"say\(`([^`]*)`", text)
    ]
    words = set(re.findall(r'"(\w+)"', text))
    idle = [key for key in labels() if key not in words and not any(one.match(key) for one in patterns)]
    assert idle == []
