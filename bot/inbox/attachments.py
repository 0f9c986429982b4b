"""Files of messages: a page for one of them, good once, for ten minutes, in one browser.

Nothing of a file is kept: the page is leave to fetch it, and the bytes pass from the provider to the browser.
"""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum

from bot.connections import Connections
from bot.errors import NotYours
from bot.payloads import FileRef
from providers.mail import AttachmentStream, Thread
from store import accounts, across, members, tickets
from store.accounts import Account
from store.across import Ticket
from store.database import Database
from store.members import Member
from store.sealing import Keyring

KIND = "attachment"
LIFE = timedelta(minutes=10)
PLACE = ("ticket", "payload_sealed")


class Cause(StrEnum):
    """Why a page cannot be shown."""

    UNKNOWN = "unknown"  # forged, mistyped, or long gone
    USED = "used"
    EXPIRED = "expired"
    OTHER_BROWSER = "other_browser"
    DISCONNECTED = "disconnected"  # the account was taken away meanwhile


@dataclass(frozen=True, slots=True)
class File:
    """One file of a message, as its page names it."""

    account: str
    message: str
    part: str
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A file whose page may be seen, and by whom."""

    file: File
    member: Member
    account: Account


def hashed(secret: str) -> str:
    """Hash a long random secret for its row."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Attachments:
    """What happens with files. Thread-safe."""

    def __init__(self, database: Database, connections: Connections, keyring: Keyring, base_url: str) -> None:
        self._database, self._connections, self._keyring = database, connections, keyring
        self._base_url = base_url

    def offer(self, member: Member, thread: Thread, ref: FileRef) -> str:
        """Make the page for a file of a thread that the member has open; give its address.

        Raises: NotYours when the thread holds no such file.
        """
        file = _file_of(thread, ref)
        ticket = secrets.token_urlsafe(32)
        row = hashed(ticket)
        sealed = self._keyring.seal(json.dumps(asdict(file)), *PLACE, member.workspace_id, row)
        with self._database.write() as tx:
            tickets.issue(
                tx,
                member.workspace_id,
                member.id,
                row,
                kind=KIND,
                payload_sealed=sealed,
                expires_at=tx.now + LIFE,
            )
        return f"{self._base_url}/files/{ticket}"

    def look(self, ticket: str, cookie: str, *, bind: bool = False) -> Offered | Cause:
        """Look at a page; uses nothing up. `bind`: from now on only this browser may."""
        row = hashed(ticket)
        if bind:
            with self._database.write() as tx:
                across.bind_ticket(tx, row, hashed(cookie))
        with self._database.read() as tx:
            found = across.ticket_by_hash(tx, row)
            if found is None or found.kind != KIND:
                return Cause.UNKNOWN
            if found.cookie_hash not in (None, hashed(cookie)):
                return Cause.OTHER_BROWSER
            if found.used_at:
                return Cause.USED
            if found.expires_at <= tx.now:
                return Cause.EXPIRED
            member = members.get(tx, found.workspace_id, found.member_id)
            file = self._opened(found)
            account = accounts.find(tx, found.workspace_id, found.member_id, file.account)
        if member is None or account is None:
            return Cause.DISCONNECTED
        return Offered(file, member, account)

    def take(self, ticket: str, cookie: str) -> tuple[File, AttachmentStream] | Cause:
        """Fetch the file, once. The page is used up when the provider has begun to answer, not before.

        Raises: providers.errors.
        """
        offered = self.look(ticket, cookie)
        if isinstance(offered, Cause):
            return offered
        file = offered.file
        stream = self._connections.use(
            offered.account, lambda mailbox: mailbox.attachment(file.message, file.part)
        )
        with self._database.write() as tx:
            taken = across.take_ticket(tx, hashed(ticket), hashed(cookie))
        return (file, stream) if taken else Cause.USED

    def _opened(self, found: Ticket) -> File:
        body = self._keyring.open(found.payload_sealed, *PLACE, found.workspace_id, found.hash)
        return File(**json.loads(body))


def _file_of(thread: Thread, ref: FileRef) -> File:
    for message in thread.messages:
        for one in message.attachments:
            if (message.id, one.part) == (ref.message, ref.part):
                return File(ref.account, message.id, one.part, one.name, one.type, one.size)
    raise NotYours
