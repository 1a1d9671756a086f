"""`portal demo`: a whole practice on one machine, and everything that it needs of the outside world."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from typing import TYPE_CHECKING, NoReturn

from portal import serving
from portal.demo.children import Broken, Child, Children
from portal.demo.livekit_binary import find_binary
from portal.demo.livekit_server import Doors, LivekitServer
from portal.demo.plan import DemoPlan, Video, demo_environment, plan_demo, video_in_the_environment
from portal.demo.prepare import prepare_database
from portal.safety import DEMO_MARK
from portal.settings import settings

if TYPE_CHECKING:
    from portal.demo.seed import SignIns

_WATCH_EVERY = 1.0


class Stop(BaseException):
    """Somebody pressed Ctrl-C, closed the terminal, or told the process to end."""


def run(*, watch: bool = False) -> int:
    """Runs until Ctrl-C; answers with the exit status."""
    plan = plan_demo()
    demo = Demo(plan)
    _listen_for_the_end()
    try:
        _refuse_taken_ports(plan)
        plan.folder.mkdir(parents=True, exist_ok=True)
        (plan.folder / DEMO_MARK).touch()
        os.environ.update(demo_environment(plan, demo.video))
        with serving.only_one(settings()):
            demo.run(watch=watch)
    except Stop:
        _say("stopping")
        return 0
    except (Broken, serving.Busy) as problem:
        _say(str(problem))
        return 1
    finally:
        demo.stop()


def _listen_for_the_end() -> None:
    """The first signal ends the demo wherever it is; further ones do not disturb the tidying up."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Stop

    for number in numbers:
        signal.signal(number, stop)


def seed_anew() -> None:
    """Throws the invented practice away and makes it again."""
    plan = plan_demo()
    if plan.folder.exists() and not (plan.folder / DEMO_MARK).exists():
        raise SystemExit(f"{plan.folder} was not made by the demo; nothing was touched.")
    os.environ.update(demo_environment(plan, Video("", "", "", "")))
    plan.folder.mkdir(parents=True, exist_ok=True)
    try:
        with serving.only_one(settings()):
            for path in plan.folder.iterdir():
                if path.name not in {"server.lock", "server.pid"}:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            (plan.folder / DEMO_MARK).touch()
            prepare_database(settings(), plan, _say)
    except serving.Busy as busy:
        raise SystemExit(str(busy)) from None


class Demo:
    """What runs, and the flag that ends it."""

    def __init__(self, plan: DemoPlan) -> None:
        self._plan = plan
        self._children = Children(plan.folder)
        self._livekit: LivekitServer | None = None
        self.video = video_in_the_environment() or self._own_video()

    def run(self, *, watch: bool) -> NoReturn:
        """Starts everything, says where it is, and waits for the end."""
        started = time.monotonic()
        has_video = find_binary(serving.ROOT / ".tools") is not None
        if self._livekit and has_video:
            self._livekit.start()
        parts = self._start_parts()
        loading = self._load_app() if serving.is_built(settings()) else None
        building = _Building()
        sign_ins = prepare_database(settings(), self._plan, _say)
        building.wait()
        app = self._serve(loading or self._load_app())
        self._children.wait_for(parts, f"{self._plan.parts_address}/healthz")
        _say(f"ready in {time.monotonic() - started:.0f} s")
        _welcome(self._plan, sign_ins)
        if self._livekit and not has_video:
            self._livekit.start()  # two minutes of building, which nothing else waits for
        self._keep_going(app, watch=watch)

    def stop(self) -> None:
        """Ends everything that was started."""
        serving.stop_building()
        self._children.stop()
        if self._livekit:
            self._livekit.stop()

    def _own_video(self) -> Video:
        doors = Doors(self._plan.video_port, self._plan.video_udp_port, f"{self._plan.address}/webhooks/livekit")
        self._livekit = LivekitServer(doors, self._plan.folder, serving.ROOT / ".tools", _say)
        account = self._livekit.account
        return Video(account.url, account.api_url, account.key, account.secret)

    def _start_parts(self) -> Child:
        plan = self._plan
        return self._children.start(
            "parts", "portal.demo.parts_server",
            "--port", str(plan.parts_port), "--smtp-port", str(plan.smtp_port), "--data-dir", str(plan.folder),
            "--webhook-url", f"{plan.address}/webhooks/stripe", env=dict(os.environ),
        )  # fmt: skip

    def _load_app(self) -> Child:
        return self._children.start("server", "portal.serving", env=dict(os.environ))

    def _serve(self, app: Child) -> Child:
        app.tell("serve")
        self._children.wait_for(app, f"{self._plan.address}/healthz")
        return app

    def _keep_going(self, app: Child, *, watch: bool) -> NoReturn:
        served = serving.built_folder(settings())
        said = not self._livekit or self._livekit.phase == "ready"
        while True:
            time.sleep(_WATCH_EVERY)
            if not said and self._livekit and self._livekit.phase == "ready":
                said = True
                _say("the video server is ready")
            if fallen := self._children.fallen():
                raise Broken(f"{fallen.name} stopped by itself. Its words are in {fallen.log}")
            if watch and (wanted := serving.built_folder(settings())) != served:
                app, served = self._start_again(app), wanted

    def _start_again(self, app: Child) -> Child:
        try:
            serving.build(settings(), _say)
        except SystemExit as problem:
            _say(str(problem))
            return app
        self._children.stop(app)
        again = self._serve(self._load_app())
        _say("started again")
        return again


class _Building:
    """The front end, built beside everything else."""

    def __init__(self) -> None:
        self._problem: SystemExit | None = None
        self._thread = threading.Thread(target=self._build, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Returns when it is built. Raises Broken when it cannot be."""
        self._thread.join()
        if self._problem:
            raise Broken(str(self._problem))

    def _build(self) -> None:
        try:
            serving.build(settings(), _say)
        except SystemExit as problem:
            self._problem = problem


def _refuse_taken_ports(plan: DemoPlan) -> None:
    serving.refuse_taken_port(plan.port)
    serving.refuse_taken_port(plan.parts_port, "cards and the mailbox")
    serving.refuse_taken_port(plan.smtp_port, "mail")


def _welcome(plan: DemoPlan, sign_ins: SignIns) -> None:
    _say(
        f"""
  {plan.address}/

  patient    {sign_ins.patient}
  therapist  {sign_ins.therapist}   in a private window, to be both at once
  owner      {sign_ins.owner}
  password   {sign_ins.password}   for all three

  mailbox    {plan.parts_address}/mailbox/

  Ctrl-C stops everything.
"""
    )


def _say(words: str) -> None:
    print(words, flush=True)
