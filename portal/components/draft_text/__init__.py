"""Text that outlives its tab, its socket, the server and the device; offline it stays in the page, which says so."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from portal.bundled import bundled
from portal.components.base import Deed, Text, given, some, when
from portal.components.fields import problem
from portal.texts import t

_KEPT: Final = bundled(__name__, "kept.js")
_DRAFT: Final = bundled(__name__, "draft.jsx")

BEACON: Final = "/api/drafts"
"""Where the rest is posted when the page goes away: JSON of `draft_id`, `text`, `seen`, `stamp`; `X-Quietroom: 1`."""


def _saved(
    draft_id: rx.Var[str], text: rx.Var[str], seen: rx.Var[int], stamp: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[int], rx.Var[str]]:
    return draft_id, text, seen, stamp


class _DraftText(rx.Component):
    library = _DRAFT
    tag = "DraftText"

    draft_id: rx.Var[str]
    initial: rx.Var[str]
    seen: rx.Var[int]
    away: rx.Var[bool]
    single: rx.Var[bool]
    saved_at: rx.Var[str]
    saved_words: rx.Var[str]
    unsaved_words: rx.Var[str]
    beacon: rx.Var[str]
    rows: rx.Var[int]
    name: rx.Var[str]
    max_length: rx.Var[int]
    auto_complete: rx.Var[str]
    input_mode: rx.Var[str]
    type: rx.Var[str]
    on_save: rx.EventHandler[_saved]


def draft_text(
    name: Text,
    label: Text,
    *,
    draft_id: Any,
    initial: Any,
    on_save: Deed,
    saved_at: Text = "",
    hint: Text = "",
    single: bool = False,
    error: Text = "",
    optional: bool = False,
    **props: Any,
) -> rx.Component:
    """A labelled field whose text is saved while it is typed, at the latest after 2.5 s, and again until it is kept.

    `on_save(draft_id, text, seen, stamp)`; a handler may take the first two alone. `initial` is what the clinic holds:
    it has to become the saved text, for that is how the page knows that it is kept. It is shown when `draft_id`
    changes, and later when nothing is unsaved here. `seen` is the revision of `initial`, handed back with the words
    that were typed upon it; `stamp` is `<page>.<turn>`. `saved_at` ("14:53", from State) adds "Saved at 14:53"; leave
    it empty to show that line elsewhere. `error` and `optional` are as those of other fields.
    """
    hinted = given(hint)
    told = " ".join(f"f-{name}-{end}" for end, words in (("h", hint), ("e", error)) if given(words))
    attrs: dict[str, Any] = {"aria-describedby": told} if told else {}
    if given(error):
        attrs["aria-invalid"] = when(error, "true", "false")
    if not single:
        props.setdefault("rows", 4)
    field = _DraftText.create(
        draft_id=draft_id,
        initial=initial,
        on_save=on_save,
        single=single,
        saved_at=saved_at,
        saved_words=t("Saved at {time}", time=saved_at),
        unsaved_words=t("Not saved yet. It stays on this page and is sent as soon as the practice answers."),
        away=has_connection_errors,
        beacon=BEACON,
        name=name,
        class_name="in",
        custom_attrs={"id": f"f-{name}", **attrs},
        **props,
    )
    hint_line = rx.el.p(hint, custom_attrs={"id": f"f-{name}-h"}, class_name="hint") if hinted else None
    beyond = [rx.el.span(" ", t("(if you like)"), class_name="maybe")] if optional else []
    labelled = rx.el.label(label, *beyond, html_for=f"f-{name}")
    return rx.el.div(labelled, *some(hint_line), field, *some(problem(name, error)), class_name="field")
