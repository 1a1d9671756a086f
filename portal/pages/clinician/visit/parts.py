"""Pieces of the visit page: its upper edge, the answer that needs a look, tables of answers, papers."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.components.buttons import anchor, back_link, calm, file_link, go, quiet, stop
from portal.components.dialog import dialog
from portal.components.help import help_lines
from portal.components.layout import chapter, row, split, stack, two
from portal.components.notices import empty, failed, notice, tag, word
from portal.components.pictures import portrait
from portal.components.scores import score_chip, trend_chart
from portal.components.staff import as_typed
from portal.components.tables import cell, fact, facts, table, table_row
from portal.components.words import heading, small, title
from portal.pages.clinician.frame import KnockState
from portal.pages.clinician.visit.state import VisitPageState
from portal.texts import rich, t

_head: Any = VisitPageState.head
_body: Any = VisitPageState.body
_safety: Any = VisitPageState.safety


def upper_edge() -> rx.Component:
    """Who and when, how it stands, and the way in."""
    who = rx.el.div(heading(_head.name), small(_head.details), class_name="min-w-0 flex-1 basis-[20rem]")
    state = row(
        rx.foreach(_head.bits, lambda one: tag(one.label, one.kind, one.icon)), _way_in(), class_name="gap-tight!"
    )
    ways = rx.fragment(
        rx.cond(_head.may_finish, quiet(t("Finish the visit"), on_click=VisitPageState.ask("finish"))),
        rx.cond(_head.may_phone, quiet(t("It took place by phone"), on_click=VisitPageState.ask("phoned"))),
        rx.cond(_head.may_miss, quiet(t("They did not come"), on_click=VisitPageState.ask("missed"))),
    )
    closing = rx.el.p(t("Closing the visit. You can write on."), role="status", class_name="soft")
    sheet = _head.has_safety & (_body.risk.flag == "") & (_safety.opened == "")  # else it stands beside the answer
    less = row(
        rx.cond(VisitPageState.busy, closing, ways),
        rx.cond(sheet, quiet(t("Open safety sheet"), on_click=VisitPageState.open_safety)),
        class_name="empty:hidden",
    )
    return stack(
        split(
            back_link(t("Back to the day"), routes.DAY),
            rx.el.a(t("To the note"), href="#note", reload_document=True, class_name="alone @min-[62rem]:hidden"),
        ),
        rx.el.div(portrait("", size="m"), who, stack(state, less, gap="tight"), class_name="row items-start!"),
        _refused(),
        gap="tight",
        class_name="mb-row",
    )


def _way_in() -> Any:
    return rx.match(
        _head.act,
        ("admit", go(t("Let {name} in", name=_head.first_name), on_click=KnockState.let_in(_head.visit))),
        ("back", go(t("Back to the room"), href=_head.act_href)),
        ("enter", calm(t("Go to the room"), href=_head.act_href, icon="door")),
        ("early", small(t("The room opens at {time}.", time=_head.opens))),
        ("held", small(t("No video until {name} signs again. You can go on by phone.", name=_head.first_name))),
        rx.fragment(),
    )


def _refused() -> rx.Component:
    words: Any = rx.match(
        VisitPageState.problem,
        ("", ""),
        ("not_begun", t("Nobody was let in yet, so there is nothing to finish. If you spoke by phone, say so.")),
        ("not_missed", t("Somebody has come meanwhile, or ten minutes have not passed yet.")),
        t("That did not work. Please load this page again."),
    )
    return failed(words)


def questions() -> rx.Component:
    """What is asked before it is done for good."""
    asking, keep = VisitPageState.asking, VisitPageState.ask("")
    finish = dialog(
        t("Finish the visit with {name}?", name=_head.first_name),
        t("Nobody can come back into the room after that. Your note stays open until you sign it."),
        opened=asking == "finish",
        on_close=keep,
        actions=[
            stop(t("Finish the visit"), on_click=VisitPageState.finish, wide=True),
            calm(t("Keep it open"), on_click=keep, wide=True),
        ],
    )
    missed = dialog(
        t("Did {name} not come?", name=_head.first_name),
        t("The visit is closed as missed, and nobody can come into its room any more."),
        opened=asking == "missed",
        on_close=keep,
        actions=[
            stop(t("{name} did not come", name=_head.first_name), on_click=VisitPageState.missed, wide=True),
            calm(t("Keep waiting"), on_click=keep, wide=True),
        ],
    )
    waits = rx.el.strong(t("{name} is in the waiting room now.", name=_head.first_name))
    phoned = dialog(
        t("Did the visit with {name} take place by phone?", name=_head.first_name),
        rx.cond(_head.waits, rx.fragment(waits, " ")),
        t(
            "It is closed as held, and nobody can come into its room any more. That it was by phone is written down. "
            "Your note stays open until you sign it."
        ),
        opened=asking == "phoned",
        on_close=keep,
        actions=[
            stop(t("It took place by phone"), on_click=VisitPageState.phoned, wide=True),
            calm(t("Keep it open"), on_click=keep, wide=True),
        ],
    )
    return rx.fragment(finish, missed, phoned)


def risk() -> rx.Component:
    """The answer that needs a look."""
    told = rich(t("**Question 9 was answered “{answer}”**, {when}.", answer=_body.risk.answer, when=_body.risk.when))
    shown = t("{name} was shown the crisis lines at once.", name=_head.first_name)
    changed = rx.fragment(t("It was changed before it was sent."), " ")
    seen = word(t("Talked about, {when}", when=_body.risk.seen), "positive", "check")
    mark = calm(t("Mark as talked about"), on_click=VisitPageState.talked_about)
    sheet = quiet(t("Open safety sheet"), on_click=VisitPageState.open_safety)
    box = notice(
        "danger",
        rx.el.p(told, " ", rx.cond(_body.risk.changed, changed, ""), _body.risk.before, " ", shown),
        row(rx.cond(_body.risk.seen != "", seen, mark), rx.cond(_safety.opened == "", sheet), class_name="mt-tight"),
        label=t("Risk"),
    )
    return rx.cond(_body.risk.flag != "", box)


def safety_sheet() -> rx.Component:
    """Where the patient is and whom to call."""
    told = stack(
        facts(rx.foreach(_safety.facts, _fact)),
        small(t("{name} does not see this sheet. Opening it was written to the record.", name=_head.first_name)),
        rx.el.div(calm(t("Close"), on_click=VisitPageState.close_safety)),
        gap="row",
    )
    sheet = rx.el.section(
        title(t("Safety: {name}", name=_head.first_name)),
        two(told, rx.el.div(help_lines(_safety.lines)), kind="even"),
        class_name="note-card stack mid",
    )
    return rx.cond(_safety.opened != "", sheet)


def this_visit() -> rx.Component:
    """How scores moved, and what was answered for this visit."""
    open_forms = rx.cond(_body.forms != "", small(_body.forms))
    nothing = stack(
        empty(
            t("Nothing was sent yet"),
            t("Answers and scores stand here as soon as {name} sends them.", name=_head.first_name),
            drawing=False,
        ),
        open_forms,
        gap="row",
    )
    about = chapter(t("About {name}", name=_head.first_name), facts(rx.foreach(_body.about, _fact)))
    answered = (_body.tables.length() > 0) | (_body.about.length() > 0)
    told = stack(
        rx.cond(_body.has_trend, chapter(t("How it has moved"), trend_chart(_body.trend))),
        rx.foreach(_body.tables, _answers),
        rx.cond(_body.about.length() > 0, about),
        open_forms,
    )
    return rx.cond(_body.has_trend | answered, told, nothing)


def _answers(one: Any) -> rx.Component:
    """One measure: what was answered now, and the time before where there was one."""

    def line(row_: Any, *, beside: bool) -> rx.Component:
        said = rx.el.span(rx.el.b(row_.value), " ", rx.el.small(row_.words))
        now = cell(rx.cond(row_.kind == "sum", row_.words, said), class_name="@min-[34rem]:whitespace-nowrap")
        before = [cell(row_.before)] if beside else []
        return table_row(cell(row_.text, head=True), now, *before, kind=row_.kind)

    def drawn(columns: list[Any], *, beside: bool) -> rx.Component:
        body = rx.foreach(one.rows, lambda row_: line(row_, beside=beside))
        return table(columns, body, caption=one.caption, kind="grid-t")

    return rx.el.section(
        rx.el.div(title(t("Answers: {measure}", measure=one.measure)), small(one.sent), class_name="split"),
        rx.cond(
            one.before != "",
            drawn([one.measure, one.now, one.before], beside=True),
            drawn([one.measure, one.now], beside=False),
        ),
        class_name="stack mid",
    )


def _fact(one: Any) -> rx.Component:
    call = rx.el.a(one.value, href=one.href, class_name="alone num")
    return fact(one.term, rx.cond(one.href != "", call, as_typed(one.value)))


def earlier_visits() -> rx.Component:
    """Every visit of these two before this one."""

    def line(one: Any) -> rx.Component:
        return table_row(
            cell(anchor(one.day, href=one.href), head=True),
            cell(one.about),
            cell(rx.foreach(one.scores, score_chip)),
            cell(one.note),
        )

    listed = table(
        [t("Visit"), t("What"), t("Score"), t("Note")],
        rx.foreach(_body.earlier, line),
        caption=t("Earlier visits"),
        kind="grid-t",
    )
    first = empty(t("This is the first visit"), t("Visits before this one will stand here."), drawing=False)
    return rx.cond(_body.earlier.length() > 0, listed, first)


def papers() -> rx.Component:
    """What was signed, and the money's documents."""
    signed = stack(
        rx.cond(_body.consent_gone != "", notice("caution", _body.consent_gone)),
        facts(rx.foreach(_body.consent, _fact)),
        gap="row",
    )
    not_signed = small(t("No consent is signed yet."))
    money = row(rx.foreach(_body.papers, lambda one: file_link(one.label, one.href)))
    return stack(
        chapter(t("Consent"), rx.cond(_body.consent.length() > 0, signed, not_signed)),
        chapter(t("Invoice and receipt"), rx.cond(_body.papers.length() > 0, money, small(t("No documents yet.")))),
    )
