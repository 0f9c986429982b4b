"""Pages for moving contacts in and out: made in Slack for an administrator, good in one browser."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from store import across, imports, members, tickets
from store.database import Database, Transaction
from store.imports import Import
from store.members import Member
from store.sealing import Keyring

IMPORT, EXPORT = "contacts_import", "contacts_export"
LIFE = timedelta(minutes=10)
PLACE = ("ticket", "payload_sealed")


class Cause(StrEnum):
    """Why a page cannot be shown."""

    UNKNOWN = "unknown"  # forged, mistyped, or long gone
    USED = "used"
    EXPIRED = "expired"
    OTHER_BROWSER = "other_browser"
    NOT_FROM_HERE = "not_from_here"
    NOT_ALLOWED = "not_allowed"  # an administrator no more


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that may be seen, and by whom. `file` is what was sent on it, None before."""

    member: Member
    file: Import | None = None


def hashed(secret: str) -> str:
    """Hash a long random secret for its row."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Doorkeeping:
    """What happens with these pages. Thread-safe."""

    def __init__(self, database: Database, keyring: Keyring, base_url: str) -> None:
        self._database, self._keyring, self._base_url = database, keyring, base_url

    def offer(self, member: Member, kind: str) -> str:
        """Make a page and give its address. Raises Busy."""
        ticket = secrets.token_urlsafe(32)
        row = hashed(ticket)
        sealed = self._keyring.seal("{}", *PLACE, member.workspace_id, row)
        with self._database.write(patience=1.5) as tx:
            tickets.issue(
                tx,
                member.workspace_id,
                member.id,
                row,
                kind=kind,
                payload_sealed=sealed,
                expires_at=tx.now + LIFE,
            )
        return f"{self._base_url}/contacts/{'import' if kind == IMPORT else 'export'}/{ticket}"

    def look(self, ticket: str, cookie: str, kind: str, *, bind: bool = False) -> Shown | Cause:
        """Look at a page; uses nothing up. `bind`: from now on only this browser may."""
        row = hashed(ticket)
        if bind:
            with self._database.write() as tx:
                across.bind_ticket(tx, row, hashed(cookie))
        with self._database.read() as tx:
            return _look(tx, row, hashed(cookie), kind)

    def take(self, ticket: str, cookie: str, kind: str) -> Shown | Cause:
        """Use a page up, once."""
        with self._database.write() as tx:
            found = _look(tx, hashed(ticket), hashed(cookie), kind)
            if isinstance(found, Cause):
                return found
            across.bind_ticket(tx, hashed(ticket), hashed(cookie))
            return found if across.take_ticket(tx, hashed(ticket), hashed(cookie)) else Cause.USED


def _look(tx: Transaction, row: str, cookie_hash: str, kind: str) -> Shown | Cause:
    found = across.ticket_by_hash(tx, row)
    if found is None or found.kind != kind:
        return Cause.UNKNOWN
    if found.cookie_hash not in (None, cookie_hash):
        return Cause.OTHER_BROWSER
    member = members.get(tx, found.workspace_id, found.member_id)
    if member is None or not member.is_admin or not member.is_admitted:
        return Cause.NOT_ALLOWED
    file = imports.by_ticket(tx, found.workspace_id, row)
    if file and file.state != imports.READING and found.cookie_hash:
        return Shown(member, file)
    if found.used_at:
        return Cause.USED
    return Cause.EXPIRED if found.expires_at <= tx.now else Shown(member)
