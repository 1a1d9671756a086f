"""What stands in the head of every page: the style sheets, and the two fonts that each page needs at once."""

from __future__ import annotations

from typing import Final

import reflex as rx

STYLESHEETS: Final = ["/tokens.css", "/site.css"]

_UPRIGHT: Final = ("literata-basic-500-normal", "radio-canada-basic-wght-normal")


def head() -> list[rx.Component]:
    """For `rx.App(head_components=…)`."""
    preloads = [
        rx.el.link(
            rel="preload",
            href=f"/fonts/{font}.woff2",
            type="font/woff2",
            cross_origin="anonymous",
            custom_attrs={"as": "font"},
        )
        for font in _UPRIGHT
    ]
    scheme = [
        rx.el.meta(name="theme-color", content=colour, custom_attrs={"media": f"(prefers-color-scheme: {scheme})"})
        for scheme, colour in (("light", "#f4ede7"), ("dark", "#131c1b"))
    ]
    return [rx.el.link(rel="icon", href="/favicon.ico", custom_attrs={"sizes": "any"}), *preloads, *scheme]
