"""Fields: label above, hint between label and field, error below with an icon; never a placeholder as a label."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Deed, Text, given, some, when
from portal.components.cards import Option
from portal.components.icons import icon
from portal.texts import t

_CHOICES: Final = bundled(__name__, "choices.jsx")
_KEYPADS: Final = {"email": "email", "tel": "tel", "number": "numeric", "url": "url"}


class _Rows(rx.Component):
    library = _CHOICES
    tag = "Rows"

    name: rx.Var[str]
    options: rx.Var[list[Any]]
    value: rx.Var[str]
    across: rx.Var[bool]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class _Choose(rx.Component):
    library = _CHOICES
    tag = "Choose"

    name: rx.Var[str]
    options: rx.Var[list[Any]]
    value: rx.Var[str]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class _TickBox(rx.Component):
    library = _CHOICES
    tag = "TickBox"

    name: rx.Var[str]
    ticked: rx.Var[bool]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


class _ToProblem(rx.Component):
    library = _CHOICES
    tag = "ToProblem"

    tries: rx.Var[int]


def to_problem(tries: Any) -> rx.Component:
    """Takes the focus to the first field with a problem each time that `tries` grows."""
    return _ToProblem.create(tries=tries)


def text_field(name: Text, label: Text, *, kind: str = "text", **props: Any) -> rx.Component:
    """One line. `hint`, `error`, `optional`, and any attribute of an input; its id is `f-<name>`."""
    if kind in _KEYPADS:
        props.setdefault("input_mode", _KEYPADS[kind])
    asked = {"type": "text" if kind == "number" else kind}
    return _field(rx.el.input, name, label, {**asked, **props})


def text_area(name: Text, label: Text, *, rows: int = 4, **props: Any) -> rx.Component:
    """Several lines; it grows with what is typed where the browser can."""
    asked = {"rows": rows, "custom_attrs": {"style": {"--rows": rows}}}
    return _field(rx.el.textarea, name, label, {**asked, **props})


def select(name: Text, label: Text, options: Any, **props: Any) -> rx.Component:
    """One of many. `options`: (value, label) pairs, `Option`s, or a Var of `Option`s.

    With `value` and `on_change` the choice shows at once; with `default_value` it belongs to its form.
    """
    if "value" not in props:
        return _field(rx.el.select, name, label, props, inside=_option_elements(options))
    props["on_pick"] = props.pop("on_change", None) or rx.noop()
    return _field(_Choose.create, name, label, {"options": _cards(options), **props})


def checkbox(
    name: Text, label: Any, *, checked: Any = None, on_change: Deed = None, error: Text = "", **props: Any
) -> rx.Component:
    """A tick: the whole row is the target. With `checked` it shows at once what was ticked."""
    told = {"name": name, "custom_attrs": {"id": f"f-{name}"}, **_told(name, error, ""), **props}
    if checked is None:
        change = {} if on_change is None else {"on_change": on_change}
        box = rx.el.input(type="checkbox", class_name="pick", **told, **change)
    else:
        box = _TickBox.create(ticked=checked, on_pick=on_change or rx.noop(), **told)
    row = rx.el.label(box, rx.el.span(label), class_name="tick")
    return rx.el.div(row, *some(problem(name, error)), class_name="field")


def choice(name: Text, legend: Text, options: Any, *, value: Any, on_change: Deed, **props: Any) -> rx.Component:
    """Full-width rows, one of which may be chosen; with `across` side by side where there is room for all.

    `hint`, `error`, `voice` (legend in the serif), `shown=False` (legend for screen readers alone).
    """
    across, voice, shown = props.pop("across", False), props.pop("voice", False), props.pop("shown", True)
    hint, error = props.pop("hint", ""), props.pop("error", "")
    look = ("voice title pb-tight" if voice else "lab pb-tight") if shown else "hide"
    return rx.el.fieldset(
        rx.el.legend(legend, class_name=look),
        *some(_hint(name, hint)),
        rx.el.div(_rows(name, options, value, on_change, across=across), class_name="rows-box"),
        *some(problem(name, error)),
        **_told(name, error, hint, invalid=False),
        **props,
    )


def question(
    name: Text, number: Text, text: Text, options: Any, *, value: Any, on_change: Deed, **props: Any
) -> rx.Component:
    """A question of a questionnaire: "Question 2 of 9", the words in the serif, rows; `after` stands under them."""
    after, error = props.pop("after", None), props.pop("error", "")
    return rx.el.fieldset(
        rx.el.legend(rx.el.span(number, class_name="of"), text),
        rx.el.div(_rows(name, options, value, on_change, across=True), class_name="rows-box"),
        *some(problem(name, error), after),
        **_told(name, error, "", invalid=False),
        class_name=f"q {props.pop('class_name', '')}".strip(),
        **props,
    )


def form(*children: Any, on_submit: Deed = None, label: Text = "", **props: Any) -> rx.Component:
    """A form that Enter sends; `on_submit` gets its fields as a dictionary."""
    if given(label):
        props["aria_label"] = label
    if on_submit is not None:
        props["on_submit"] = on_submit
    return rx.el.form(*children, no_validate=True, **props)


def problem(name: Text, error: Text) -> rx.Component | None:
    """The error below a field; None when there can never be one."""
    if not given(error):
        return None
    words = rx.el.p(icon("alert"), rx.el.span(error), class_name="err")
    return rx.el.div(when(error, words, rx.fragment()), custom_attrs={"id": f"f-{name}-e"}, class_name="empty:hidden")


def _field(
    element: Any, name: Text, label: Text, props: dict[str, Any], inside: list[Any] | None = None
) -> rx.Component:
    hint, error, optional = props.pop("hint", ""), props.pop("error", ""), props.pop("optional", False)
    beyond = [rx.el.span(" ", t("(if you like)"), class_name="maybe")] if optional else []
    classes = f"in {props.pop('class_name', '')}".strip()
    told = _told(name, error, hint)
    return rx.el.div(
        rx.el.label(label, *beyond, html_for=f"f-{name}"),
        *some(_hint(name, hint)),
        element(*(inside or []), id=f"f-{name}", name=name, class_name=classes, **told, **props),
        *some(problem(name, error)),
        class_name="field",
    )


def _hint(name: Text, hint: Text) -> rx.Component | None:
    return None if not given(hint) else rx.el.p(hint, custom_attrs={"id": f"f-{name}-h"}, class_name="hint")


def _told(name: Text, error: Text, hint: Text, *, invalid: bool = True) -> dict[str, Any]:
    ids = [f"f-{name}-{end}" for end, words in (("h", hint), ("e", error)) if given(words)]
    told: dict[str, Any] = {"aria_describedby": " ".join(ids)} if ids else {}
    if invalid and given(error):
        told["aria_invalid"] = when(error, "true", "false")
    return told


def _cards(options: Any) -> Any:
    if isinstance(options, rx.Var):
        return options
    made = [o if isinstance(o, Option) else Option(o[0], o[1]) for o in options]
    return [vars(option) for option in made]


def _option_elements(options: Any) -> list[Any]:
    if isinstance(options, rx.Var):
        return [rx.foreach(options, lambda o: rx.el.option(o.label, value=o.value, disabled=o.off))]
    return [rx.el.option(o["label"], value=o["value"], disabled=o["off"]) for o in _cards(options)]


def _rows(name: Text, options: Any, value: Any, on_change: Deed, *, across: bool) -> rx.Component:
    return _Rows.create(name=name, options=_cards(options), value=value, across=across, on_pick=on_change)
