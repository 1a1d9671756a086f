"""Forms that change who is signed in: posted as JSON to our own address, because sessions are set by HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import reflex as rx

from portal.bundled import bundled
from portal.components.base import Text
from portal.texts import t

_CREDENTIALS: Final = bundled(__name__, "credentials.jsx")


@dataclass(frozen=True)
class CredentialField:
    """One field; `autocomplete` tells a password manager what it is."""

    name: str
    label: Any
    kind: Literal["text", "email", "password", "tel", "hidden"] = "text"
    autocomplete: str = ""
    hint: Any = ""
    value: Any = ""
    optional: bool = False


class _CredentialForm(rx.Component):
    library = _CREDENTIALS
    tag = "CredentialForm"

    action: rx.Var[str]
    fields: rx.Var[list[dict[str, Any]]]
    extra: rx.Var[dict[str, Any]]
    submit: rx.Var[str]
    busy_words: rx.Var[str]
    show_word: rx.Var[str]
    hide_word: rx.Var[str]
    optional_word: rx.Var[str]
    messages: rx.Var[dict[str, str]]
    thanks: rx.Var[str]


def credential_form(
    *children: Any,
    action: str,
    fields: Sequence[CredentialField],
    submit: Text,
    messages: Mapping[str, Text],
    busy: Text = "",
    thanks: Text = "",
    extra: Mapping[str, Any] | None = None,
) -> rx.Component:
    """A form for an `/api/…` address. `children` stand between the last field and the button.

    Answers `{ok, next}` lead on to `next`; `{ok}` alone shows `thanks`; `{ok: false, code, fields}` shows
    `messages[code]`, below the field it names or above them all, and moves the focus there. Keys that are always
    needed: `other` (any code without words); `offline` has words of its own. `extra` (Vars allowed) goes along
    with what was typed, and so does the address's fragment, as `token`.
    """
    return _CredentialForm.create(
        *children,
        action=action,
        fields=[vars(field) for field in fields],
        extra=dict(extra or {}),
        submit=submit,
        busy_words=busy or t("One moment"),
        show_word=t("Show"),
        hide_word=t("Hide"),
        optional_word=t("(if you like)"),
        messages={
            "offline": t("The practice’s computer did not answer. What you typed is still here. Try once more."),
            **messages,
        },
        thanks=thanks,
    )


class _SignOut(rx.Component):
    library = _CREDENTIALS
    tag = "SignOut"

    action: rx.Var[str]


def sign_out_button(label: Text, *, look: str = "btn quiet") -> rx.Component:
    """Ends the session by HTTP and leaves to wherever the answer says."""
    return _SignOut.create(label, action="/api/sign-out", class_name=look)
