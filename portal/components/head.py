"""What stands in the head of every page: the style sheets, and what each page needs at once."""

from __future__ import annotations

from typing import Final

import reflex as rx

STYLESHEETS: Final = ["/tokens.css", "/site.css"]

_ZONES_READY: Final = "setTimeout(Intl.DateTimeFormat)"
"""A browser's first look at its time zone takes a slow phone long; while scripts are on their way it has the time."""

# Early where the line is free, behind the scripts where it is not: the fallbacks are as wide.
_UPRIGHT: Final = ("literata-basic-500-normal", "radio-canada-basic-wght-normal")


def head() -> list[rx.Component]:
    """For `rx.App(head_components=…)`."""
    preloads = [
        rx.el.link(
            rel="preload",
            href=f"/fonts/{font}.woff2",
            type="font/woff2",
            cross_origin="anonymous",
            custom_attrs={"as": "font", "fetchPriority": "low"},
        )
        for font in _UPRIGHT
    ]
    scheme = [
        rx.el.meta(name="theme-color", content=colour, custom_attrs={"media": f"(prefers-color-scheme: {scheme})"})
        for scheme, colour in (("light", "#f4ede7"), ("dark", "#131c1b"))
    ]
    icon = rx.el.link(rel="icon", href="/favicon.ico", custom_attrs={"sizes": "any"})
    return [icon, *preloads, *scheme, rx.el.script(_ZONES_READY)]
