"""The two people of a visit, each in a browser of their own, and what their connections really carry."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browser import Chromium, Visitor
from tests.support.patience import SECONDS
from tests.video.clinic_double import Clinic

WATCH = """
window.lines = [];
const Plain = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Plain {
  constructor(...all) { super(...all); window.lines.push(this); }
};
"""

RECEIVED = """async () => {
  const kept = (window.kept ??= new Map());
  let width = 0;
  for (const [at, line] of window.lines.entries()) {
    if (line.connectionState === "closed") continue;
    for (const one of (await line.getStats()).values()) {
      if (one.type !== "inbound-rtp") continue;
      const sound = one.kind === "audio";
      kept.set(`${at} ${one.id} ${one.ssrc}`, [
        one.framesDecoded || 0,
        sound ? one.totalSamplesReceived || 0 : 0,
        sound ? one.totalAudioEnergy || 0 : 0,
      ]);
      width = Math.max(width, one.frameWidth || 0);
    }
  }
  const sum = { frames: 0, samples: 0, energy: 0, width };
  for (const [frames, samples, energy] of kept.values()) {
    sum.frames += frames;
    sum.samples += samples;
    sum.energy += energy;
  }
  return sum;
}"""
# A stream that ended stays in the sum: what came in never shrinks when a call finds back on a new connection.

PATHS = {"patient": "/room/", "clinician": "/day/room/"}


@dataclass
class Person:
    """One of the two, in front of the room page."""

    visitor: Visitor
    clinic: Clinic
    role: str

    @classmethod
    def at_the_door(cls, chromium: Chromium, clinic: Clinic, role: str, script: str = "", **options: Any) -> Person:
        visitor = chromium.visitor(**options)
        visitor.context.add_cookies([{"name": "role", "value": role, "url": clinic.url}])
        visitor.context.add_init_script(WATCH + script)
        person = cls(visitor, clinic, role)
        person.open()
        return person

    @property
    def page(self) -> Page:
        return self.visitor.page

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.clinic.url}{PATHS[self.role]}?visit=v1{query}")

    def press(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).click()

    def sees(self, text: str, seconds: float = SECONDS) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)

    def is_at(self, state: str) -> None:
        room = self.page.locator("[data-therapy-room]")
        expect(room).to_have_attribute("data-state", state)

    def sees_the_other(self) -> None:
        stage = self.page.locator("[data-remote-video]")
        expect(stage).to_have_attribute("data-remote-video", "playing")

    def received(self) -> dict[str, float]:
        return self.page.evaluate(RECEIVED)

    def receives(self, seconds: float = 3) -> dict[str, float]:
        """What came in during that time: decoded frames, samples and energy of sound."""
        before = self.received()
        time.sleep(seconds)
        after = self.received()
        return {name: after[name] - before[name] for name in before} | {"width": after["width"]}
