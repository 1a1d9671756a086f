"""Fixtures of the payment tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.counter import Counter, counter


@pytest.fixture
def card_sandbox(tmp_path: Path) -> Iterator[Counter]:
    """The sandbox over HTTP with the gateway in front of it."""
    with counter(tmp_path) as running:
        yield running


@pytest.fixture
def desk(card_sandbox: Counter) -> Counter:
    """The same, by a shorter name."""
    return card_sandbox
