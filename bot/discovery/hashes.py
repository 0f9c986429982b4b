"""Keyed hashes of addresses: what is left of people who were dismissed or blocked.

Each member has a key of their own, so hashes of two members cannot be compared, and without the keyring of
the deployment nobody can try addresses against them.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator

from store import hash_keys
from store.database import Transaction
from store.sealing import Keyring

_PLACE = ("nightly", "hash_key_sealed")


class Hashes:
    """Opens and makes members' keys. Thread-safe."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def find(self, tx: Transaction, workspace_id: str, member_id: str) -> bytes | None:
        """Open a member's key. None: they never dismissed or blocked anybody."""
        sealed = hash_keys.read(tx, workspace_id, member_id)
        if sealed is None:
            return None
        return base64.b64decode(self._keyring.open(sealed, *_PLACE, workspace_id, member_id))

    def ensure(self, tx: Transaction, workspace_id: str, member_id: str) -> bytes:
        """Open a member's key, or make it. Needs a transaction that writes."""
        found = self.find(tx, workspace_id, member_id)
        if found is None:
            hash_keys.keep(tx, workspace_id, member_id, self.fresh(workspace_id, member_id))
            found = self.find(tx, workspace_id, member_id)
        if found is None:
            raise RuntimeError("a key was kept and is not there")
        return found

    def fresh(self, workspace_id: str, member_id: str) -> str:
        """Make a key, sealed for its row."""
        made = base64.b64encode(secrets.token_bytes(32)).decode()
        return self._keyring.seal(made, *_PLACE, workspace_id, member_id)


def hash_of(key: bytes, word: str) -> str:
    """Hash a normalised address, or "@domain".

    Source: HMAC-SHA256, RFC 2104.
    """
    return hmac.new(key, word.encode(), hashlib.sha256).hexdigest()


def blocking_words(address: str) -> Iterator[str]:
    """Name what may be blocked for an address to be: itself, "@" and its domain, each domain above."""
    yield address
    labels = address.rpartition("@")[2].split(".")
    for at in range(len(labels)):
        yield f"@{'.'.join(labels[at:])}"
