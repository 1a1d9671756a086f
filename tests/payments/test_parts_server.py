"""The parts as the process that the demo starts."""

import os
import signal
import subprocess
import sys

import httpx
import pytest

from tests.support.patience import SECONDS
from tests.support.ports import free_port, wait_for_port

COMMAND = [sys.executable, "-m", "portal.demo.parts_server"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serves_on_loopback_until_it_is_told_to_stop(tmp_path, stop):
    port, smtp_port = free_port(), free_port()
    arguments = ["--port", str(port), "--smtp-port", str(smtp_port), "--data-dir", str(tmp_path)]
    secrets = {"STRIPE_API_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}
    with subprocess.Popen([*COMMAND, *arguments], env=os.environ | secrets, stderr=subprocess.PIPE, text=True) as child:
        wait_for_port(port)
        wait_for_port(smtp_port)
        assert httpx.get(f"http://localhost:{port}/healthz", trust_env=False).text == "ok"
        child.send_signal(stop)
        _, said = child.communicate(timeout=SECONDS)
    assert "Traceback" not in said


def test_asks_for_its_secrets(tmp_path):
    arguments = ["--port", "1", "--smtp-port", "2", "--data-dir", str(tmp_path)]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("STRIPE_")}
    done = subprocess.run(
        [*COMMAND, *arguments], env=bare, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 2
    assert "STRIPE_API_KEY" in done.stderr
