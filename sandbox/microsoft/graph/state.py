"""What all of Graph shares: limits, meter, ids, search index, and each mailbox's shelf."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.mail.content import PartsCache
from sandbox.mail.index import Index
from sandbox.mail.people import Person
from sandbox.microsoft.graph.ids import Ids
from sandbox.microsoft.graph.quota import Limits, Meter
from sandbox.microsoft.graph.ready import ReadyCache
from sandbox.microsoft.graph.shelf import Shelf
from sandbox.world import World


class GraphState:
    """Shared by all requests. Thread-safe."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self.now = now
        self.limits = Limits()
        self.meter = Meter(now, self.limits)
        self.ids = Ids()
        self.parts = PartsCache()
        self.index = Index(self.parts)
        self.ready = ReadyCache()
        self.without_mailbox: set[str] = set()  # addresses of accounts that have no mailbox
        self.without_mail: set[str] = set()  # addresses of accounts whose `mail` is null
        self.without_invitations: set[str] = set()  # addresses whose mailbox cannot parse their properties
        self.cannot_send: dict[str, str] = {}  # address → error code that every sending gets
        self.posting = threading.Lock()  # of events: two posts at once make one
        self.transactions: dict[tuple[str, str, str], tuple[str, Any]] = {}  # → event, what was posted
        self.refuse_repeated = False  # whether a transactionId that was used is answered with 409
        self.deleted_is_readable = False  # whether an immutable id still leads to what was deleted
        self._lock = threading.Lock()
        self._shelves: dict[str, Shelf] = {}

    def shelf(self, person: Person) -> Shelf:
        with self._lock:
            if person.subject not in self._shelves:
                self._shelves[person.subject] = Shelf(self.world.mailbox(person.address))
            return self._shelves[person.subject]
