"""The parts say what they are: labels, hints, errors, states, and where links go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import reflex as rx

from portal.components import buttons, fields, notices, staff, tables
from portal.components.cards import Option, options, squares
from portal.components.credential_form import CredentialField, credential_form
from portal.components.draft_text import draft_text
from portal.components.light import hold_banner
from portal.pages.public.book.page import book
from portal.texts import rich, t, tn

COMPONENTS = Path(buttons.__file__).parent
ASSETS = COMPONENTS.parents[1] / "assets"


class PartsState(rx.State):
    """Something for Vars to point at."""

    error: str = ""
    busy: bool = False
    rows: list[Option] = []

    @rx.event
    def press(self) -> None:
        """Pressed."""

    @rx.event
    def pick(self, value: str) -> None:
        """Picked."""

    @rx.event
    def save(self, draft_id: str, text: str) -> None:
        """Saved."""


def test_a_field_names_its_hint_and_its_error():
    drawn = str(fields.text_field("mail", "E-mail", kind="email", hint="As in letters", error=PartsState.error))
    assert '"aria-describedby":"f-mail-h f-mail-e"' in drawn
    assert "htmlFor" in drawn
    assert '"aria-invalid"' in drawn
    assert "placeholder" not in drawn


def test_a_field_without_hint_and_error_points_nowhere():
    drawn = str(fields.text_field("first", "First name"))
    assert "aria-describedby" not in drawn
    assert "aria-invalid" not in drawn


def test_options_come_in_three_ways():
    pairs = str(fields.choice("a", "Legend", [("1", "One")], value="1", on_change=PartsState.pick))
    cards = str(fields.choice("a", "Legend", options(("1", "One")), value="1", on_change=PartsState.pick))
    assert pairs == cards
    assert "rows" in str(fields.choice("a", "Legend", PartsState.rows, value="1", on_change=PartsState.pick))


@pytest.mark.parametrize(
    ("href", "reloads"),
    [("/home/", False), ("/api/documents/receipt/1.pdf", True), ("tel:999", True), ("#people", True)],
)
def test_pages_go_through_the_router_and_nothing_else_does(href, reloads):
    assert ("reloadDocument:true" in str(buttons.link("Words", href)).replace(" ", "")) is reloads


def test_a_busy_button_keeps_its_place_and_does_nothing():
    drawn = str(buttons.go("Pay", on_click=PartsState.press, busy=PartsState.busy))
    assert '"aria-busy"' in drawn
    assert "disabled" not in drawn
    still = str(buttons.go("Pay", on_click=PartsState.press, off=True))
    assert "press" not in still


def test_news_have_their_region_before_they_come():
    assert 'role:"status"' in str(notices.told(PartsState.error)).replace(" ", "")
    assert 'role:"alert"' in str(notices.failed(PartsState.error)).replace(" ", "")


def test_rows_of_tables_and_days_carry_their_state():
    assert '"data-kind":"hot"' in str(tables.table_row(tables.cell("x"), kind="hot"))
    assert '"data-state":"next"' in str(staff.day_row(time="1", length="", name="n", about="a", state="next"))
    assert squares(2, 5) == [True, True, False, False, False]


def test_words_are_vars_that_know_their_module():
    one = tn("{n} time", "{n} times", PartsState.rows.length())
    assert "useText" in str(one._get_all_var_data())
    assert str(t("Held for {minutes} minutes", minutes=5)).startswith('_t("Held for {minutes} minutes"')
    assert rich(t("**So**")).tag == "Rich"


def test_local_parts_compile():
    assert draft_text("n", "Note", draft_id="d", initial="", on_save=PartsState.save).render()
    assert hold_banner("Thursday", ends_at="", on_end=PartsState.press, over="Free again").render()
    form = credential_form(
        action="/api/sign-in", fields=[CredentialField("email", t("E-mail"))], submit="In", messages={"other": "No"}
    )
    assert form.render()


def test_nothing_local_needs_eval_or_strangers():
    for script in COMPONENTS.rglob("*.jsx"):
        if "therapy_room" in script.parts:
            continue
        words = script.read_text(encoding="utf-8")
        for forbidden in ("eval(", "new Function", "dangerouslySetInnerHTML", "localStorage", "https://"):
            assert forbidden not in words, f"{forbidden} in {script.name}"


def test_the_page_of_free_times_shows_nothing_of_the_sheet_that_it_does_not_load():
    """Its frame is `lean`; everything that it can show has its rules in the sheet of every page."""
    drawn = str(book()) + "".join((COMPONENTS / script).read_text() for script in ("choices.jsx", "marks.jsx"))
    shown = {
        word
        for words in re.findall(r"class(?:_n|N)ame[\"']?\s*[:=]\s*[({]*[\"`]([^\"`]*)", drawn)
        for word in words.split()
    }
    later = _classes((COMPONENTS / "parts.css").read_text()) - _classes((ASSETS / "site.css").read_text())
    assert {"slot", "btn", "face", "help"} <= shown
    assert {"hero", "appt", "dialog"} <= later
    assert not shown & later


def _classes(sheet: str) -> set[str]:
    """The classes that the selectors of a style sheet name."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return {
        found for selector in re.findall(r"[^{}]+(?=\{)", plain) for found in re.findall(r"\.([a-z][\w-]*)", selector)
    }
