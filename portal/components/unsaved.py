"""What was typed and not saved is not lost without a word: leaving the page asks first."""

from __future__ import annotations

from typing import Final

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Text
from portal.texts import t

_UNSAVED: Final = bundled(__name__, "unsaved.jsx")


class _MindUnsaved(rx.Component):
    library = _UNSAVED
    tag = "MindUnsaved"

    saved: rx.Var[str]
    words: rx.Var[str]


def mind_unsaved(saved: Text) -> rx.Component:
    """Stands inside a form. `saved`: the words that come when it is saved; a refused form minds again as one types."""
    return _MindUnsaved.create(saved=saved, words=t("What you typed is not saved yet. Leave it?"))
