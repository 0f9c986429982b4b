"""The ids of the folders that say what a message is: sent, thrown away, junk.

They stay the same as long as a mailbox lives, so they are asked for together with the first question of an
hour and then known.
Source: https://learn.microsoft.com/graph/api/resources/mailfolder
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

_KEPT = timedelta(hours=1)
_MOST = 4096

NAMES = ("sentitems", "deleteditems", "junkemail")


@dataclass(frozen=True, slots=True)
class Folders:
    """Ids of folders of one mailbox."""

    sent: str
    left_out: frozenset[str]


class KnownFolders:
    """The folders of the mailboxes that were read lately. Thread-safe."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[datetime, Folders]] = OrderedDict()

    def get(self, mailbox: str) -> Folders | None:
        """Look up; None when they have to be asked for."""
        with self._lock:
            at, folders = self._known.get(mailbox, (None, None))
        return folders if at is not None and abs(self._now() - at) < _KEPT else None

    def keep(self, mailbox: str, ids: dict[str, str]) -> Folders:
        """Keep the ids by well-known name; a folder that does not exist has none."""
        gone = frozenset(one for name, one in ids.items() if name != "sentitems" and one)
        folders = Folders(ids.get("sentitems", ""), gone)
        with self._lock:
            self._known[mailbox] = (self._now(), folders)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return folders
