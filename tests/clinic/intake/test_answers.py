"""What can be taken as an answer, how far a packet is, and what a signature is bound to."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clinic.intake import rules
from portal.clinic.intake.forms import ABOUT_YOU, CONSENT_TELEHEALTH, GAD7, PACKET, PHQ9, TELEHEALTH_WORDS
from portal.clinic.intake.values import Form, Question, QuestionKind

TODAY = date(2026, 11, 23)
ROSA = {
    "preferred_name": "Rosa",
    "birth_date": "1991-02-28",
    "phone": "+44 20 7946 0123",
    "usual_place": "Flat 2\n14 Quay Street\nBristol",
}


def problems(form: Form, entered: dict[str, object]) -> dict[str, str]:
    return rules.check(form, entered, TODAY).fields


def question(kind: QuestionKind, longest: int = 200) -> Question:
    return Question("it", "It?", kind, longest=longest)


class TestChecking:
    def test_takes_what_is_enough(self) -> None:
        checked = rules.check(ABOUT_YOU, ROSA, TODAY)
        assert checked.problems == ()
        assert checked.answers == ROSA

    def test_says_of_each_question_what_is_missing(self) -> None:
        assert problems(ABOUT_YOU, {}) == dict.fromkeys(
            ("preferred_name", "birth_date", "phone", "usual_place"), "missing"
        )
        assert problems(ABOUT_YOU, {**ROSA, "preferred_name": " \t "}) == {"preferred_name": "missing"}

    def test_whoever_is_named_for_an_emergency_needs_a_number(self) -> None:
        assert problems(ABOUT_YOU, {**ROSA, "emergency_name": "Ana"}) == {"emergency_phone": "missing"}
        assert problems(ABOUT_YOU, {**ROSA, "emergency_relation": "sister"}) == {
            "emergency_name": "missing",
            "emergency_phone": "missing",
        }
        assert problems(ABOUT_YOU, {**ROSA, "emergency_name": "Ana", "emergency_phone": "12"}) == {
            "emergency_phone": "phone_short"
        }

    @pytest.mark.parametrize(
        ("birth", "code"),
        [
            ("1991-02-29", "date_impossible"),
            ("1991-13-01", "date_impossible"),
            ("0000-01-01", "date_impossible"),
            ("28/02/1991", "date_unreadable"),
            ("1991-2-8", "date_unreadable"),
            ("\uff11991-02-28", "date_unreadable"),
            ("1991-02-30", "date_impossible"),
            ("2026-11-24", "date_future"),
            ("1900-12-31", "date_too_old"),
            ("9999-12-31", "date_future"),
        ],
    )
    def test_impossible_dates_are_told_apart(self, birth: str, code: str) -> None:
        assert problems(ABOUT_YOU, {**ROSA, "birth_date": birth}) == {"birth_date": code}

    @pytest.mark.parametrize("birth", ["2026-11-23", "1901-01-01", "2000-02-29"])
    def test_every_human_age_is_possible(self, birth: str) -> None:
        assert problems(ABOUT_YOU, {**ROSA, "birth_date": birth}) == {}

    @pytest.mark.parametrize(("longest", "code"), [(20_000, "too_long"), (20_001, "unreadable")])
    def test_what_is_too_long_is_kept_up_to_a_measure(self, longest: int, code: str) -> None:
        assert problems(ABOUT_YOU, {**ROSA, "reason": "x" * longest}) == {"reason": code}

    @pytest.mark.parametrize(("digits", "code"), [(4, "phone_short"), (5, None), (21, None), (22, "phone_unreadable")])
    def test_numbers_have_five_to_twenty_one_digits(self, digits: int, code: str | None) -> None:
        assert problems(ABOUT_YOU, {**ROSA, "phone": "1" * digits}).get("phone") == code

    @pytest.mark.parametrize(
        "phone", ["+1 (555) 010-0199", "020 7946 0123", "0049/30/901820", "555-0199 ext. 12", "999 99"]
    )
    def test_numbers_are_taken_as_people_write_them(self, phone: str) -> None:
        assert problems(ABOUT_YOU, {**ROSA, "phone": phone}) == {}

    @pytest.mark.parametrize(
        "phone",
        [
            "none",
            "12",
            "+44 20 7946 0123; DROP",
            "javascript:1234567",
            "1" * 30,
            "\u0660\u0662\u0660\u0667\u0669",
            "++4420794601",
        ],
    )
    def test_what_is_no_number_is_refused(self, phone: str) -> None:
        assert set(problems(ABOUT_YOU, {**ROSA, "phone": phone})) == {"phone"}

    def test_lengths_are_counted_and_nothing_is_cut(self) -> None:
        checked = rules.check(ABOUT_YOU, {**ROSA, "reason": "x" * 4001}, TODAY)
        assert checked.fields == {"reason": "too_long"}
        assert len(checked.answers["reason"]) == 4001
        assert problems(ABOUT_YOU, {**ROSA, "reason": "x" * 4000}) == {}

    @pytest.mark.parametrize("hostile", [7, None, ["a"], {"a": 1}, True, b"x", "x" * 1_000_000])
    def test_what_is_no_text_or_beyond_measure_is_unreadable(self, hostile: object) -> None:
        checked = rules.check(ABOUT_YOU, {**ROSA, "reason": hostile}, TODAY)
        assert checked.fields == {"reason": "unreadable"}
        assert "reason" not in checked.answers

    def test_unknown_questions_are_refused_and_not_kept(self) -> None:
        checked = rules.check(ABOUT_YOU, {**ROSA, "<script>is_admin": "1"}, TODAY)
        assert checked.fields == {"scriptis_admin": "unknown_question"}
        assert checked.answers == ROSA

    def test_a_choice_is_one_of_those_offered(self) -> None:
        answers = dict.fromkeys((f"q{number}" for number in range(1, 8)), "1")
        assert problems(GAD7, {**answers}) == {}
        assert problems(GAD7, {**answers, "q3": "4"}) == {"q3": "unknown_option"}

    def test_a_page_is_looked_at_by_itself(self) -> None:
        checked = rules.check_group(PHQ9.groups[0], {"q1": "0", "q2": "1"}, TODAY)
        assert checked.fields == {"q3": "missing"}

    @pytest.mark.parametrize(
        ("entered", "expected"),
        [
            ({"agree": "yes", "typed_name": "Rosa Almeida"}, {}),
            ({"agree": "yes", "typed_name": "李明"}, {}),
            ({"typed_name": "Rosa Almeida"}, {"agree": "not_ticked"}),
            ({"agree": "no", "typed_name": "Rosa Almeida"}, {"agree": "not_ticked"}),
            ({"agree": "yes"}, {"typed_name": "signature_missing"}),
            ({"agree": "yes", "typed_name": "--x--"}, {"typed_name": "signature_short"}),
        ],
    )
    def test_a_signature_is_a_tick_and_a_name(self, entered: dict[str, object], expected: dict[str, str]) -> None:
        assert problems(CONSENT_TELEHEALTH, entered) == expected


class TestCleaning:
    @given(st.text())
    def test_is_done_once_and_leaves_nothing_invisible_that_harms(self, text: str) -> None:
        for kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT):
            asked = question(kind)
            cleaned = rules.clean(asked, text)
            assert cleaned is not None
            assert rules.clean(asked, cleaned) == cleaned
            assert cleaned == unicodedata.normalize("NFC", cleaned.encode().decode())
            assert not {unicodedata.category(sign) for sign in cleaned if sign != "\n"} & {"Cc", "Cs", "Co", "Cn"}
            assert not set(cleaned) & set("\u202e\u2066\u200f")

    def test_lines_stay_in_long_answers_only(self) -> None:
        assert rules.clean(question(QuestionKind.LONG_TEXT), "one\r\ntwo\rthree") == "one\ntwo\nthree"
        assert rules.clean(question(QuestionKind.TEXT), " one\r\ntwo\x00 \u2028three") == "one two three"

    def test_joiners_of_persian_and_of_families_stay(self) -> None:
        for text in ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d👧"):
            assert rules.clean(question(QuestionKind.LONG_TEXT), text) == text

    @given(st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=30), st.integers(), st.none())))
    def test_nothing_that_is_entered_breaks_the_check(self, entered: dict[str, object]) -> None:
        for form in PACKET:
            checked = rules.check(form, entered, TODAY)
            assert set(checked.answers) <= {one.key for one in form.questions}

    @given(st.sampled_from(PACKET), st.data())
    def test_what_was_checked_passes_again(self, form: Form, data: st.DataObject) -> None:
        keys = st.sampled_from([one.key for one in form.questions])
        words = st.one_of(
            st.sampled_from(["0", "3", "yes", "1990-01-01", "020 7946 0123", "a@b.org"]), st.text(max_size=20)
        )
        entered = data.draw(st.dictionaries(keys, words))
        checked = rules.check(form, entered, TODAY)
        assert rules.check(form, checked.answers, TODAY) == checked

    def test_what_was_typed_last_counts_and_emptied_answers_go(self) -> None:
        assert rules.merged({"a": "1", "b": "2"}, {"b": "", "c": "3"}) == {"a": "1", "c": "3"}


class TestProgress:
    def test_a_new_packet_has_everything_before_it(self) -> None:
        packet = rules.packet_progress(PACKET, {}, ())
        assert (packet.next_form, packet.submitted, packet.is_done) == ("about_you", 0, False)
        assert packet.questions_left == 4 + 2 + 9 + 7
        assert 5 <= packet.minutes_left <= 10

    def test_four_questions_left_is_about_a_minute(self) -> None:
        draft = {f"q{number}": "1" for number in range(1, 6)}
        found = rules.form_progress(PHQ9, draft)
        assert (found.answered, found.total, found.minutes_left, found.is_started) == (5, 9, 1, True)

    @pytest.mark.parametrize(("left", "minutes"), [(9, 2), (8, 2), (7, 1), (1, 1), (0, 0)])
    def test_minutes_are_rounded_up_and_reading_counts_before_the_first_answer(self, left: int, minutes: int) -> None:
        draft = {f"q{number}": "1" for number in range(1, 10 - left)}
        assert rules.form_progress(PHQ9, draft).minutes_left == minutes

    def test_a_finished_packet_has_nothing_left(self) -> None:
        packet = rules.packet_progress(PACKET, {}, {form.key for form in PACKET})
        assert (packet.questions_left, packet.minutes_left, packet.next_form, packet.is_done) == (0, 0, None, True)

    @given(st.sampled_from(PACKET), st.data())
    def test_each_answer_brings_it_nearer_or_leaves_it(self, form: Form, data: st.DataObject) -> None:
        draft: dict[str, str] = {}
        before = rules.form_progress(form, draft)
        for asked in data.draw(st.permutations(form.questions)):
            draft[asked.key] = asked.options[0].value if asked.options else "1990-01-01"
            after = rules.form_progress(form, draft)
            assert before.answered <= after.answered <= after.total
            assert after.minutes_left <= before.minutes_left
            before = after
        assert (before.answered, before.minutes_left) == (before.total, 0)

    def test_difficulty_is_asked_once_something_troubles(self) -> None:
        assert [group.key for group in rules.shown_groups(GAD7, {"q1": "0"})] == ["items_1", "items_2"]
        assert [group.key for group in rules.shown_groups(GAD7, {"q1": "1"})] == ["items_1", "items_2", "difficulty"]


class TestConsent:
    def test_the_fingerprint_of_the_first_words_is_known(self) -> None:
        """Changing the words without a new version would make old signatures read as if they were for the new words."""
        assert rules.fingerprint(TELEHEALTH_WORDS) == FINGERPRINT_OF_VERSION_1

    def test_any_other_word_title_key_or_version_gives_another_one(self) -> None:
        others = [
            replace(TELEHEALTH_WORDS, body=TELEHEALTH_WORDS.body.replace("Do not drive", "Drive")),
            replace(TELEHEALTH_WORDS, title=TELEHEALTH_WORDS.title + "s"),
            replace(TELEHEALTH_WORDS, version="1.0"),
            replace(TELEHEALTH_WORDS, key="in_person"),
        ]
        marks = {rules.fingerprint(words) for words in (TELEHEALTH_WORDS, *others)}
        assert len(marks) == 5

    @given(st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", " ", "\n\n"]), st.sampled_from(["NFC", "NFD"]))
    def test_the_way_the_words_travelled_does_not_matter(self, end: str, edge: str, form: str) -> None:
        body = unicodedata.normalize(form, "Visités\nby video\n\nare private")
        first = replace(TELEHEALTH_WORDS, body="Visités\nby video\n\nare private")
        other = replace(TELEHEALTH_WORDS, body=edge + body.replace("\n", end) + edge)
        assert rules.fingerprint(other) == rules.fingerprint(first)

    def test_fields_cannot_be_moved_into_each_other(self) -> None:
        one = replace(TELEHEALTH_WORDS, title="a", body='b","title":"c')
        other = replace(TELEHEALTH_WORDS, title='a","body":"b', body="c")
        assert rules.fingerprint(one) != rules.fingerprint(other)

    def test_the_body_comes_in_paragraphs(self) -> None:
        pieces = rules.paragraphs(TELEHEALTH_WORDS)
        assert [piece.text for piece in pieces if piece.is_heading][:2] == [
            "What a visit by video is",
            "What is good about it, and what is not",
        ]
        assert not any("\n" in piece.text or piece.text.startswith("#") for piece in pieces)


FINGERPRINT_OF_VERSION_1 = "c55010fc6e764057341a1f6f4a675e370b42814a3f6a98240e67ef3f4df590bd"
