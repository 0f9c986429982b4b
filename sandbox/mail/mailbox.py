"""One mailbox: filed messages, threads by References and subject, labels, and a history of what changed."""

import threading
from bisect import insort
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage

INBOX, SENT, DRAFT, SPAM, TRASH = "INBOX", "SENT", "DRAFT", "SPAM", "TRASH"
UNREAD, STARRED, IMPORTANT = "UNREAD", "STARRED", "IMPORTANT"

SYSTEM = frozenset({INBOX, SENT, DRAFT, SPAM, TRASH, UNREAD, STARRED, IMPORTANT, "CHAT"})
CATEGORIES = tuple(f"CATEGORY_{name}" for name in ("PERSONAL", "SOCIAL", "PROMOTIONS", "UPDATES", "FORUMS"))

Change = Literal["added", "removed", "labels_added", "labels_removed"]
HISTORY_KEPT = 20_000  # entries; older ones are forgotten, as at any vendor


def is_system(label: str) -> bool:
    """Tell the vendor's own labels from those that the person made."""
    return label in SYSTEM or label in CATEGORIES


@dataclass(frozen=True, slots=True)
class FiledMessage:
    """A message as this mailbox files it. Ids mean nothing in any other mailbox."""

    id: str
    thread_id: str
    raw: RawMessage
    labels: frozenset[str]
    at: datetime  # when it came in or went out, whatever its Date header says
    history_id: int
    trace: tuple[tuple[str, str], ...] = ()  # headers that the delivery put in front, for this copy alone


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change. `history_id` grows with every change of the mailbox."""

    history_id: int
    change: Change
    message_id: str
    thread_id: str
    labels: frozenset[str]  # the message's at that time, or those added or removed


class Mailbox:
    """Everything one account holds. Thread-safe; what it returns does not change afterwards."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.lock = threading.RLock()
        self._messages: dict[str, FiledMessage] = {}
        self._threads: dict[str, list[str]] = {}
        self._order: list[tuple[datetime, str]] = []
        self._by_rfc_id: dict[str, set[str]] = {}  # Message-ID or a reference to it → threads that know it
        self._by_raw: dict[int, str] = {}
        self._history: deque[HistoryEntry] = deque(maxlen=HISTORY_KEPT)
        self._history_id = 1_000 + int(person.subject[-4:])
        self._forgotten = self._history_id
        self._made = 0

    def copy(self) -> "Mailbox":
        """Make a second mailbox that holds the same; what happens to one does not happen to the other."""
        made = Mailbox(self.person)
        with self.lock:
            made._messages = dict(self._messages)
            made._threads = {thread: list(ids) for thread, ids in self._threads.items()}
            made._order = list(self._order)
            made._by_rfc_id = {rfc_id: set(threads) for rfc_id, threads in self._by_rfc_id.items()}
            made._by_raw = dict(self._by_raw)
            made._history = self._history.copy()
            made._history_id, made._forgotten = self._history_id, self._forgotten
            made._made = self._made
        return made

    @property
    def history_id(self) -> int:
        return self._history_id

    def file(
        self,
        raw: RawMessage,
        labels: Iterable[str],
        at: datetime,
        *,
        thread_id: str | None = None,
        join: bool = True,
        trace: tuple[tuple[str, str], ...] = (),
    ) -> FiledMessage:
        """File a message in the thread it belongs to, in `thread_id`, or without `join` in a new one."""
        with self.lock:
            message_id = self._new_id(at)
            thread = thread_id or (self.thread_of(raw) if join else None) or message_id
            filed = FiledMessage(message_id, thread, raw, frozenset(labels), at, self._tick(), trace)
            self._messages[message_id] = filed
            self._by_raw[id(raw)] = message_id
            insort(self._order, (at, message_id))
            insort(self._threads.setdefault(thread, []), message_id, key=lambda one: self._messages[one].at)
            if DRAFT not in filed.labels:
                for rfc_id in (raw.message_id, *raw.references):
                    self._by_rfc_id.setdefault(rfc_id, set()).add(thread)
            self._note(filed, "added", filed.labels)
            return filed

    def holding(self, raw: RawMessage) -> FiledMessage | None:
        """Find the message filed from exactly this object."""
        with self.lock:
            return self._messages.get(self._by_raw.get(id(raw), ""))

    def knows(self, thread_id: str, rfc_ids: Iterable[str]) -> bool:
        """Say whether a thread holds or refers to a message with one of these Message-IDs."""
        with self.lock:
            return any(thread_id in self._by_rfc_id.get(one, ()) for one in rfc_ids)

    def thread_of(self, raw: RawMessage) -> str | None:
        """Find the thread a message belongs to: one that knows an id it names, with the same base subject."""
        with self.lock:
            for rfc_id in (*reversed(raw.references), raw.message_id):
                for thread in sorted(self._by_rfc_id.get(rfc_id, ())) if rfc_id else ():
                    if self.thread_subject(thread) == raw.base_subject:
                        return thread
        return None

    def thread_subject(self, thread_id: str) -> str | None:
        """Read the base subject of a thread, None when there is no such thread."""
        with self.lock:
            ids = self._threads.get(thread_id)
            return self._messages[ids[0]].raw.base_subject if ids else None

    def message(self, message_id: str) -> FiledMessage | None:
        return self._messages.get(message_id)

    def thread(self, thread_id: str) -> tuple[FiledMessage, ...]:
        """List a thread's messages, oldest first; empty when there is no such thread."""
        with self.lock:
            return tuple(self._messages[one] for one in self._threads.get(thread_id, ()))

    def messages(self) -> tuple[FiledMessage, ...]:
        """List all messages, newest first."""
        with self.lock:
            return tuple(self._messages[one] for _, one in reversed(self._order))

    def thread_count(self) -> int:
        return len(self._threads)

    def relabel(self, message_id: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> FiledMessage:
        """Change a message's labels. Raises KeyError when it is not here."""
        with self.lock:
            filed = self._messages[message_id]
            added = frozenset(add) - filed.labels
            removed = frozenset(remove) & filed.labels
            if not added and not removed:
                return filed
            filed = replace(filed, labels=(filed.labels | added) - removed, history_id=self._tick())
            self._messages[message_id] = filed
            if added:
                self._note(filed, "labels_added", added)
            if removed:
                self._note(filed, "labels_removed", removed)
            return filed

    def remove(self, message_id: str) -> None:
        """Forget a message for good. Raises KeyError when it is not here."""
        with self.lock:
            filed = self._messages.pop(message_id)
            self._order.remove((filed.at, message_id))
            if self._by_raw.get(id(filed.raw)) == message_id:
                del self._by_raw[id(filed.raw)]
            left = self._threads[filed.thread_id]
            left.remove(message_id)
            if not left:
                del self._threads[filed.thread_id]
                for known in self._by_rfc_id.values():
                    known.discard(filed.thread_id)
            self._tick()
            self._note(filed, "removed", filed.labels)

    def history_since(self, history_id: int) -> tuple[HistoryEntry, ...] | None:
        """List what changed after `history_id`, oldest first; None when that is no longer known."""
        with self.lock:
            if history_id < self._forgotten or history_id > self._history_id:
                return None
            return tuple(entry for entry in self._history if entry.history_id > history_id)

    def forget_history(self) -> None:
        """Let every history id handed out so far be too old, as happens after a week."""
        with self.lock:
            self._history.clear()
            self._forgotten = self._tick()

    def _tick(self) -> int:
        self._history_id += 1
        return self._history_id

    def _note(self, filed: FiledMessage, change: Change, labels: frozenset[str]) -> None:
        if len(self._history) == self._history.maxlen:
            self._forgotten = self._history[0].history_id
        self._history.append(HistoryEntry(self._history_id, change, filed.id, filed.thread_id, labels))

    def _new_id(self, at: datetime) -> str:
        """Make sixteen hex digits, most of them the time: so they sort roughly, as a vendor's do."""
        while True:
            self._made += 1
            low = (self._made * 0x9E3B1 + int(self.person.subject[-5:])) & 0xFFFFF
            made = f"{(int(at.timestamp() * 1000) << 20) | low:016x}"
            if made not in self._messages:
                return made
