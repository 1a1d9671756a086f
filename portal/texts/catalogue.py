"""Words made on the server (mails, documents, State), from the same catalogues as the pages."""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALE: Final = "en_GB"
"""The practice speaks British English unless somebody says otherwise."""

CATALOGUES: Final = Path(__file__).parent / "catalogues"

_SLOT = re.compile(r"\{(\w+)\}")


def fill(form: str, values: Mapping[str, object]) -> str:
    """Put values into their `{slots}`; an unknown slot stays, and nothing in a value is ever a slot."""
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), form)


def say(locale: str, msgid: str, **values: object) -> str:
    """The sentence in that language; a missing translation is English."""
    entry = _entry(locale, msgid)
    return fill(entry if isinstance(entry, str) and entry else msgid, values)


def say_n(locale: str, one: str, many: str, n: int, **values: object) -> str:
    """Like `say`, in the plural form that the language has for `n`; both forms may use `{n}`."""
    forms = _entry(locale, one)
    form = one if n == 1 else many
    if isinstance(forms, tuple) and forms:
        form = forms[_plural(locale)(n)] or form
    return fill(form, {"n": n, **values})


def _entry(locale: str, msgid: str) -> str | tuple[str, ...]:
    catalogue = _catalogue(Locale.parse(locale).language)
    message = catalogue.get(msgid) if catalogue else None
    said = message.string if message else ""
    return said if isinstance(said, str) else tuple(said or ())


def _plural(locale: str) -> Callable[[int], int]:
    catalogue = _catalogue(Locale.parse(locale).language)
    return gettext.c2py(catalogue.plural_expr) if catalogue else lambda n: int(n != 1)


@functools.cache
def _catalogue(language: str) -> Catalog | None:
    path = CATALOGUES / f"{language}.po"
    if not path.is_file():
        return None
    with path.open("rb") as source:
        return read_po(source, locale=language)


def page_table(language: str) -> dict[str, Any]:
    """What the pages need of a catalogue: sentences by msgid, plurals by their CLDR category."""
    catalogue = _catalogue(language)
    if catalogue is None:
        return {}
    category = _categories(language, gettext.c2py(catalogue.plural_expr))
    table: dict[str, Any] = {}
    for message in catalogue:
        key, said = message.id, message.string
        if isinstance(key, str) and key and said:
            table[key] = said
        elif isinstance(key, (tuple, list)) and said and all(said):
            table[key[0]] = {category[i]: form for i, form in enumerate(said) if i in category}
    return table


def _categories(language: str, index: Callable[[int], int]) -> dict[int, str]:
    name = Locale.parse(language).plural_form
    return {index(n): name(n) for n in range(999, -1, -1)}
