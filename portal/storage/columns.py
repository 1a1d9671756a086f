"""The column kinds that every table uses: keys, instants in UTC, sealed text."""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.storage.keys import keyring

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

BigKey = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PUBLIC_ID_LENGTH = 24
_HANDLE = re.compile(r"[0-9A-Za-z._-]{1,120}")


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept and returned in UTC; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """To UTC, or an error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WholeSecond(sa.types.TypeDecorator[datetime]):
    """An aware instant kept as seconds since 1970, for times that are compared and read by the thousand."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        """A number, or an error."""
        if value is None:
            return None
        if value.tzinfo is None or value.microsecond:
            raise ValueError("a whole second with its zone is needed")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        """Aware, in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Handle(sa.types.TypeDecorator[str]):
    """An id or a slug that comes from outside: what cannot be one is looked up as nothing, not sent to the driver."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """As it is, or empty."""
        return value if value is None or _HANDLE.fullmatch(value) else ""


def new_public_id() -> str:
    """96 random bits: what a page, a link or a vendor may know of a row."""
    return secrets.token_hex(PUBLIC_ID_LENGTH // 2)


def key_field() -> Any:
    """The bigint primary key."""
    return Field(default=None, primary_key=True, sa_type=BigKey)  # type: ignore[call-overload]


def public_id_field() -> Any:
    """The public id beside the key."""
    return Field(default_factory=new_public_id, sa_type=Handle(PUBLIC_ID_LENGTH), unique=True)  # type: ignore[call-overload]


def slug_field() -> Any:
    """A readable id that people meet in links."""
    return Field(sa_type=Handle(80), unique=True)  # type: ignore[call-overload]


def link_field(target: str, *, optional: bool = False, unique: bool = False, index: bool = True) -> Any:
    """A foreign key to `target`, indexed unless an index of the table begins with it."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(foreign_key=target, sa_type=BigKey, index=index, unique=unique, nullable=optional, **extra)


def instant_field(*, optional: bool = False, index: bool = False) -> Any:
    """An instant in UTC."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_type=Instant, nullable=optional, index=index, **extra)  # type: ignore[call-overload]


def second_field() -> Any:
    """An instant in UTC that begins with a whole second."""
    return Field(sa_type=WholeSecond, nullable=False)  # type: ignore[call-overload]


def sealed_field(*, optional: bool = True) -> Any:
    """The bytes behind a sealed property."""
    return Field(default=None, sa_type=sa.LargeBinary, nullable=optional)  # type: ignore[call-overload]


def json_field() -> Any:
    """A small JSON document without anything secret in it."""
    return Field(default_factory=list, sa_type=sa.JSON)  # type: ignore[call-overload]


def _place(row: Any, column: str) -> str:
    return f"{row.__tablename__}|{column}|{row.public_id}"


def sealed(column: str) -> property:
    """Text kept encrypted in `column`, bound to its table, column and row."""

    def read(row: Any) -> str:
        blob = getattr(row, column)
        return "" if blob is None else keyring().open(_place(row, column), bytes(blob))

    def write(row: Any, text: str) -> None:
        setattr(row, column, keyring().seal(_place(row, column), text) if text else None)

    return property(read, write)


def sealed_json(column: str) -> property:
    """A JSON document kept encrypted in `column`; empty reads as an empty dict."""

    def read(row: Any) -> Any:
        blob = getattr(row, column)
        return {} if blob is None else json.loads(keyring().open(_place(row, column), bytes(blob)))

    def write(row: Any, document: Any) -> None:
        setattr(row, column, keyring().seal(_place(row, column), json.dumps(document, ensure_ascii=False)))

    return property(read, write)
