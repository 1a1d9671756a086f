"""The demo's own pages, and what a page says when the practice's server is away."""

from __future__ import annotations

from benchmarks.shots.scenes import Stage, scene


@scene("mailbox", "mail-booked")
def _mails(stage: Stage) -> None:
    assert stage.rosa.appointment
    page = stage.guest(stage.practice.mailbox_url)
    page.locator(".letters a").first.wait_for()
    stage.take(page, "mailbox")
    page.locator(".letters a").filter(has_not_text="password").first.click()
    page.locator("h1").wait_for()
    stage.take(page, "mail-booked")


@scene("offline")
def _away(stage: Stage) -> None:
    """Last, for it takes the server away from everybody."""
    page = stage.guest("/book/?clinician=tomas-herrera")
    page.locator("main .slot").first.wait_for()
    stage.practice.kill_server()
    try:
        page.get_by_text("Reconnecting.").wait_for(timeout=30_000)
        page.wait_for_timeout(2000)
        stage.take(page, "offline", whole=False)
    finally:
        stage.practice.start_server()
