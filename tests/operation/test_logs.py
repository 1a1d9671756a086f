"""A log line holds only what is on the list, whoever writes it."""

from __future__ import annotations

import io
import json
import logging

import pytest

from portal import logs


@pytest.fixture
def lines():
    """Reads what was logged since."""
    before = logging.getLogger().handlers[:], logging.getLogger().level
    stream = io.StringIO()
    logs.configure("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers[:], level = before
    logging.getLogger().setLevel(level)


def test_keys_that_are_not_on_the_list_are_dropped(lines):
    logs.get_logger().info("request", path="/api/x", status=200, email="ana@mail.example", query="token=1")
    (line,) = lines()
    assert line["path"] == "/api/x"
    assert "ana@mail.example" not in str(line)
    assert "token" not in str(line)


@pytest.mark.parametrize("name", ["reflex.app", "reflex_base.event", "uvicorn.error", "engineio.server", "asyncio"])
def test_the_words_of_libraries_are_not_written(lines, name):
    logging.getLogger(name).error("Error processing %s", "Event(payload={'note': 'SSN 123-45-6789'})")
    logging.getLogger(name).warning('WebSocket /_event/?token=stolen" [accepted]')
    said = lines()
    assert [line["level"] for line in said] == ["error", "warning"]
    assert said[0]["logger"] == name
    assert "123-45" not in str(said)
    assert "stolen" not in str(said)


def test_an_error_has_a_code_a_class_and_frames_but_no_values(lines):
    code = logs.new_error_code()
    try:
        int("I feel hopeless")
    except ValueError as problem:
        logs.log_error(code, problem)
    (line,) = lines()
    assert line["code"] == code
    assert line["error"] == "builtins.ValueError"
    assert any("test_logs.py" in frame for frame in line["frames"])
    assert "hopeless" not in str(line)


def test_an_exception_in_a_librarys_record_is_reduced_in_the_same_way(lines):
    try:
        {}["diagnosis F41.1"]
    except KeyError:
        logging.getLogger("reflex").exception("handler failed with F41.1")
    (line,) = lines()
    assert line["error"] == "builtins.KeyError"
    assert "F41" not in str(line)


def test_codes_are_short_and_differ():
    codes = {logs.new_error_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 8 and code.startswith("Q-") for code in codes)
