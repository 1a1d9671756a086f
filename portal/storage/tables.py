"""Loads every table of the product into one metadata; migrations and tests import it."""

import importlib
import importlib.util
import pkgutil

import portal


def load_tables() -> None:
    """Import each `portal.clinic.*.tables`, the audit trail and the outbox."""
    base = f"{portal.__name__}.clinic"
    clinic = importlib.import_module(base)
    for noun in pkgutil.iter_modules(clinic.__path__):
        if noun.ispkg and importlib.util.find_spec(f"{base}.{noun.name}.tables"):
            importlib.import_module(f"{base}.{noun.name}.tables")
    for plain in ("audit", "outbox"):
        importlib.import_module(f"{base}.{plain}")


load_tables()
