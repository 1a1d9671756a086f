"""Where files stand and how long they are."""

from __future__ import annotations

import pytest

from tests.support.sources import PORTAL, ROOT, at, imported, modules

LONGEST = {"portal": 300, "tests": 300, "tools": 300, "benchmarks": 300}
KINDS = {"__init__", "values", "rules", "tables", "queries", "service"}
MORE_KINDS = {
    "people/passwords": "hashing takes a thread of its own, so it is neither a rule nor a service",
    "intake/forms": "the questionnaires themselves, word for word",
}
PAGE_FILES = {"__init__", "page", "state", "parts", "cards"}


@pytest.mark.parametrize("folder", LONGEST)
def test_no_file_is_longer_than_a_person_reads(folder):
    suffixes = {".py", ".js", ".jsx"}
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    lengths = {at(path): len(path.read_text().splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST[folder]} == {}


def test_the_migrations_folder_does_not_hide_the_library():
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_a_noun_has_the_usual_rooms_and_no_others():
    clinic = PORTAL / "clinic"
    nouns = [path for path in clinic.iterdir() if path.is_dir() and path.name != "__pycache__"]
    strangers = [
        at(path)
        for noun in nouns
        for path in noun.iterdir()
        if path.suffix in {"", ".py"} and path.name != "__pycache__"
        if path.stem not in KINDS and f"{noun.name}/{path.stem}" not in MORE_KINDS
    ]
    assert strangers == []


def test_a_screen_has_the_usual_files_and_no_others():
    screens = {path.parent for path in modules("pages") if path.name == "page.py"}
    strangers = [at(path) for screen in screens for path in screen.glob("*.py") if path.stem not in PAGE_FILES]
    assert strangers == []


FORBIDDEN = {
    "values": ("sqlmodel", "sqlalchemy", ".tables.", ".queries.", ".service.", ".rules.", "portal.clinic.audit"),
    "rules": (
        "sqlmodel",
        "sqlalchemy",
        ".tables.",
        ".queries.",
        ".service.",
        "portal.clinic.audit",
        "random",
        "secrets",
    ),
    "tables": (".rules.", ".queries.", ".service."),
    "queries": (".service.",),
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_kind_of_file_imports_only_what_it_may(kind):
    files = [path for path in modules("clinic") if kind in {path.stem, path.parent.name}]
    wrong = [
        f"{at(path, node)} imports {name}"
        for path in files
        for node, name in imported(path)
        if any(f".{part.strip('.')}." in f".{name}." for part in FORBIDDEN[kind])
    ]
    assert wrong == []


def test_pure_files_take_the_time_as_an_argument():
    files = [path for path in modules("clinic") if {"rules", "values"} & {path.stem, path.parent.name}]
    wrong = [at(path) for path in files for word in ("utc_now", "time.time(") if word in path.read_text()]
    assert wrong == []


def test_sql_stands_in_queries_alone():
    """The trail and the outbox are nouns of one file."""
    files = [path for room in ("clinic", "errands", "endpoints", "jobs", "pages") for path in modules(room)]
    wrong = [
        f"{at(path, node)} imports {name}"
        for path in files
        if path.stem not in {"queries", "audit", "outbox"}
        for node, name in imported(path)
        if name in {"sqlmodel.select", "sqlmodel.delete", "sqlmodel.update", "sqlalchemy.text", "sqlalchemy.select"}
    ]
    assert wrong == []
