"""What Gmail knows beyond the mailbox itself: drafts by id, label ids, attachment ids, page tokens."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime

from sandbox.google.gmail.errors import invalid
from sandbox.google.gmail.quota import Limits, Meter
from sandbox.mail.content import PartsCache
from sandbox.mail.index import Index
from sandbox.mail.mailbox import Mailbox, is_system
from sandbox.mail.people import Person


class GmailState:
    """Shared by all requests. Thread-safe."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.limits = Limits()
        self.meter = Meter(now, self.limits)
        self.parts = PartsCache()
        self.index = Index(self.parts)
        self.without_gmail: set[str] = set()  # subjects of people whose account has no mail service
        self._secret = secrets.token_bytes(16)
        self._lock = threading.RLock()
        self._drafts: dict[str, dict[str, str]] = {}
        self._history: dict[str, deque[tuple[datetime, int]]] = {}
        self._labels: dict[str, dict[str, str]] = {}

    def drafts(self, person: Person) -> dict[str, str]:
        """Hold draft id → message id, oldest first; change it only under the mailbox's lock."""
        with self._lock:
            return self._drafts.setdefault(person.subject, {})

    def new_draft_id(self) -> str:
        return f"r{secrets.randbelow(2**63)}"

    def label_ids(self, mailbox: Mailbox, labels: frozenset[str]) -> list[str]:
        """Write labels as Gmail names them: its own by name, the person's by a number."""
        from_here = [self.label_id(mailbox, one) for one in sorted(labels)]
        return sorted(from_here, key=lambda one: (one.startswith("Label_"), one))

    def label_id(self, mailbox: Mailbox, label: str) -> str:
        with self._lock:
            known = self._labels.setdefault(mailbox.person.subject, {})
            if is_system(label):
                return label
            return known.setdefault(label, f"Label_{len(known) + 1}")

    def label_of(self, mailbox: Mailbox, label_id: str) -> str | None:
        """Find the label behind an id."""
        if is_system(label_id):
            return label_id
        with self._lock:
            known = self._labels.get(mailbox.person.subject, {})
            return next((label for label, one in known.items() if one == label_id), None)

    def user_labels(self, mailbox: Mailbox) -> dict[str, str]:
        """List the person's own labels with their ids."""
        used = {label for filed in mailbox.messages() for label in filed.labels if not is_system(label)}
        with self._lock:
            for label in sorted(used):
                self.label_id(mailbox, label)
            return dict(self._labels.get(mailbox.person.subject, {}))

    def remembered_from(self, mailbox: Mailbox) -> int:
        """Say up to which history id everything is too old by now, and note where history is today."""
        now = self.now()
        with self._lock:
            marks = self._history.setdefault(mailbox.person.subject, deque())
            marks.append((now, mailbox.history_id))
            while len(marks) > 1 and marks[1][0] <= now - self.limits.history_kept:
                marks.popleft()
            at, history_id = marks[0]
        return history_id if at <= now - self.limits.history_kept else 0

    def seal(self, *values: object) -> str:
        """Make an opaque word of values; never the same one twice."""
        nonce = secrets.token_bytes(9)
        plain = json.dumps(values).encode()
        hidden = bytes(a ^ b for a, b in zip(plain, self._stream(nonce, len(plain)), strict=True))
        check = hmac.digest(self._secret, nonce + hidden, "sha256")[:6]
        return base64.urlsafe_b64encode(nonce + check + hidden).rstrip(b"=").decode()

    def unseal(self, word: str, what: str) -> list[object]:
        """Read an opaque word again. Raises ApiError (400)."""
        try:
            raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        except ValueError:
            raise invalid(f"Invalid {what}") from None
        nonce, check, hidden = raw[:9], raw[9:15], raw[15:]
        if not hmac.compare_digest(check, hmac.digest(self._secret, nonce + hidden, "sha256")[:6]):
            raise invalid(f"Invalid {what}")
        plain = bytes(a ^ b for a, b in zip(hidden, self._stream(nonce, len(hidden)), strict=True))
        values: list[object] = json.loads(plain)
        return values

    def _stream(self, nonce: bytes, length: int) -> bytes:
        return hashlib.shake_128(self._secret + nonce).digest(length)
