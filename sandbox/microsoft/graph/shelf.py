"""A mailbox as Exchange keeps it: items in folders, and properties that apps hang on them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, SPAM, TRASH, UNREAD, FiledMessage, Mailbox

CHAT = "CHAT"
# Well-known name → name shown. The last one is hidden: Teams keeps its chat there.
FOLDERS = {
    "archive": "Archive",
    "deleteditems": "Deleted Items",
    "drafts": "Drafts",
    "inbox": "Inbox",
    "junkemail": "Junk Email",
    "outbox": "Outbox",
    "sentitems": "Sent Items",
    "teamsmessagesdata": "TeamsMessagesData",
}
HIDDEN = frozenset({"teamsmessagesdata"})
LABELS = {"inbox": INBOX, "deleteditems": TRASH, "junkemail": SPAM, "sentitems": SENT, "drafts": DRAFT}
_COPY = "~in"  # the second item of what one sent to oneself


@dataclass(frozen=True, slots=True)
class Item:
    """A message in its folder. `key` stays the same as long as the item lives."""

    key: str
    filed: FiledMessage
    folder: str

    @property
    def is_draft(self) -> bool:
        return self.folder == "drafts"

    @property
    def is_read(self) -> bool:
        return self.folder in ("sentitems", "drafts") or UNREAD not in self.filed.labels


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to a file in the cloud, attached to a message."""

    name: str
    url: str


class Shelf:
    """What Exchange knows of one mailbox beyond the messages. Thread-safe under the mailbox's lock."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.lock = threading.RLock()
        self.properties: dict[str, dict[str, str]] = {}  # item key → extended property id → value
        self.references: dict[str, list[Reference]] = {}
        self._keys: dict[str, str] = {}  # filed id → item key, where they are not the same
        self._filed: dict[str, str] = {}
        self._moves: dict[str, tuple[str, int]] = {}

    def items(self) -> Iterator[Item]:
        """List all items, the newest first."""
        for filed in self.mailbox.messages():
            yield from self.items_of(filed)

    def items_of(self, filed: FiledMessage) -> tuple[Item, ...]:
        """List the items of a filed message: two of what one sent to oneself, else one."""
        key = self._keys.get(filed.id, filed.id)
        labels = filed.labels
        special = {DRAFT: "drafts", TRASH: "deleteditems", SPAM: "junkemail", CHAT: "teamsmessagesdata"}
        for label, folder in special.items():
            if label in labels:
                return (Item(key, filed, folder),)
        if SENT in labels and INBOX in labels:
            return Item(key, filed, "sentitems"), Item(key + _COPY, filed, "inbox")
        return (
            Item(key, filed, "inbox" if INBOX in labels else "sentitems" if SENT in labels else "archive"),
        )

    def item(self, key: str) -> Item | None:
        base = key.removesuffix(_COPY)
        filed = self.mailbox.message(self._filed.get(base, base))
        if filed is None:
            return None
        return next((one for one in self.items_of(filed) if one.key == key), None)

    def thread(self, thread_id: str) -> list[Item]:
        return [item for filed in self.mailbox.thread(thread_id) for item in self.items_of(filed)]

    def place(self, item: Item) -> str:
        """Name where an item lies and how often it was moved: what its plain id is made of."""
        with self.lock:
            folder, moves = self._moves.get(item.key, (item.folder, 0))
            if folder != item.folder:
                moves += 1
            self._moves[item.key] = (item.folder, moves)
            return f"{item.folder}.{moves}"

    def adopt(self, filed: FiledMessage, key: str) -> None:
        """Let a message that was filed anew (a changed or sent draft) go on as the item it was."""
        with self.lock:
            old = self._filed.get(key, key)
            self._keys.pop(old, None)
            self._keys[filed.id] = key
            self._filed[key] = filed.id

    def move(self, item: Item, folder: str) -> Item:
        """Put an item into another folder."""
        with self.mailbox.lock:
            self.place(item)
            gone = frozenset({*LABELS.values(), CHAT}) & item.filed.labels
            wanted = frozenset({LABELS[folder]} if folder in LABELS else ())
            filed = self.mailbox.relabel(item.filed.id, add=wanted, remove=gone - wanted)
            moved = self.items_of(filed)[0]
            if moved.folder != item.folder:
                return moved
            with self.lock:
                _, moves = self._moves[moved.key]
                self._moves[moved.key] = (moved.folder, moves + 1)
            return moved
