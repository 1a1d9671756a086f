"""What must not be called, what must be literal, and what must be documented."""

from __future__ import annotations

import ast
import re

from portal.settings import Settings
from tests.support.sources import PORTAL, ROOT, at, dotted, modules, tree

BANNED = {
    "rx.toast": "goes through eval; use a notice in State",
    "rx.call_script": "goes through eval",
    "rx.call_function": "goes through eval",
    "rx.upload": "its route has no authentication",
    "rx.get_upload_dir": "its files are public",
    "rx.ComponentState": "adds handlers after the doors are locked",
    "rx.LocalStorage": "scripts read it",
    "rx.SessionStorage": "scripts read it",
    "rx.Cookie": "scripts read it",
    "rx.session": "use the unit of work",
    "rx.Model": "tables are SQLModel",
    "rx.asset": "reads the whole stack with its sources; use portal.bundled",
    "rx.download": "documents are an endpoint",
    "rx.script": "inline scripts belong to no policy",
    "rx.html": "what people type would run",
    "eval": "never",
    "exec": "never",
    "pickle.loads": "runs what it reads",
}


def calls():
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield path, node, dotted(node.func)


def test_nothing_dangerous_is_used():
    used = [
        f"{at(path, node)} {name}: {BANNED[name]}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name) and (name := dotted(node)) in BANNED
    ]
    assert used == []


def test_every_phrase_is_literal_so_that_it_can_be_translated():
    counts = {"t": 1, "tn": 2}
    wrong = [
        at(path, node)
        for path, node, name in calls()
        if name in counts and PORTAL / "texts" not in path.parents
        for phrase in node.args[: counts[name]]
        if not (isinstance(phrase, ast.Constant) and isinstance(phrase.value, str))
    ]
    assert wrong == []


def test_every_setting_is_documented_with_what_it_is_for():
    example = (ROOT / ".env.example").read_text()
    for name, field in Settings.model_fields.items():
        if name == "demo":
            continue
        assert re.search(rf"^#? ?{name.upper()}=", example, re.MULTILINE), f"{name.upper()} is not in .env.example"
        assert field.description


def test_the_example_names_no_setting_that_does_not_exist():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    assert named - {name.upper() for name in Settings.model_fields} == set()


def test_every_target_of_the_makefile_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z]+):(.*)$", makefile, re.MULTILINE)
    assert len(targets) > 6
    assert [name for name, rest in targets if "## " not in rest] == []
