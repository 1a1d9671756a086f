"""Tables, facts, steps and tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Deed, Text
from portal.components.cards import Tab

_TABS: Final = bundled(__name__, "tabs.jsx")


@dataclass(frozen=True)
class Column:
    """The head of a column; amounts stand right."""

    title: Any
    number: bool = False
    sort: Literal["", "ascending", "descending"] = ""


def table(
    columns: Sequence[Column | Text],
    *body: Any,
    caption: Text,
    kind: Literal["plain-t", "grid-t", "audit"] = "plain-t",
) -> rx.Component:
    """A table: `plain-t` on the wall, `grid-t` for staff, `audit` with a sticky head that stacks where it is narrow.

    `body`: rows, or one `rx.foreach` of rows. The caption is for screen readers.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    made = rx.el.table(
        rx.el.caption(caption, class_name="hide"),
        rx.el.thead(rx.el.tr(*map(_head, heads), role="row"), role="rowgroup"),
        rx.el.tbody(*body, role="rowgroup"),
        role="table",
        class_name=f"{kind} num",
    )
    return (
        rx.el.div(made, class_name="reach", tab_index=0, role="region", aria_label=caption) if kind == "audit" else made
    )


def _head(column: Column) -> rx.Component:
    props: dict[str, Any] = {"aria_sort": column.sort} if column.sort else {}
    return rx.el.th(column.title, role="columnheader", scope="col", class_name="n" if column.number else "", **props)


def table_row(*cells: Any, kind: Text = "", **props: Any) -> rx.Component:
    """A row; `hot` needs a look, `sum` is what it comes to."""
    return rx.el.tr(*cells, role="row", custom_attrs={"data-kind": kind}, **props)


def cell(*children: Any, number: bool = False, head: bool = False, **props: Any) -> rx.Component:
    """A cell; `head` names its row, `number` stands right."""
    classes = f"{'n ' if number else ''}{props.pop('class_name', '')}".strip()
    if head:
        return rx.el.th(*children, role="rowheader", scope="row", class_name=classes, **props)
    return rx.el.td(*children, role="cell", class_name=classes, **props)


def facts(*rows: Any) -> rx.Component:
    """What is what: terms and their values."""
    return rx.el.dl(*rows, class_name="facts-list")


def fact(term: Text, *value: Any, kind: Literal["", "price", "price sum"] = "") -> rx.Component:
    """One term; `price` puts its amount right, `price sum` is what it comes to."""
    value_class = "num" if kind else ""
    return rx.el.div(rx.el.dt(term), rx.el.dd(*value, class_name=value_class), class_name=kind)


def steps(current: Any, *labels: Text) -> rx.Component:
    """Where one is on a short way, beginning with 1."""

    def step(number: int, label: Text) -> rx.Component:
        here = current == number
        mark = rx.cond(here, "step", "false") if isinstance(here, rx.Var) else ("step" if here else "false")
        attrs = {} if mark == "false" else {"aria-current": mark}
        return rx.el.li(f"{number} ", label, custom_attrs=attrs)

    return rx.el.ol(*[step(i + 1, label) for i, label in enumerate(labels)], class_name="steps")


def segments(states: Any, label: Text) -> rx.Component:
    """Parts of a way: `done`, `here` or empty for each; `label` says the same in words."""

    def part(state: Any) -> rx.Component:
        return rx.el.li(custom_attrs={"data-state": state})

    drawn = rx.foreach(states, part) if isinstance(states, rx.Var) else rx.fragment(*map(part, states))
    return rx.el.ol(drawn, aria_label=label, class_name="way")


class _Tabs(rx.Component):
    library = _TABS
    tag = "Tabs"

    items: rx.Var[list[dict[str, Any]]]
    value: rx.Var[str]
    label: rx.Var[str]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def tabs(label: Text, items: Sequence[Tab | tuple[str, Text]], *, value: Any, on_change: Deed) -> rx.Component:
    """A row of tabs; `on_change` gets the key. Show the open one with `panel`."""
    pairs = [(one.key, one.label) if isinstance(one, Tab) else one for one in items]
    listed = [{"key": key, "label": words} for key, words in pairs]
    return _Tabs.create(items=listed, value=value, label=label, on_pick=on_change)


def panel(key: str, *children: Any, value: Any, **props: Any) -> rx.Component:
    """What belongs to a tab: there only while its tab is open."""
    box = rx.el.div(
        *children,
        role="tabpanel",
        tab_index=0,
        aria_labelledby=f"tab-{key}",
        custom_attrs={"id": f"panel-{key}"},
        **props,
    )
    return rx.cond(value == key, box)
