"""Writes HTML without a template: text is escaped unless it was built here."""

from __future__ import annotations

from html import escape

Attribute = str | int | bool | None
_VOID = frozenset({"br", "input", "link", "meta"})


class Html(str):
    """Markup that is safe to put into a page."""

    __slots__ = ()


def el(tag: str, *children: str | None, **attributes: Attribute) -> Html:
    """An element. `class_` is class, `aria_label` aria-label; True stands bare, None and False are left out."""
    opening = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{opening}>")
    return Html(f"<{tag}{opening}>{together(*children)}</{tag}>")


def together(*children: str | None) -> Html:
    """Several pieces side by side."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children if child))


def icon(name: str) -> Html:
    """An outline icon; the word stands beside it."""
    paths = "".join(f'<path d="{path}"/>' for path in _ICONS[name])
    return Html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        f' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{paths}</svg>'
    )


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


_ICONS = {
    "alert": ("M12 4l8.7 15.5H3.3z", "M12 10v4.5", "M12 17.2v.01"),
    "back": ("M19.5 12h-15", "M10.5 6l-6 6 6 6"),
    "check": ("M5 12.5l4.7 4.7L19.5 7",),
    "download": ("M12 4v11", "M7.5 10.8L12 15.3l4.5-4.5", "M5 20h14"),
    "info": ("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0", "M12 11v5.5", "M12 7.7v.01"),
}
DOOR = Html(
    '<svg class="door" viewBox="0 0 28 28" aria-hidden="true"><path d="M4 24.5h3.5V3.5h13v21" fill="none"'
    ' stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>'
    '<path d="M7.5 3.5l8 2.8v20.4l-8-2.2z" fill="currentColor"/>'
    '<path d="M17.5 24.5h6.5" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>'
)
