"""A page of questions: where one is, the questions, and the buttons under them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from portal import routes
from portal.clinic.intake.values import Form, Group, Question, QuestionKind
from portal.components.buttons import calm, go, quiet
from portal.components.draft_text import draft_text
from portal.components.fields import question, to_problem
from portal.components.help import crisis_help
from portal.components.layout import end, split, stack
from portal.components.notices import failed, notice, saved, told
from portal.components.tables import segments
from portal.components.words import heading, lead, small
from portal.pages.patient.intake.state import IntakeState
from portal.pages.session import SessionState
from portal.texts import rich, t

_WAY: Any = IntakeState.way
_PACKET: Any = IntakeState.packet
_ONE_LINE = {QuestionKind.TEXT, QuestionKind.PHONE, QuestionKind.EMAIL, QuestionKind.DATE}
_TYPES = {QuestionKind.DATE: "date", QuestionKind.PHONE: "tel", QuestionKind.EMAIL: "email"}


_GENTLE = ("", "open_questions", "not_signed", "text_changed", "packet_closed", "name_differs")


def way(aside: Any = None) -> rx.Component:
    """Which part this is, how many there are, and when it was saved."""
    part = t("**Part {part} of {parts}:** {title}", part=_WAY.part, parts=_WAY.parts, title=_WAY.title)
    label = t("Part {part} of {parts}", part=_WAY.part, parts=_WAY.parts)
    kept = aside if aside is not None else saved(IntakeState.saved.said)
    return stack(
        split(rx.el.p(rich(part)), rx.el.div(kept, class_name="flex"), class_name="items-center!"),
        segments(_WAY.segments, label),
        gap="row",
        class_name=rx.cond(_WAY.part > 0, "", "invisible"),
    )


def page_of(form: Form, group: Group) -> rx.Component:
    """One page of questions."""
    measure = form.measure is not None
    numbers = {key: number for number, key in enumerate(form.measure.items, 1)} if form.measure else {}
    asked = [_question(form, one, numbers.get(one.key)) for one in group.questions]
    hint = small(t("There are no wrong answers. Take the one that comes closest.")) if group.lead and measure else None
    words = [hint] if hint else [lead(group.lead)] if group.lead else []
    fields = stack(*asked, gap="tight") if measure else stack(*asked)
    return stack(
        way(),
        stack(heading(group.lead if measure and group.lead else group.title), *words, gap="tight"),
        before_this(),
        fields,
        _buttons(),
        _promise(form, group),
        custom_attrs={"data-page": f"{form.key}.{group.key}"},
    )


def _question(form: Form, one: Question, number: int | None) -> rx.Component:
    key = f"{form.key}.{one.key}"
    value, error = IntakeState.answers[key].to(str), IntakeState.errors[key].to(str)
    draft = "intake:" + _PACKET.id + f":{form.key}:{one.key}"
    if one.kind is QuestionKind.CHOICE:
        total = len(form.measure.items) if form.measure else 0
        risky = form.measure is not None and form.measure.risk_item == one.key
        return question(
            f"{form.key}-{one.key}",
            t("Question {n} of {total}", n=number, total=total)
            if number
            else t("One more question")
            if one.required
            else t("One more question, if you like"),
            one.text,
            [(option.value, option.label) for option in one.options],
            value=value,
            on_change=lambda picked: IntakeState.keep(draft, picked),
            error=error,
            after=_help() if risky else None,
        )
    more: dict[str, Any] = {"auto_complete": one.autocomplete, "hint": one.hint, "optional": not one.required}
    if one.kind in _TYPES:
        more["type"] = _TYPES[one.kind]
    return draft_text(
        f"{form.key}-{one.key}",
        one.text,
        draft_id=rx.cond(_PACKET.id != "", draft, ""),
        initial=value,
        on_save=IntakeState.keep,
        single=one.kind in _ONE_LINE,
        max_length=one.longest if one.kind is not QuestionKind.DATE else None,
        error=error,
        **more,
    )


def _help() -> rx.Component:
    """Help at once, beneath the answer that asks for it; the answer stays changeable."""
    text = t(
        "{name} sees this answer before your visit, but nobody watches it day and night. If it is bad right now:",
        name=_PACKET.therapist,
    )
    heading_words = t("Thank you for telling us. You can talk to someone now.")
    return rx.el.div(
        rx.cond(IntakeState.help_open, crisis_help(SessionState.help_lines, heading=heading_words, text=text)),
        class_name="mt-5 empty:hidden",
    )


def before_this() -> rx.Component:
    """That these answers were sent before, and what a change means."""
    sent = notice(
        "info",
        rx.el.p(t("You sent these answers {at}. A change makes a new version, which you then send.", at=_WAY.sent_at)),
    )
    changed = notice(
        "caution",
        rx.el.p(t("You sent these answers {at} and have changed them since. The change is not sent.", at=_WAY.sent_at)),
        quiet(t("Leave them as I sent them"), on_click=IntakeState.drop_changes, class_name="justify-self-start"),
    )
    return rx.fragment(rx.match(_WAY.state, ("sent", sent), ("changed", changed), rx.fragment()))


def problems() -> rx.Component:
    """Why the page does not go on, beside the button that was pressed."""
    gentle: Any = rx.match(
        IntakeState.problem,
        ("open_questions", t("Something on this page is still open. It is marked above. You can also go on later.")),
        ("not_signed", t("Nothing is signed yet. What is missing is marked above.")),
        ("text_changed", t("The practice has just changed this text. Please read it once more. Nothing is signed.")),
        ("packet_closed", t("This visit is over or was cancelled, so its answers can no longer be changed.")),
        (
            "name_differs",
            t(
                "You sign as “{typed}”; your account says “{name}”. Is this right? If so, press “Sign with this name”. "
                "Nothing is signed yet.",
                typed=IntakeState.tried.doubt,
                name=_PACKET.name,
            ),
        ),
        "",
    )
    wrong: Any = rx.match(
        IntakeState.problem,
        *[(known, "") for known in _GENTLE],
        t("That could not be saved. What you typed is still on this page. Please try once more."),
    )
    return rx.fragment(told(gentle), failed(wrong), to_problem(IntakeState.tried.count))


def _buttons() -> rx.Component:
    on = rx.cond(_WAY.is_last_page & (_WAY.state != "sent"), t("Send and continue"), t("Continue"))
    return stack(
        problems(),
        end(
            go(on, on_click=IntakeState.go_on, grow=True),
            calm(t("Back"), on_click=IntakeState.go_back, grow=True),
            quiet(t("Stop here and go on later"), href=routes.PATIENT_HOME, grow=True),
        ),
    )


def _promise(form: Form, group: Group) -> rx.Component:
    promise = small(
        t(
            "Every answer is saved as you give it, here and on your other devices. Only {name} reads them: the answer "
            "to question 9 at once, so that it is never overlooked, and the others once you have sent them.",
            name=_PACKET.therapist,
        )
        if form.measure and form.measure.risk_item
        else t(
            "Every answer is saved as you give it, here and on your other devices. Only {name} reads them, "
            "once you have sent them.",
            name=_PACKET.therapist,
        )
    )
    last = form.source and group is form.groups[-2 if len(form.groups) > 1 else -1]
    return stack(promise, small(form.source), gap="tight") if last else promise
