"""What a therapist and the owner see outside a call."""

from __future__ import annotations

import re

from benchmarks.shots.scenes import Stage, scene


@scene("day-empty")
def _free_day(stage: Stage) -> None:
    page = stage.known("therapist", "/day/?on=2020-01-01")
    page.locator("main .empty").wait_for()
    stage.take(page, "day-empty")


@scene("day-visit")
def _visit(stage: Stage) -> None:
    page = stage.known("therapist", "/day/")
    page.locator("main a[href*='/day/visit/']").first.click()
    page.wait_for_url("**/day/visit/**")
    page.get_by_role("tab").first.wait_for()
    stage.take(page, "day-visit")


@scene("day-visit-risk", "day-visit-safety")
def _risk(stage: Stage) -> None:
    """Question 9 was answered above zero."""
    rosa = stage.rosa
    rosa.open("/home/")
    unsent = rosa.page.get_by_role("link", name=re.compile("^Start|^Go on"))
    unsent.or_(rosa.page.get_by_text("All forms are done.")).first.wait_for()
    if unsent.count():
        unsent.first.click()
        rosa.page.wait_for_url("**/intake/**at=**")
        rosa.fill_in(rosa.page.url.removeprefix(stage.practice.url))
    page = stage.known("priya@lindenrow.example", f"/day/visit/?id={rosa.appointment}")
    page.get_by_role("button", name="Open safety sheet").wait_for()
    stage.take(page, "day-visit-risk")
    page.get_by_role("button", name="Open safety sheet").click()
    page.get_by_text("does not see this sheet").wait_for()
    stage.take(page, "day-visit-safety")


@scene("day-visit-earlier", "day-visit-papers")
def _tabs(stage: Stage) -> None:
    page = stage.known("therapist", "/day/")
    page.locator("main a[href*='/day/visit/']").first.click()
    page.wait_for_url("**/day/visit/**")
    for name, tab in (("day-visit-earlier", "Earlier visits"), ("day-visit-papers", "Papers")):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("tabpanel", name=tab).wait_for()
        stage.take(page, name)


@scene("practice-service", "practice-service-wrong")
def _service(stage: Stage) -> None:
    page = stage.known("owner", "/practice/services/")
    page.get_by_role("link", name=re.compile("^Change")).first.click()
    page.get_by_role("button", name="Save this service").wait_for()
    stage.take(page, "practice-service")
    page.locator("main form input[type=text], main form input:not([type])").first.fill("")
    page.get_by_role("button", name="Save this service").click()
    page.locator("main .err, main [role=alert] .notice").first.wait_for()
    stage.take(page, "practice-service-wrong")


@scene("practice-clinician", "practice-clinician-new")
def _clinician(stage: Stage) -> None:
    page = stage.known("owner", "/practice/clinicians/")
    page.get_by_role("link", name=re.compile("^Open Dr Miriam")).first.click()
    page.get_by_role("button", name="Save these hours").wait_for()
    stage.take(page, "practice-clinician")
    page = stage.known("owner", "/practice/clinicians/")
    page.get_by_role("link", name="Add a therapist").click()
    page.get_by_role("button", name="Add and invite").wait_for()
    stage.take(page, "practice-clinician-new")


@scene("practice-clinician-invited", "join", "join-ended")
def _invited(stage: Stage) -> None:
    page = stage.known("owner", "/practice/clinicians/")
    page.get_by_role("link", name="Add a therapist").click()
    page.get_by_label("Name", exact=True).fill("Dr Noor Haddad")
    page.get_by_label(re.compile("Email")).fill("noor@lindenrow.example")
    page.get_by_role("button", name="Add and invite").click()
    page.get_by_text("The invitation is on its way").wait_for()
    stage.take(page, "practice-clinician-invited")
    letter = stage.guest(stage.practice.mailbox_url)
    letter.locator(".letters a").filter(has_text="your invitation").first.click()
    letter.get_by_role("link", name="/join/").first.click()
    letter.get_by_role("heading", name=re.compile("Welcome to Linden")).wait_for()
    stage.take(letter, "join")
    letter.goto(stage.practice.url + "/join/#nobody-was-ever-sent-this")
    letter.get_by_label("Password", exact=True).fill("a quiet room to talk in")
    letter.get_by_role("button", name="Set my password").click()
    letter.get_by_text("This invitation was used before").wait_for()
    stage.take(letter, "join-ended")


@scene("practice-saved")
def _saved(stage: Stage) -> None:
    page = stage.known("owner", "/practice/")
    page.get_by_role("button", name="Save the profile").click()
    page.locator("main .saved").first.wait_for()
    stage.take(page, "practice-saved")


@scene("practice-audit-none")
def _nothing_found(stage: Stage) -> None:
    page = stage.known("owner", "/practice/audit/?from=2001-01-01&until=2001-01-02")
    page.locator("main form").wait_for()
    dates = page.locator("main input[type=date]")
    for number in range(dates.count()):
        dates.nth(number).fill("2001-01-02")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator("main .empty").wait_for()
    stage.take(page, "practice-audit-none")


@scene("staff-refused")
def _refused(stage: Stage) -> None:
    """A patient at a door of the owner."""
    page = stage.known("patient", "/practice/")
    page.locator("main h1").wait_for()
    stage.take(page, "staff-refused")
