"""A real livekit-server for these tests, on ports of its own."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.demo.livekit_server import Doors, LivekitServer
from portal.gateways.video import LivekitRooms
from tests.support.browser import Chromium
from tests.support.patience import SECONDS
from tests.support.ports import free_port
from tests.video.clinic_double import Clinic
from tests.video.people import Person
from tests.video.room_page import bundle

TOOLS = Path(__file__).parents[2] / ".tools"


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def webhook_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory, webhook_port: int) -> Iterator[LivekitServer]:
    doors = Doors(free_port(), free_udp_port(), f"http://127.0.0.1:{webhook_port}/webhooks/livekit")
    server = LivekitServer(doors, tmp_path_factory.mktemp("livekit"), TOOLS)
    server.start()
    assert server.wait(SECONDS), server.detail
    yield server
    server.stop()


@pytest.fixture(scope="session")
def page_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The room on a page of its own, bundled once."""
    return bundle(tmp_path_factory.mktemp("room-page"))


@pytest.fixture
def clinic(livekit: LivekitServer, page_files: Path) -> Iterator[Clinic]:
    """A clinic that is open, with one visit, and video behind it."""
    if livekit.phase != "ready":
        livekit.start()
        assert livekit.wait(SECONDS), livekit.detail
    served = Clinic(free_port(), page_files, LivekitRooms(livekit.account), livekit.account.url)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def pair(chromium: Chromium, clinic: Clinic) -> Callable[[], tuple[Person, Person]]:
    """Two people who have come so far that both are in the room and see each other."""

    def meet() -> tuple[Person, Person]:
        patient = Person.at_the_door(chromium, clinic, "patient", viewport={"width": 390, "height": 780})
        clinician = Person.at_the_door(chromium, clinic, "clinician")
        patient.press("Tell Dr Okafor I am here")
        clinician.press("Let Rosa in")
        for one in (patient, clinician):
            one.is_at("call")
            one.sees_the_other()
        return patient, clinician

    return meet
