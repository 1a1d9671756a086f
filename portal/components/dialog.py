"""A question before something that cannot be undone; its buttons repeat the deed and the money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Deed, Text, lines, some, when
from portal.components.words import small

_DIALOG: Final = bundled(__name__, "dialog.jsx")


class _Dialog(rx.Component):
    library = _DIALOG
    tag = "Dialog"

    opened: rx.Var[bool]
    title: rx.Var[str]
    on_shut: rx.EventHandler[rx.event.no_args_event_spec]


def dialog(
    heading: Text, *children: Any, opened: Any, on_close: Deed, actions: Sequence[Any], note: Text = ""
) -> rx.Component:
    """A modal question. `actions` under each other (`wide=True`); `on_close` is Escape, and sets `opened` false."""
    return _Dialog.create(
        *lines(children),
        rx.el.div(*actions, class_name="stack tight"),
        *some(when(note, small(note))),
        opened=opened,
        title=heading,
        on_shut=on_close,
    )
