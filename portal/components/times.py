"""Free times: a day is a section with a heading, a time is a button; and the zone in which they are told."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Deed, Text, some, when
from portal.components.buttons import anchor
from portal.components.icons import icon
from portal.components.layout import split
from portal.components.words import small, title
from portal.texts import rich, t

_CLOCK: Final = bundled(__name__, "clock.jsx")


def slot_list(days: rx.Var[Any], *, chosen: Any = "", on_choose: Deed = None, busy: Any = False) -> rx.Component:
    """Days (`SlotDay`) under each other, their times in rows Morning, Afternoon, Evening.

    `on_choose` gets the id of the time; the chosen one is lit and pressed.
    """

    def part(one: Any) -> rx.Component:
        times = rx.el.div(_slots(one.times, chosen, on_choose), class_name="slots", aria_busy=busy)
        return rx.el.div(rx.el.span(one.name), times, class_name="part", role="group", aria_label=one.name)

    def day(one: Any) -> rx.Component:
        return rx.el.section(
            split(title(one.title), small(one.note)),
            rx.foreach(one.parts, part),
            key=one.key,
            aria_label=one.title,
            class_name="day",
        )

    return rx.el.div(rx.foreach(days, day))


def slot_row(times: rx.Var[Any], *, chosen: Any = "", on_choose: Deed = None) -> rx.Component:
    """The next few times (`SlotTime`), three side by side."""
    return rx.el.div(_slots(times, chosen, on_choose), class_name="slots three")


def _slots(times: Any, chosen: Any, on_choose: Deed) -> rx.Component:
    def button(one: Any) -> rx.Component:
        lit = chosen == one.id
        pressed = rx.cond(lit, "true", "false")
        inside = (rx.cond(lit, icon("check")), one.time, *some(when(one.note, rx.el.small(one.note))))
        event = {} if on_choose is None else {"on_click": on_choose(one.id)}
        return rx.el.button(*inside, type="button", aria_pressed=pressed, class_name="slot", **event)

    def either(one: Any) -> rx.Component:
        words = (one.time, *some(when(one.note, rx.el.small(one.note))))
        way = anchor(*words, href=one.href, class_name="slot")
        return way if on_choose is None else rx.cond(one.href != "", way, button(one))

    return rx.foreach(times, either)


class _ZoneProbe(rx.Component):
    library = _CLOCK
    tag = "ZoneProbe"

    on_zone: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class _ZoneSelect(rx.Component):
    library = _CLOCK
    tag = "ZoneSelect"

    zone: rx.Var[str]
    label: rx.Var[str]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class _Tick(rx.Component):
    library = _CLOCK
    tag = "Tick"

    seconds: rx.Var[int]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


def zone_probe(on_zone: Deed) -> rx.Component:
    """Tells once which IANA zone was picked in this tab, or else the device's; it may send an old alias."""
    return _ZoneProbe.create(on_zone=on_zone)


def tick(seconds: Any, on_tick: Deed) -> rx.Component:
    """Fires every so many seconds while the tab is visible; shows nothing."""
    return _Tick.create(seconds=seconds, on_tick=on_tick)


def zone_bar(words: Text, *, zone: Text, on_change: Deed, now: Text = "") -> rx.Component:
    """In which zone times are told, and the way to change it. `words`: "London time"; `now`: "09:41"."""
    told = when(
        now,
        rich(t("Times are in **{zone}** (now {now}).", zone=words, now=now)),
        rich(t("Times are in **{zone}**.", zone=words)),
    )
    change = rx.el.details(
        rx.el.summary(t("Change time zone"), class_name="btn quiet"),
        _ZoneSelect.create(zone=zone, label=t("Tell times as in"), on_pick=on_change, id="zone"),
    )
    return rx.el.div(icon("globe"), rx.el.div(rx.el.p(told), change), class_name="zone")
