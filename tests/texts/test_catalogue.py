"""English is the key, slots are filled once, plurals follow the language."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.texts import catalogue
from portal.texts.catalogue import page_table, say, say_n

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Hello, {name}"
msgstr "Cześć, {name}"

msgid "{n} time"
msgid_plural "{n} times"
msgstr[0] "{n} raz"
msgstr[1] "{n} razy"
msgstr[2] "{n} razy wiele"
"""


@pytest.fixture
def polish(tmp_path, monkeypatch):
    (tmp_path / "pl.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(catalogue, "CATALOGUES", tmp_path)
    catalogue._catalogue.cache_clear()
    yield
    catalogue._catalogue.cache_clear()


def test_english_is_its_own_translation():
    assert say("en_GB", "Hello, {name}", name="Rosa") == "Hello, Rosa"
    assert say_n("en_GB", "{n} time", "{n} times", 1) == "1 time"
    assert say_n("en_GB", "{n} time", "{n} times", 0) == "0 times"


def test_a_value_is_never_a_slot():
    assert say("en_GB", "Hello, {name}", name="{secret}", secret="x") == "Hello, {secret}"
    assert say("en_GB", "Hello, {name.__class__} {missing}", name="x") == "Hello, {name.__class__} {missing}"


def test_another_language(polish):
    assert say("pl", "Hello, {name}", name="Ola") == "Cześć, Ola"
    assert say("pl", "Not there") == "Not there"
    assert [say_n("pl", "{n} time", "{n} times", n) for n in (1, 3, 5)] == ["1 raz", "3 razy", "5 razy wiele"]


def test_pages_speak_like_the_server(polish):
    table = page_table("pl")
    assert table["Hello, {name}"] == "Cześć, {name}"
    script = Path(catalogue.__file__).parent / "phrase.js"
    node = Path(sys.executable).parent / "node"
    code = f"""
      const {{ phrase }} = await import({json.dumps(script.as_uri())});
      const speech = {{ lang: "pl", table: {json.dumps(table)} }};
      const english = {{ lang: "en", table: {{}} }};
      console.log(JSON.stringify([
        phrase(speech, "Hello, {{name}}", {{ name: "Ola" }}),
        ...[1, 3, 5, 12, 22].map((n) => phrase(speech, "{{n}} time", {{ n }}, "{{n}} times")),
        phrase(english, "{{n}} time", {{ n: 1 }}, "{{n}} times"), phrase(english, "{{n}} time", {{ n: 2 }}, "{{n}} times"),
      ]));"""
    out = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
    said = json.loads(out.stdout)
    assert said == [
        "Cześć, Ola",
        *[say_n("pl", "{n} time", "{n} times", n) for n in (1, 3, 5, 12, 22)],
        "1 time",
        "2 times",
    ]
