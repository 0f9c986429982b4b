"""Seals what must not be read from a stolen database: AES-256-GCM under a keyring.

An envelope is `v1.<key id>.<base64 of nonce and ciphertext>`. The associated data is the place where it
stands (table, column, workspace, row), so an envelope copied into another row does not open.
Guarantees nothing against someone who holds the keys, and hides neither that a value exists nor its length.
"""

import base64
import binascii
import re
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.columns import SEALED_PREFIX
from store.schema import SEALED

_NONCE = 12  # bytes, NIST SP 800-38D 8.2.2: random, so a key retires long before 2^32 seals
_KEY_ID = re.compile(r"[a-z0-9-]{1,16}")
_FIELDS = frozenset((column.table.name, column.name) for column in SEALED)


class KeyringError(ValueError):
    """The setting with the keys cannot be used. Says why, never what it holds."""


class Unreadable(Exception):
    """An envelope does not open: other key, other place, or changed. Never carries what is inside."""


class Keyring:
    """Keys by id. The first one seals, all of them open."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise KeyringError("there is no key in it")
        self._keys = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.sealing_id = next(iter(keys))

    @classmethod
    def parse(cls, setting: str) -> "Keyring":
        """Read `id:base64key,id2:base64key`; each key is 32 bytes. Raises: KeyringError."""
        keys: dict[str, bytes] = {}
        for number, part in enumerate(filter(None, (part.strip() for part in setting.split(","))), 1):
            key_id, colon, encoded = part.partition(":")
            if not colon or not _KEY_ID.fullmatch(key_id):
                raise KeyringError(f"key {number} does not begin with an id of a-z, 0-9 and -, and a colon")
            if key_id in keys:
                raise KeyringError(f"the id of key {number} is there twice")
            try:
                key = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                raise KeyringError(f"key {number} is not base64") from None
            if len(key) != 32:
                raise KeyringError(f"key {number} is {len(key)} bytes long, not 32")
            keys[key_id] = key
        return cls(keys)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self._keys)

    def seal(self, plain: str, table: str, column: str, workspace_id: str, row_id: str) -> str:
        """Seal `plain` for one place."""
        place = _place(table, column, workspace_id, row_id)
        nonce = secrets.token_bytes(_NONCE)
        box = self._keys[self.sealing_id].encrypt(nonce, plain.encode(), place)
        return f"{self.prefix(self.sealing_id)}{base64.b64encode(nonce + box).decode()}"

    def open(self, envelope: str, table: str, column: str, workspace_id: str, row_id: str) -> str:
        """Open what was sealed for this place. Raises: Unreadable."""
        place = _place(table, column, workspace_id, row_id)
        version, _, rest = envelope.partition(".")
        key_id, _, encoded = rest.partition(".")
        if f"{version}." != SEALED_PREFIX:
            raise Unreadable(f"{table}.{column}: not an envelope of this version")
        if key_id not in self._keys:
            raise Unreadable(f"{table}.{column}: sealed with a key that is not in the keyring")
        try:
            raw = base64.b64decode(encoded, validate=True)
            return self._keys[key_id].decrypt(raw[:_NONCE], raw[_NONCE:], place).decode()
        except (InvalidTag, ValueError):
            raise Unreadable(f"{table}.{column}: changed, or sealed for another place") from None

    def prefix(self, key_id: str) -> str:
        """What every envelope under this key begins with."""
        return f"{SEALED_PREFIX}{key_id}."

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._keys)})"


def new_keyring_setting(key_id: str = "k1") -> str:
    """Make a setting with one fresh key."""
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _place(table: str, column: str, workspace_id: str, row_id: str) -> bytes:
    if (table, column) not in _FIELDS:
        raise ValueError(f"{table}.{column} is not a sealed column")
    return "|".join((table, column, workspace_id, row_id)).encode()
