"""The encryption keys: where they lie, how a value is sealed to its row, how a sealed value is looked up."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_FORMAT = 1


class KeyFileError(Exception):
    """The key file is missing where data exists, readable by others, or not a key file."""


class SealBroken(Exception):
    """A sealed value does not belong to this row and column, or was changed."""


@dataclass(frozen=True)
class Keyring:
    """AES-256-GCM keys by id, and one key for blind indexes.

    A sealed value is `format byte | key id byte | 12 bytes nonce | ciphertext and tag`
    (NIST SP 800-38D; a random 96-bit nonce is safe far beyond the number of rows of a practice).
    """

    active: int
    keys: dict[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    def seal(self, place: str, text: str) -> bytes:
        """Encrypt `text` so that it opens only at `place` (table|column|row)."""
        nonce = os.urandom(_NONCE_BYTES)
        body = AESGCM(self.keys[self.active]).encrypt(nonce, text.encode(), place.encode())
        return bytes((_FORMAT, self.active)) + nonce + body

    def open(self, place: str, blob: bytes) -> str:
        """Decrypt what was sealed at the same place.

        Raises:
            SealBroken: the value was changed, moved from another row or column, or its key is gone.
        """
        key = self.keys.get(blob[1]) if len(blob) > _NONCE_BYTES and blob[0] == _FORMAT else None
        if key is None:
            raise SealBroken(place)
        try:
            return AESGCM(key).decrypt(blob[2 : 2 + _NONCE_BYTES], blob[2 + _NONCE_BYTES :], place.encode()).decode()
        except InvalidTag as broken:
            raise SealBroken(place) from broken

    def index(self, purpose: str, value: str) -> str:
        """A blind index: equal values of one purpose give equal digests, and nothing else can be told."""
        return hmac.new(self.index_key, f"{purpose}|{value}".encode(), hashlib.sha256).hexdigest()


def new_keyring() -> Keyring:
    """Fresh random keys."""
    return Keyring(active=1, keys={1: secrets.token_bytes(32)}, index_key=secrets.token_bytes(32))


def save_keyring(keyring: Keyring, path: Path) -> None:
    """Write the keys to a new file that only its owner can read; an existing file is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "active": keyring.active,
        "keys": {str(number): b64encode(key).decode() for number, key in keyring.keys.items()},
        "index_key": b64encode(keyring.index_key).decode(),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(document, file)
        file.flush()
        os.fsync(file.fileno())


def load_keyring(path: Path) -> Keyring:
    """Read the keys.

    Raises:
        KeyFileError: others can read the file, or it is not a key file.
    """
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"{path} can be read by others. Run: chmod 600 {path}")
    try:
        document = json.loads(path.read_text())
        return Keyring(
            active=document["active"],
            keys={int(number): b64decode(key) for number, key in document["keys"].items()},
            index_key=b64decode(document["index_key"]),
        )
    except (KeyError, ValueError) as broken:
        raise KeyFileError(f"{path} is not a key file of this product.") from broken


def open_keyring(path: Path, *, data_exists: bool) -> Keyring:
    """The keys at `path`; made there at the very first start.

    Raises:
        KeyFileError: there is data but no key to it, or the file is unsafe.
    """
    if path.exists():
        return load_keyring(path)
    if data_exists:
        raise KeyFileError(f"There is a database, but its key file {path} is gone. Put it back; nothing was changed.")
    keyring = new_keyring()
    save_keyring(keyring, path)
    return keyring


_in_use: list[Keyring] = []


def use_keyring(keyring: Keyring) -> None:
    """Make these the keys of the process: sealed columns read and write with them."""
    _in_use[:] = [keyring]


def keyring() -> Keyring:
    """The keys of the process."""
    if not _in_use:
        raise KeyFileError("No keys are in use yet: open the database first.")
    return _in_use[0]
