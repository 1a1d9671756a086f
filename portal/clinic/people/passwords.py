"""Passwords: argon2id, in threads of their own so that sign-ins neither block the loop nor exhaust the memory."""

from __future__ import annotations

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from portal.clinic.people.rules import one_form

_AT_ONCE = 2  # 64 MiB each
_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="password")


@functools.cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=4),))


@functools.cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")


def hash_now(password: str) -> str:
    """The hash of a password, on this thread (about a tenth of a second)."""
    return _hasher().hash(one_form(password))


async def hashed(password: str) -> str:
    """The hash of a password."""
    return await asyncio.get_running_loop().run_in_executor(_threads, hash_now, password)


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one; takes as long when there is no account at all."""
    verify = functools.partial(_hasher().verify, one_form(password), password_hash or _nobody())
    right = await asyncio.get_running_loop().run_in_executor(_threads, verify)
    return right and password_hash is not None
