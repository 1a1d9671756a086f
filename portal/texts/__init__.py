"""In which words: `t` and `tn` for pages, `say` for all else, `formats` for dates, money and zones."""

from portal.texts.catalogue import LOCALE, say, say_n
from portal.texts.words import Rich, rich, t, tn

__all__ = ["LOCALE", "Rich", "rich", "say", "say_n", "t", "tn"]
