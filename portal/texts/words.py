"""Words on pages: `t` and `tn` are Vars, because a page is compiled once for readers of every language."""

from __future__ import annotations

from typing import Any, Final

import reflex as rx
from reflex.vars import VarData
from reflex.vars.base import LiteralVar, Var
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.sequence import StringVar

from portal.bundled import bundled

_PHRASE: Final = bundled(__name__, "phrase.js")  # texts.js imports it
_PATH: Final = bundled(__name__, "texts.js")


def t(msgid: str, **values: Any) -> StringVar[str]:
    """A sentence; the English text is its key. `msgid` is a literal, `{name}` stands for a value or Var."""
    return _said(msgid, None, values)


def tn(one: str, many: str, n: Any, **values: Any) -> StringVar[str]:
    """A sentence with a number: both forms may use `{n}`."""
    return _said(one, many, {"n": n, **values})


def _said(msgid: str, plural: str | None, values: dict[str, Any]) -> StringVar[str]:
    args = LiteralVar.create(values)
    data = VarData.merge(
        VarData(imports={_PATH: [ImportVar(tag="useText")]}, hooks={"const _t = useText();": None}),
        args._get_all_var_data(),  # noqa: SLF001 (the way Reflex itself carries a Var's needs)
    )
    more = "" if plural is None else f", {LiteralVar.create(plural)!s}"
    expression = f"_t({LiteralVar.create(msgid)!s}, {args!s}{more})"
    return Var(_js_expr=expression, _var_type=str, _var_data=data).to(str)


class Rich(rx.Component):
    """Shows `**so**` as strong words."""

    library = _PATH
    tag = "Rich"
    text: rx.Var[str]


def rich(text: Any) -> rx.Component:
    """What stands between `**` becomes strong: `rich(t("Times are in **{zone}**.", zone=...))`."""
    return Rich.create(text=text)
