"""The whole demo practice for browser tests, part by part, so that a test may kill one of them."""

from __future__ import annotations

import os
from pathlib import Path

from portal.demo.children import Child, Children
from portal.demo.livekit_server import Doors, LivekitServer
from portal.demo.plan import DemoPlan, Video, demo_environment
from portal.demo.prepare import prepare_database
from portal.demo.seed import SignIns
from portal.serving import build, is_built
from portal.settings import Settings
from portal.storage.keys import load_keyring
from portal.storage.work import Database
from tests.support import served
from tests.support.served import ROOT

PORT = served.PORT + 10
"""Not that of the other served tests: this practice lives as long as the run."""


class Practice:
    """Server, cards, mailbox and video on loopback, with a seeded database."""

    def __init__(self, folder: Path) -> None:
        self.plan = DemoPlan(PORT, folder / "data", "sk_test_demo0123456789", "whsec_demo0123456789")
        self.plan.folder.mkdir(parents=True)
        doors = Doors(self.plan.video_port, self.plan.video_udp_port, f"{self.plan.address}/webhooks/livekit")
        self.livekit = LivekitServer(doors, self.plan.folder, ROOT / ".tools", print)
        account = self.livekit.account
        self.environment = demo_environment(self.plan, Video(account.url, account.api_url, account.key, account.secret))
        known = {name: value for name, value in self.environment.items() if name.lower() in Settings.model_fields}
        self.settings = Settings(_env_file=None, **{name.lower(): value for name, value in known.items()})
        self.children = Children(self.plan.folder)
        self.app: Child | None = None
        self.url = self.plan.address
        self.mailbox_url = f"{self.plan.parts_address}/mailbox/"

    def start(self) -> SignIns:
        """Starts every part, and answers with who may sign in."""
        self.livekit.start()
        plan = self.plan
        parts = self.children.start(
            "parts", "portal.demo.parts_server",
            "--port", str(plan.parts_port), "--smtp-port", str(plan.smtp_port), "--data-dir", str(plan.folder),
            "--webhook-url", f"{plan.address}/webhooks/stripe", env=self.environment,
        )  # fmt: skip
        if not is_built(self.settings):
            build(self.settings)
        self.sign_ins = prepare_database(self.settings, plan, print)
        self.start_server()
        self.children.wait_for(parts, f"{plan.parts_address}/healthz")
        self.livekit.wait(60)
        return self.sign_ins

    def start_server(self) -> None:
        """Starts the server, alone; after `kill_server` it comes back with what the database holds."""
        self.app = self.children.start("server", "portal.serving", env=dict(os.environ) | self.environment)
        self.app.tell("serve")
        self.children.wait_for(self.app, f"{self.url}/healthz")

    def kill_server(self) -> None:
        """Ends the server without a chance to tidy up; cards, mail and video go on."""
        assert self.app is not None
        self.app.process.kill()
        self.app.process.wait()
        self.children.stop(self.app)

    def open_database(self) -> Database:
        """The practice's database, for looking after a test; close it."""
        return Database(self.settings.database, load_keyring(self.settings.keys_at))

    def stop(self) -> None:
        """Ends everything."""
        self.children.stop()
        self.livekit.stop(at_once=True)
