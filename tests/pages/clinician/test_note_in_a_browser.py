"""The note in a real browser: nothing typed is lost, whatever becomes of the visit, the line or the server meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.clinician.conftest import Ada
from tests.support.patience import until

pytestmark = pytest.mark.browser

KEEPS = 3.0  # the seconds after which what was typed is in the database, whatever becomes of the page


def holds(ada: Ada, field: str, words: str, within: float = KEEPS) -> None:
    """The database has the words, and soon enough."""
    until(lambda: ada.note().fields[field] == words, within, page=ada.page, found=lambda: ada.note().fields[field])


def finish(page: Page) -> None:
    page.get_by_role("button", name="Finish the visit").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Finish the visit").click()


def test_what_is_typed_while_the_visit_is_being_finished_stays(ada: Ada):
    page = ada.opens()
    field = page.get_by_label("Subjective")
    field.press_sequentially("Before. ", delay=15)
    finish(page)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    field.press_sequentially("At once. ", delay=15)
    expect(page.get_by_text("Ended")).to_be_visible()
    field.press_sequentially("And after.", delay=15)
    assert field.input_value() == "Before. At once. And after."
    holds(ada, "subjective", "Before. At once. And after.")
    assert field.input_value() == "Before. At once. And after."
    assert field.evaluate("field => field === document.activeElement")


def test_the_first_words_after_finishing_are_kept(ada: Ada):
    page = ada.opens()
    finish(page)
    expect(page.get_by_text("Ended")).to_be_visible()
    page.get_by_label("Subjective").fill("Spoke about Sundays.")
    holds(ada, "subjective", "Spoke about Sundays.", 4)
    expect(page.get_by_text("Saved").first).to_be_visible()


def test_a_slow_typist_is_not_disturbed_while_the_page_looks_how_the_visit_stands(ada: Ada):
    page = ada.opens()
    field = page.get_by_label("Plan")
    words = "Every five seconds the page asks anew, and nobody notices."
    field.press_sequentially(words, delay=220)  # over two rounds of that
    assert field.input_value() == words
    holds(ada, "plan", words)


def test_nothing_can_be_typed_before_the_note_is_there(ada: Ada):
    page = ada.page
    page.route_web_socket("**/_event**", lambda _: None)  # a clinic that takes its time
    page.goto(f"{ada.practice.url}/day/visit/?id={ada.visit}")
    field = page.get_by_label("Subjective")
    expect(field).to_be_attached()
    expect(field).not_to_be_editable()


def test_words_stay_on_the_page_while_the_line_is_down_and_go_when_it_is_back(ada: Ada):
    """The line is dead without a word: what was sent into it has to be sent again."""
    line = {"up": True}

    def wire(socket) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: line["up"] and server.send(message))
        server.on_message(lambda message: line["up"] and socket.send(message))

    ada.page.route_web_socket("**/_event**", wire)
    page = ada.opens()
    field = page.get_by_label("Plan")
    field.fill("Before.")
    holds(ada, "plan", "Before.")
    line["up"] = False
    field.press_sequentially(" While it was down.", delay=15)
    expect(page.get_by_text("Not saved yet. It stays on this page")).to_be_visible()
    assert ada.note().fields["plan"] == "Before."
    line["up"] = True
    holds(ada, "plan", "Before. While it was down.", 20)
    expect(page.get_by_text("Not saved yet.")).to_be_hidden()
    assert field.input_value() == "Before. While it was down."
    assert ada.note().kept == ()


def test_the_server_dies_in_the_middle_of_a_sentence(ada: Ada):
    page = ada.opens()
    field = page.get_by_label("Assessment")
    field.press_sequentially("Before it died. ", delay=15)
    holds(ada, "assessment", "Before it died. ")
    ada.practice.kill_server()
    try:
        field.press_sequentially("While it was away. ", delay=60)
        expect(page.get_by_text("Reconnecting.")).to_be_visible()
    finally:
        ada.practice.start_server()
    field.press_sequentially("And after.", delay=60)
    words = "Before it died. While it was away. And after."
    holds(ada, "assessment", words, 15)
    assert field.input_value() == words
    assert field.evaluate("field => field === document.activeElement")
    assert ada.note().kept == ()


def test_a_page_that_is_closed_in_the_middle_of_a_word_sends_it_on_its_way_out(ada: Ada):
    page = ada.opens()
    page.get_by_label("Subjective").press_sequentially("In the middle of a wor", delay=5)
    page.goto("about:blank")
    holds(ada, "subjective", "In the middle of a wor")


def test_the_second_of_two_tabs_is_told_and_nothing_is_overwritten(ada: Ada):
    first, second = ada.opens(), ada.opens(ada.visitor.context.new_page())
    first.get_by_label("Plan").fill("From the first tab.")
    holds(ada, "plan", "From the first tab.")
    expect(second.get_by_text("changed on another page meanwhile")).to_be_visible()
    assert second.get_by_label("Plan").input_value() == ""

    second.get_by_label("Plan").press_sequentially("From the second.", delay=10)
    expect(second.get_by_text("Newer words from here took the place of others in: Plan")).to_be_visible()
    expect(second.get_by_role("heading", name="Kept from another page")).to_be_visible()
    expect(second.get_by_text("From the first tab.")).to_be_visible()
    note = ada.note()
    assert (note.fields["plan"], [one.text for one in note.kept]) == ("From the second.", ["From the first tab."])

    expect(first.get_by_text("changed on another page meanwhile")).to_be_visible()
    first.get_by_label("Subjective").press_sequentially("Typed while looking. ", delay=10)
    first.get_by_role("button", name="Show the newest words").click()
    expect(first.get_by_label("Plan")).to_have_value("From the second.")
    assert first.get_by_label("Subjective").input_value() == "Typed while looking. "
    holds(ada, "subjective", "Typed while looking. ")


def test_another_layout_takes_along_what_was_typed_a_moment_before(ada: Ada):
    page = ada.opens()
    page.get_by_label("Subjective").fill("Sleeps four hours.")
    page.get_by_role("button", name="Free text instead").click()
    free = page.get_by_label("What happened, what you think, what comes next")
    expect(free).to_have_value("Subjective\nSleeps four hours.")
    free.press("Control+End")
    free.press_sequentially(" No plan.", delay=10)
    holds(ada, "text", "Subjective\nSleeps four hours. No plan.")
    assert ada.note().kept == ()


def test_a_note_is_signed_with_the_last_letter_and_added_to(ada: Ada):
    page = ada.opens()
    page.get_by_label("Plan").press_sequentially("One evening a week.", delay=5)
    page.get_by_role("button", name="Sign and lock").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("Fingerprint")).to_be_visible()
    assert ada.note().fields["plan"] == "One evening a week."

    page.get_by_role("button", name="Add to this note").click()
    page.get_by_label("Why you add this").fill("A slip")
    page.get_by_label("What you add").press_sequentially("Two evenings.", delay=5)
    page.get_by_role("button", name="Add for good").click()
    expect(page.get_by_text("because of: A slip")).to_be_visible()
    assert [one.text for one in ada.note().amendments] == ["Two evenings."]
    page.wait_for_timeout(
        5_000
    )  # a field sends again after four seconds of silence: only then it is sure that it does not
    assert ada.note().addition.text == ""
